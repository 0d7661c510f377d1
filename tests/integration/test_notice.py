"""The team is told, by mail, with a real ledger (both databases) and real ways to send."""

import email
import email.policy
import threading
from functools import partial

import pytest

from mailer.cli.terminal.remedies import command_line
from mailer.clock import SimulatedClock
from mailer.errors import BackendMisconfigured, BackendUnavailable, LedgerError, Place, Problem
from mailer.files.catalogues import translations_for
from mailer.ledger import open_ledger
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.definitions import tables
from mailer.model.address import Address
from mailer.model.mailings.delivery import Uncertain
from mailer.model.mailings.mailing import MailingState
from mailer.model.mailings.progress import Task
from mailer.model.team.actor import PROGRAM
from mailer.operations.alerts.notices import Notifier
from mailer.operations.alerts.tasks import TaskMonitor
from mailer.operations.sending.deliver import run_chunk
from mailer.providers.allow_list import AllowListBackend
from mailer.providers.file.sending import FileBackend, FileSettings
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from mailer.wording import _, say
from tests.counterparts.builders import (
    ACTOR,
    LETTERHEAD,
    NOON,
    a_mailing,
    a_message,
    after,
    started,
    statuses,
)
from tests.counterparts.scripted_smtp import Rule, ScriptedServer
from tests.counterparts.sender import deliver_chunk

TEAM = (Address("desk", "office.example"), Address("director", "office.example"))
CLOSED = Rule("connect", "554 no service here")
BROKEN = LedgerError(Problem(Place("var/ledger.db"), _("The disk is full."), _("Free some space.")))


@pytest.fixture
def clock():
    return SimulatedClock(NOON)


@pytest.fixture
def watch(ledger, clock, tmp_path):
    """A watch over the ledger; writes files unless told otherwise."""

    def watch(backend=None, *, over=ledger, language="fr", **changes):
        backend = backend or FileBackend(FileSettings(tmp_path / "out"))
        return Notifier(
            **{
                "ledger": lambda: over,
                "backend": lambda: backend,
                "clock": clock,
                "team": TEAM,
                "letterhead": LETTERHEAD,
                "language": language,
                "zone": "Europe/Paris",
                "say": partial(say, translations=translations_for(language)),
                "instruct": command_line,
            }
            | changes
        )

    return watch


def smtp(server):
    timeouts = {"connect_timeout_s": 60, "command_timeout_s": 60, "dot_timeout_s": 60}
    return SmtpBackend(SmtpSettings("127.0.0.1", server.port, "none", **timeouts))


def written(folder):
    files = sorted((folder / "out").glob("*.eml"))
    return [email.message_from_bytes(file.read_bytes(), policy=email.policy.SMTP) for file in files]


def words(message):
    return message.get_body(("plain",)).get_content()


def taken(server):
    return [
        email.message_from_bytes(each.content, policy=email.policy.SMTP) for each in server.taken
    ]


def paused(ledger, *, actor=PROGRAM, why="550 5.7.1 Sender denied", at=NOON, **fields):
    mailing, _ = started(ledger, **fields)
    assert ledger.mailings.change_state(
        mailing.id, to=MailingState.PAUSED, actor=actor, why=why, at=at
    )
    return mailing


def test_a_pause_by_the_program_is_told_to_each_of_the_team_in_their_language(
    ledger, watch, tmp_path
):
    mailing = paused(ledger)

    (worry,) = watch().report_new_alerts()

    assert worry.key.startswith(f"paused {mailing.id}")
    messages = written(tmp_path)
    assert [message["To"] for message in messages] == [str(address) for address in TEAM]
    for message in messages:
        assert message["Subject"] == (
            "[mailer] L’envoi meeting, Annonce est suspendu\u00a0: 550 5.7.1 Sender denied"
        )
        assert "mailer resume meeting" in words(message)
        assert message["Auto-Submitted"] == "auto-generated"
        assert "List-Unsubscribe" not in message
    assert statuses(ledger, mailing) == ["pending"] * 3


