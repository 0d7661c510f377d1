"""What the team is told without asking."""

import pytest

from mailer.model.mailing import MailingState
from mailer.operations.watch import worries
from tests.counterparts.builders import NOON, a_mailing, after, started


def told(ledger, now):
    return [str(worry.in_short) for worry in worries(ledger, now=now)]


def test_with_nothing_to_do_nothing_worries(ledger):
    assert told(ledger, NOON) == []


def test_a_service_that_does_not_run_is_missed_before_its_next_mailing(ledger):
    ledger.launch([a_mailing(due_at=after(hours=3))], by="Ada", at=NOON)

    (worry,) = told(ledger, NOON)
    assert worry.startswith("Nothing is running that would send")

    ledger.turned(at=NOON)
    assert told(ledger, after(minutes=4)) == []
    (worry,) = told(ledger, after(minutes=6))
    assert "2017-12-04 12:00 UTC" in worry


def test_what_is_due_and_does_not_leave_is_told(ledger):
    started(ledger)
    for minutes in range(0, 40, 2):
        ledger.turned(at=after(minutes=minutes))

    assert told(ledger, after(minutes=29)) == []
    (worry,) = told(ledger, after(minutes=40))
    assert worry.startswith(
        "meeting/announcement: 3 messages have been waiting since 2017-12-04 12:00 UTC"
    )


@pytest.mark.parametrize("by", ["mailer", "Ada"])
def test_what_is_paused_is_shown_with_its_reason(ledger, by):
    mailing, _ = started(ledger)
    ledger.move(mailing.id, to=MailingState.PAUSED, by=by, why="too many refusals", at=NOON)

    (worry,) = told(ledger, NOON)
    assert worry.startswith("meeting/announcement is paused: too many refusals")


def test_turns_are_written_down_once_a_minute_and_a_clock_set_back_is_believed(ledger):
    assert ledger.last_turn() is None
    ledger.turned(at=NOON)
    ledger.turned(at=after(seconds=59))
    assert ledger.last_turn() == NOON
    ledger.turned(at=after(seconds=60))
    assert ledger.last_turn() == after(seconds=60)
    ledger.turned(at=NOON)
    assert ledger.last_turn() == NOON


@pytest.mark.parametrize(
    ("count", "remedy"),
    [
        (1, "mailer status names it; settle it with mailer resolve"),
        (
            2,
            (
                "mailer status names them; settle each with mailer resolve, or all with "
                "mailer resolve --campaign meeting --step announcement"
            ),
        ),
    ],
)
def test_several_doubts_may_be_settled_at_once(ledger, count, remedy):
    _, deliveries = started(ledger, count=count)
    claim = ledger.claim(worker="w", now=NOON)
    ledger.mark(claim, [delivery.id for delivery in deliveries], now=NOON)
    ledger.release(claim, now=NOON)
    assert ledger.finish(NOON)

    (worry,) = worries(ledger, now=after(minutes=30))

    assert str(worry.remedy) == remedy
