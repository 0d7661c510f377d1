"""Clocks that jump, sleep and change their rules: late at most, never twice."""

import shutil
import zoneinfo
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import tzdata

from mailer.calendar.timetable import localise
from mailer.clock import SimulatedClock
from mailer.engine.threads import ThreadEngine
from mailer.model.mailings.mailing import MailingState
from mailer.operations.sending.reschedule import reschedule_changed
from mailer.operations.sending.start import Missed, Started, start_due
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from tests.counterparts.builders import ACTOR, NOON, a_contact, a_mailing, after, started
from tests.counterparts.scripted_smtp import ScriptedServer
from tests.counterparts.sender import deliver_chunk

PARIS = "Europe/Paris"


class JumpingClock(SimulatedClock):
    def jump(self, by):
        with self._lock:
            self._now += by


@pytest.mark.parametrize("hours", [2, -2], ids=["forward", "back"])
def test_a_clock_that_jumps_in_mid_send_makes_nobody_receive_twice(ledger, hours):
    mailing, deliveries = started(ledger, count=90)
    clock = JumpingClock(NOON)

    class Jolting(ScriptedServer):
        def action_at(self, phase, words):
            if phase == "dot" and len(self.taken) == 20:
                clock.jump(timedelta(hours=hours))
            return super().action_at(phase, words)

    with Jolting() as server:
        backend = SmtpBackend(SmtpSettings("127.0.0.1", server.port, "none"))

        def one_chunk():
            return deliver_chunk(ledger, backend, clock=clock)

        while (due_at := ledger.mailings.next_due_at()) is not None:
            clock.wait_until(due_at)
            ThreadEngine(3).drain(one_chunk)

    assert set(server.received.values()) == {1}
    reached = {
        each.id for each in ledger.deliveries.of_mailing(mailing.id) if each.status == "accepted"
    }
    doubtful = {
        each.id for each in ledger.deliveries.of_mailing(mailing.id) if each.status == "uncertain"
    }
    assert reached | doubtful == {each.id for each in deliveries}
    assert reached <= set(server.received)
    assert len(doubtful) <= 3


def test_a_mailing_that_has_begun_does_not_begin_again_when_the_clock_goes_back(ledger):
    ledger.contacts.save([a_contact(lists=frozenset({"press"}))], at=NOON, actor=ACTOR)
    mailing = a_mailing()
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)

    begun = [list(start_due(ledger, now=after(hours=hour))) for hour in (0, -3, 0, 3)]

    assert list(map(len, begun)) == [1, 0, 0, 0]
    assert len(list(ledger.deliveries.of_mailing(mailing.id))) == 1


def test_after_a_night_asleep_each_mailing_is_late_or_missed_by_its_own_limit(ledger):
    useful = a_mailing("announcement", due_at=after(hours=1), expires_at=after(days=1))
    stale = a_mailing("morning", due_at=after(hours=2), expires_at=after(hours=3))
    ledger.mailings.launch([useful, stale], actor=ACTOR, at=NOON)

    first, second = start_due(ledger, now=after(hours=9))

    assert isinstance(first, Started)
    assert isinstance(second, Missed)
    states = {each.step: each.state for each in ledger.mailings.all()}
    assert states == {"announcement": MailingState.ACTIVE, "morning": MailingState.MISSED}
    assert list(start_due(ledger, now=after(hours=9))) == []


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"], ids=["skipped", "repeated"])
def test_an_hour_that_is_skipped_or_repeated_comes_once(ledger, day):
    local = localise(datetime.fromisoformat(f"{day} 02:30"), zone=PARIS)
    mailing = a_mailing(
        due_at=local.astimezone(UTC),
        expires_at=local.astimezone(UTC) + timedelta(days=1),
        local_time=local.isoformat(),
    )
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    midnight = datetime.fromisoformat(f"{day} 00:00+00:00")

    minutes = range(0, 240, 10)
    begun = [
        minute
        for minute in minutes
        for _each in start_due(ledger, now=midnight + timedelta(minutes=minute))
    ]

    assert begun == [90 if day == "2026-03-29" else 30]


@pytest.fixture
def new_rules(tmp_path):
    """Puts Paris on the clock of another city, as a newer time-zone database would."""
    known = Path(tzdata.__file__).parent / "zoneinfo"
    (tmp_path / "Europe").mkdir()

    def put_on(city):
        shutil.copy(known / city, tmp_path / "Europe" / "Paris")
        zoneinfo.reset_tzpath([tmp_path])
        zoneinfo.ZoneInfo.clear_cache()

    yield put_on
    zoneinfo.reset_tzpath()
    zoneinfo.ZoneInfo.clear_cache()


def test_a_mailing_keeps_its_hour_when_the_rules_of_its_zone_change(ledger, new_rules):
    mailing = a_mailing(local_time="2017-12-04T13:00+01:00")
    begun = a_mailing("reminder", local_time="2017-12-04T13:00+01:00")
    ledger.mailings.launch([mailing, begun], actor=ACTOR, at=after(days=-1))
    ledger.mailings.start(begun.id, deliveries=[], exclusions=[], at=NOON)
    assert list(reschedule_changed(ledger, now=after(days=-1))) == []

    new_rules("Europe/London")
    (moved,) = reschedule_changed(ledger, now=after(hours=-2))

    assert (moved.was_due_at, moved.mailing.due_at) == (NOON, after(hours=1))
    assert ledger.mailings.summaries()[-1] == moved.mailing
    assert moved.mailing.local_time == "2017-12-04T13:00+00:00"
    assert moved.mailing.expires_at == mailing.expires_at + timedelta(hours=1)
    assert ledger.mailings.get(begun.id).due_at == NOON
    assert ledger.mailings.due(NOON) == []
    assert [
        (line.action, line.subject) for line in ledger.journal.entries("meeting/announcement")
    ] == [
        ("launch", "meeting/announcement"),
        ("reschedule", "meeting/announcement"),
    ]
    assert list(reschedule_changed(ledger, now=after(hours=-2))) == []


def test_the_second_of_two_equal_hours_keeps_its_choice(ledger):
    second = datetime.fromisoformat("2026-10-25T02:30+01:00")
    mailing = a_mailing(due_at=second.astimezone(UTC), local_time=second.isoformat())
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)

    assert list(reschedule_changed(ledger, now=NOON)) == []