def test_it_is_told_once_not_at_every_turn_nor_again_after_a_restart(
    ledger, ledger_url, watch, clock, tmp_path
):
    paused(ledger)
    list(watch().report_new_alerts())
    first = watch()
    for minutes in range(1, 4):
        clock.wait_until(after(minutes=minutes))
        assert list(first.report_new_alerts()) == []
    restarted = open_ledger(ledger_url)
    clock.wait_until(after(days=2))

    assert list(watch(over=restarted).report_new_alerts()) == []

    restarted.close()
    assert len(written(tmp_path)) == len(TEAM)


def test_of_two_services_one_tells_it(ledger, ledger_url, watch):
    paused(ledger)
    other = open_ledger(ledger_url)
    told = []
    with ScriptedServer() as server:
        backend = smtp(server)
        both = [watch(backend), watch(backend, over=other)]
        threads = [
            threading.Thread(target=lambda its=its: told.extend(its.report_new_alerts()))
            for its in both
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    other.close()

    assert len(told) == 1
    assert sorted(taken.rcpts for taken in server.taken) == [
        ("TO:<desk@office.example>",),
        ("TO:<director@office.example>",),
    ]


def test_what_a_person_paused_is_no_news(ledger, watch, tmp_path):
    paused(ledger, actor=ACTOR)

    assert list(watch().report_new_alerts()) == []
    assert written(tmp_path) == []


def test_what_is_resumed_and_stopped_again_is_told_again(ledger, watch, clock, tmp_path):
    mailing = paused(ledger)
    list(watch().report_new_alerts())
    ledger.mailings.change_state(
        mailing.id, to=MailingState.ACTIVE, actor=ACTOR, why="", at=after(minutes=5)
    )
    ledger.mailings.change_state(
        mailing.id, to=MailingState.PAUSED, actor=PROGRAM, why="once more", at=after(minutes=6)
    )
    clock.wait_until(after(minutes=7))

    (worry,) = watch().report_new_alerts()

    assert "once more" in str(worry.what)
    assert len(written(tmp_path)) == 2 * len(TEAM)


def test_a_refused_password_pauses_the_mailing_and_the_notice_leaves_when_it_is_mended(
    ledger, watch, clock
):
    mailing, _ = started(ledger)
    with ScriptedServer([Rule("connect", "535 5.7.8 wrong password", times=3)]) as server:
        backend = smtp(server)
        with pytest.raises(BackendMisconfigured):
            deliver_chunk(ledger, backend, clock=clock)
        service = watch(backend)
        with pytest.raises(BackendMisconfigured):
            list(service.report_new_alerts())
        assert list(service.report_new_alerts()) == []  # too early to try again
        clock.wait_until(after(minutes=1))
        with pytest.raises(BackendMisconfigured):
            list(service.report_new_alerts())
        clock.wait_until(after(minutes=2))
        assert list(service.report_new_alerts()) == []

    assert ledger.mailings.get(mailing.id).state is MailingState.PAUSED
    assert [message["To"] for message in taken(server)] == [str(address) for address in TEAM]
    assert "535 5.7.8 wrong password" in taken(server)[0]["Subject"]


def test_a_recipient_refused_in_the_team_does_not_repeat_it_to_the_others(ledger, watch, clock):
    paused(ledger)
    with ScriptedServer([Rule("RCPT", "550 5.1.1 unknown", of="director@")]) as server:
        service = watch(smtp(server))
        with pytest.raises(BackendUnavailable, match=r"550 5\.1\.1 unknown"):
            list(service.report_new_alerts())
        clock.wait_until(after(hours=3))
        assert list(service.report_new_alerts()) == []

    assert [taken.rcpts for taken in server.taken] == [("TO:<desk@office.example>",)]


def test_while_a_notice_is_under_way_sending_goes_on_and_nothing_is_locked(ledger, watch, clock):
    stopped = paused(ledger)
    mailing, _ = started(ledger, campaign="other")
    sent = []

    class Sending(ScriptedServer):
        def action_at(self, phase, words):
            if phase == "dot" and "desk@" in words:
                sent.append(
                    run_chunk(
                        ledger=ledger,
                        backend=smtp(self),
                        message_for=lambda mailing, each: a_message(each, mailing=mailing),
                        clock=clock,
                        worker="w",
                    )
                )
            return super().action_at(phase, words)

    with Sending() as server:
        list(watch(smtp(server)).report_new_alerts())

    assert sent == [True]
    assert statuses(ledger, mailing) == ["accepted"] * 3
    assert statuses(ledger, stopped) == ["pending"] * 3
    assert len(server.taken) == 3 + len(TEAM)


def test_outside_production_a_stranger_in_the_team_gets_nothing(ledger, watch):
    paused(ledger)
    with ScriptedServer() as server:
        guarded = AllowListBackend(smtp(server), allows=lambda _address: False)
        with pytest.raises(BackendMisconfigured, match="allow-list"):
            list(watch(guarded).report_new_alerts())

    assert server.taken == []


def test_several_worries_make_one_mail(ledger, watch, tmp_path):
    for campaign in ("one", "two", "three"):
        paused(ledger, campaign=campaign)

    assert len(list(watch(language="en").report_new_alerts())) == 3

    message, _ = written(tmp_path)
    assert message["Subject"].endswith("Sender denied (and 2 more)")
    assert all(f"mailer resume {campaign}" in words(message) for campaign in ("one", "two"))


def test_without_anybody_to_tell_the_door_is_told_all_the_same(ledger, watch, tmp_path):
    paused(ledger)

    assert len(list(watch(team=()).report_new_alerts())) == 1
    assert written(tmp_path) == []


def test_a_service_that_comes_back_tells_from_when_to_when_and_what_was_late(
    ledger, watch, clock, tmp_path
):
    ledger.mailings.launch([a_mailing(due_at=after(hours=1))], actor=ACTOR, at=NOON)
    ledger.heartbeat.record(at=NOON)
    clock.wait_until(after(hours=3))
    service = watch()

    assert len(list(service.report_downtime())) == 1
    assert list(service.report_downtime()) == []
    list(service.report_new_alerts())

    message, _ = written(tmp_path)
    assert (
        "du 04/12/2017 à 13\u00a0h\u00a000 au 04/12/2017 à 16\u00a0h\u00a000" in message["Subject"]
    )
    assert "meeting, Annonce" in words(message)


@pytest.mark.parametrize(("due_at", "back_at"), [(after(days=2), after(days=1)), (NOON, NOON)])
def test_a_service_that_was_not_missed_has_nothing_to_tell(ledger, watch, clock, due_at, back_at):
    ledger.mailings.launch([a_mailing(due_at=due_at)], actor=ACTOR, at=NOON)
    ledger.heartbeat.record(at=NOON)
    clock.wait_until(back_at)

    assert list(watch().report_downtime()) == []


def test_a_row_that_is_gone_is_told(ledger, ledger_url, watch, tmp_path):
    _, deliveries = started(ledger)
    ledger.heartbeat.record(at=NOON)
    database = Database(ledger_url, patience_s=2)
    with database.writing() as connection:
        connection.execute(tables.delivery.delete().where(tables.delivery.c.id == deliveries[1].id))
    database.close()

    list(watch(language="en").report_new_alerts())

    message, _ = written(tmp_path)
    assert "the ledger has 2 rows for 3 recipients" in message["Subject"]


def test_doubts_that_nothing_has_settled_half_an_hour_after_the_end_are_told(
    ledger, watch, clock, tmp_path
):
    _, deliveries = started(ledger, count=1)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, [deliveries[0].id], now=NOON)
    ledger.sending.settle(claim, deliveries[0].id, Uncertain("the line broke"), now=NOON)
    ledger.sending.release(claim, now=NOON)
    assert ledger.mailings.finish(NOON)
    clock.wait_until(after(minutes=29))
    assert list(watch().report_new_alerts()) == []
    clock.wait_until(after(minutes=30))

    list(watch().report_new_alerts())

    message, _ = written(tmp_path)
    assert "une remise reste incertaine" in message["Subject"].replace("\u00a0", " ")
    assert "mailer resolve" in words(message)


