"""What the team is told without asking."""

import pytest

from mailer.model.actor import PROGRAM
from mailer.model.mailing import MailingState
from mailer.operations.alerts.watch import alerts
from mailer.remedies import Remedy, RemedyAct
from tests.counterparts.builders import ACTOR, NOON, a_mailing, after, started


def told(ledger, now):
    return [str(worry.in_short) for worry in alerts(ledger, now=now)]


def test_with_nothing_to_do_nothing_worries(ledger):
    assert told(ledger, NOON) == []


def test_a_service_that_does_not_run_is_missed_before_its_next_mailing(ledger):
    ledger.mailings.launch([a_mailing(due_at=after(hours=3))], actor=ACTOR, at=NOON)

    (worry,) = told(ledger, NOON)
    assert worry.startswith("Nothing is running that would send")

    ledger.heartbeat.record(at=NOON)
    assert told(ledger, after(minutes=4)) == []
    (worry,) = told(ledger, after(minutes=6))
    assert "2017-12-04 12:00" in worry


def test_what_is_due_and_does_not_leave_is_told(ledger):
    started(ledger)
    for minutes in range(0, 40, 2):
        ledger.heartbeat.record(at=after(minutes=minutes))

    assert told(ledger, after(minutes=29)) == []
    (worry,) = told(ledger, after(minutes=40))
    assert worry.startswith(
        "meeting, First announcement: 3 messages have been waiting since 2017-12-04 12:00"
    )


@pytest.mark.parametrize("actor", [PROGRAM, ACTOR])
def test_what_is_paused_is_shown_with_its_reason(ledger, actor):
    mailing, _ = started(ledger)
    ledger.mailings.change_state(
        mailing.id, to=MailingState.PAUSED, actor=actor, why="too many refusals", at=NOON
    )

    (worry,) = told(ledger, NOON)
    assert worry.startswith("meeting, First announcement is paused: too many refusals")


def test_turns_are_written_down_once_a_minute_and_a_clock_set_back_is_believed(ledger):
    assert ledger.heartbeat.last() is None
    ledger.heartbeat.record(at=NOON)
    ledger.heartbeat.record(at=after(seconds=59))
    assert ledger.heartbeat.last() == NOON
    ledger.heartbeat.record(at=after(seconds=60))
    assert ledger.heartbeat.last() == after(seconds=60)
    ledger.heartbeat.record(at=NOON)
    assert ledger.heartbeat.last() == NOON


@pytest.mark.parametrize(
    ("count", "remedy"),
    [
        (1, "the status names it; resolve it"),
        (2, "the status names them; resolve each of them, or all at once"),
    ],
)
def test_several_doubts_may_be_settled_at_once(ledger, count, remedy):
    _, deliveries = started(ledger, count=count)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, [delivery.id for delivery in deliveries], now=NOON)
    ledger.sending.release(claim, now=NOON)
    assert ledger.mailings.finish(NOON)

    (worry,) = alerts(ledger, now=after(minutes=30))

    assert str(worry.remedy) == remedy
    assert worry.act == Remedy(
        RemedyAct.RESOLVE_STEP, {"campaign": "meeting", "step": "announcement"}
    )
