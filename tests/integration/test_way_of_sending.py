"""A launched mailing keeps its way of sending: a service with another one leaves it alone."""

import pytest

from mailer.clock import SimulatedClock
from mailer.engine.threads import ThreadEngine
from mailer.errors import RuleError
from mailer.ledger import open_ledger
from mailer.model.mailings.mailing import MailingState
from mailer.operations.alerts.watch import alerts
from mailer.operations.sending.hold import send_by
from mailer.operations.sending.serve import run_tick
from mailer.operations.sending.start import Guards
from mailer.providers.file.sending import FileBackend, FileSettings
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_contact,
    a_mailing,
    a_message,
    after,
    started,
    statuses,
)
from tests.counterparts.empty_ledger import empty_ledger


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    yield ledger
    ledger.close()


@pytest.fixture
def tick(ledger, tmp_path):
    """Run one tick of a service that writes files."""

    def tick():
        return run_tick(
            ledger=ledger,
            backend=FileBackend(FileSettings(tmp_path / "out")),
            engine=ThreadEngine(1),
            clock=SimulatedClock(NOON),
            message_for=lambda mailing, each: a_message(each, mailing=mailing),
            worker="w",
            guards=Guards(provider="file"),
        )

    return tick


@pytest.mark.parametrize(("launched_with", "sent"), [("file", 3), ("", 3), ("smtp", 0)])
def test_only_a_service_with_the_provider_of_the_launch_sends_a_mailing(
    ledger, tick, launched_with, sent
):
    mailing, _ = started(ledger, count=3, provider=launched_with)

    result = tick()

    assert statuses(ledger, mailing).count("accepted") == sent
    assert len(result.held) == (0 if sent else 1)


def test_a_service_with_another_provider_starts_nothing_and_says_why(ledger, tick):
    ledger.contacts.save([a_contact(lists=frozenset({"press"}))], actor=ACTOR, at=NOON)
    mailing = a_mailing(provider="smtp")
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)

    (held,) = tick().held

    assert ledger.mailings.get(mailing.id).state is MailingState.SCHEDULED
    assert str(held.problem.what) == (
        "it was launched to leave by smtp, and this service sends by file"
    )


def test_a_mailing_that_is_left_alone_is_told_once_with_its_reason(ledger, tick):
    ledger.mailings.launch([a_mailing(provider="smtp")], actor=ACTOR, at=NOON)
    tick()

    def told(provider, **since_due):
        ledger.heartbeat.record(at=after(**since_due))
        found = alerts(ledger, now=after(**since_due), provider=provider)
        return [str(each.in_short) for each in found]

    assert told("file", minutes=4) == []  # a service that sends by smtp would start it
    why = (
        "meeting, First announcement does not leave:"
        " it was launched to leave by smtp, and this service sends by file"
    )
    (early,), (late,) = told("file", minutes=6), told("file", minutes=40)
    assert early.startswith(why)
    assert late == early
    assert told("smtp", minutes=6) == []


def test_a_person_may_let_it_leave_by_the_provider_of_the_service(ledger, tick):
    mailing, _ = started(ledger, count=3, provider="smtp")

    send_by(
        "file",
        mailing.campaign,
        configured="file",
        actor=ACTOR,
        why="the relay is gone",
        ledger=ledger,
        now=NOON,
    )
    tick()

    assert statuses(ledger, mailing) == ["accepted"] * 3
    changed = [each for each in ledger.journal.entries() if each.action == "send-by"]
    assert [each.detail for each in changed] == ["file: the relay is gone"]


def test_a_provider_that_the_service_does_not_use_is_refused(ledger):
    mailing, _ = started(ledger, count=1, provider="smtp")

    with pytest.raises(RuleError, match="this workspace sends by smtp"):
        send_by(
            "sendgrid",
            mailing.campaign,
            configured="smtp",
            actor=ACTOR,
            why="",
            ledger=ledger,
            now=NOON,
        )