def test_a_service_that_has_just_come_back_is_not_told_to_be_idle(ledger, watch, clock, tmp_path):
    ledger.mailings.launch([a_mailing(due_at=after(hours=1))], actor=ACTOR, at=NOON)
    ledger.heartbeat.record(at=NOON)
    clock.wait_until(after(hours=3))
    service = watch()
    list(service.report_downtime())
    service.wake()
    ledger.heartbeat.begin({Task.NOTICES: 30}, at=clock.now())  # and no tick has ended yet

    list(service.report_new_alerts())
    (message, _) = written(tmp_path)
    assert "n’a pas tourné" in message["Subject"]

    clock.wait_until(after(hours=3, minutes=20))
    ledger.heartbeat.record(at=clock.now(), task=Task.NOTICES)
    (idle,) = service.report_new_alerts()
    assert idle.key.startswith("idle service")


def test_who_tells_that_a_task_is_idle_is_not_idle(ledger, watch, clock):
    ledger.heartbeat.begin({Task.NOTICES: 30, Task.MAILBOX: 60}, at=NOON)
    clock.wait_until(after(minutes=20))
    ledger.heartbeat.record(at=clock.now())

    (idle,) = watch().report_new_alerts()
    assert idle.key.startswith("idle mailbox ")


def test_what_waits_is_not_told_beside_the_reason_why_the_sending_fails(ledger, watch, clock):
    started(ledger)
    monitor = TaskMonitor(lambda: ledger, clock, lambda _error: None)
    clock.wait_until(after(minutes=31))
    monitor.fail(Task.SENDING, BROKEN)
    monitor.fail(Task.SENDING, BROKEN)
    service = watch()

    assert [each.key.split(" ")[0] for each in service.report_new_alerts()] == ["failing"]

    monitor.succeed(Task.SENDING)
    service.wake()  # such as a machine that has slept
    assert list(service.report_new_alerts()) == []
    clock.wait_until(after(minutes=47))
    monitor.succeed(Task.SENDING)
    assert [each.key.split(" ")[0] for each in service.report_new_alerts()] == ["stuck"]


