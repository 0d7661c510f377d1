"""A person's word on all the doubts of a campaign, with a real ledger."""

import pytest

from mailer.errors import RuleError
from mailer.model.mailings.delivery import Accepted, Uncertain
from mailer.operations.sending.resolve import Resolved, resolve_all
from tests.counterparts.builders import ACTOR, NOON, after, an_event, started, statuses

BROKEN = Uncertain("the line broke")


def sent(ledger, *outcomes, **fields):
    mailing, deliveries = started(ledger, count=len(outcomes), **fields)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, [delivery.id for delivery in deliveries], now=NOON)
    for delivery, outcome in zip(deliveries, outcomes, strict=True):
        ledger.sending.settle(claim, delivery.id, outcome, now=NOON)
    ledger.sending.release(claim, now=NOON)
    return mailing, deliveries


def say(ledger, campaign="meeting", *, confirm=None, resend=False, **more):
    return resolve_all(
        campaign,
        confirm=confirm,
        resend=resend,
        actor=ACTOR,
        why="she rang",
        ledger=ledger,
        now=after(hours=1),
        **more,
    )


@pytest.mark.parametrize("confirm", [None, 1, 3])
def test_without_the_exact_number_nothing_changes_and_the_doubts_are_named(ledger, confirm):
    mailing, _ = sent(ledger, BROKEN, Accepted("250"), BROKEN)
    before = ledger.journal.entries()

    with pytest.raises(RuleError) as refused:
        say(ledger, confirm=confirm)

    (problem,) = refused.value.problems
    assert str(problem.what).startswith("2 deliveries are uncertain")
    assert str(problem.what).endswith(": Reader 0, Reader 2")
    assert statuses(ledger, mailing) == ["uncertain", "accepted", "uncertain"]
    assert ledger.journal.entries() == before


def test_of_many_twenty_are_named_and_the_others_counted(ledger):
    sent(ledger, *[BROKEN] * 22)

    with pytest.raises(RuleError, match=r"Reader 18, Reader 19 and 2 more"):
        say(ledger)


def test_the_doubts_of_every_step_are_settled_or_of_one_alone(ledger):
    first, _ = sent(ledger, BROKEN, step="first")
    second, _ = sent(ledger, BROKEN, BROKEN, step="second")
    other, _ = sent(ledger, BROKEN, campaign="other")

    assert say(ledger, step="second", confirm=2) == Resolved(count=2, unchanged=0)
    assert statuses(ledger, first) == ["uncertain"]
    assert say(ledger, confirm=1) == Resolved(count=1, unchanged=0)

    assert statuses(ledger, first) + statuses(ledger, second) == ["accepted"] * 3
    assert statuses(ledger, other) == ["uncertain"]


def test_where_nothing_is_uncertain_any_more_nothing_is_refused(ledger):
    _, (delivery,) = sent(ledger, BROKEN)
    ledger.events.record(an_event(delivery_id=delivery.id))

    assert say(ledger, confirm=1) == Resolved(count=0, unchanged=0)


def test_what_cannot_be_sent_again_is_counted(ledger):
    late, _ = sent(ledger, BROKEN, BROKEN, step="late", expires_at=after(minutes=30))
    useful, _ = sent(ledger, BROKEN, step="useful")

    assert say(ledger, confirm=3, resend=True) == Resolved(count=1, unchanged=2)

    assert statuses(ledger, late) == ["uncertain", "uncertain"]
    assert statuses(ledger, useful) == ["pending"]


@pytest.mark.parametrize(("campaign", "step"), [("meetnig", ""), ("meeting", "remindre")])
def test_a_name_that_was_never_launched_is_told(ledger, campaign, step):
    sent(ledger, BROKEN)

    with pytest.raises(RuleError, match="nothing was launched under this name"):
        say(ledger, campaign, step=step, confirm=1)