@pytest.mark.parametrize("kept_first", [True, False])
def test_a_disk_that_is_nearly_full_is_told_once_in_whichever_way(
    ledger, watch, clock, tmp_path, kept_first
):
    """Its last octets may have room for the notice, at once or when others have freed some."""
    service = watch()
    monitor = TaskMonitor(lambda: ledger, clock, lambda _error: None)
    for minutes in (1, 2, 3, 4):
        service.record_tick(BROKEN)
        if kept_first or minutes > 2:
            monitor.fail(Task.SENDING, BROKEN)
            monitor.fail(Task.MAILBOX, BROKEN)
        list(service.report_new_alerts())
        clock.wait_until(after(minutes=minutes))

    assert len(written(tmp_path)) == len(TEAM)


def test_a_ledger_that_cannot_be_written_is_told_once_by_each_service(watch, clock, tmp_path):
    service = watch()
    service.record_tick(BROKEN)
    assert list(service.report_new_alerts()) == []
    assert written(tmp_path) == []
    clock.wait_until(after(minutes=1))
    service.record_tick(BROKEN)
    list(service.report_new_alerts())
    clock.wait_until(after(minutes=9))
    service.record_tick(BROKEN)
    list(service.report_new_alerts())
    assert len(written(tmp_path)) == len(TEAM)

    service.record_tick()
    service.record_tick(BROKEN)
    clock.wait_until(after(minutes=11))
    list(service.report_new_alerts())

    assert len(written(tmp_path)) == 2 * len(TEAM)
