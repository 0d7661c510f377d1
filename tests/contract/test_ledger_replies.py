"""Replies that wait for a person: one suite for both databases."""

from mailer.model.address import Address
from mailer.model.contacts.suppression import SuppressionReason
from mailer.model.feedback.event import EventKind, Match
from mailer.model.feedback.inbox import MAILBOX
from mailer.model.feedback.proposal import Decision
from mailer.model.feedback.reply import FORM_RULE, ReplySort
from tests.counterparts.builders import ACTOR, NOON, a_bar, an_event

ADA, BEN = "ada@press.example", "ben@press.example"


def written(ledger, key, address=ADA, *, sort=ReplySort.REQUEST, **more):
    """A mail was read in which somebody answers."""
    event = an_event(
        EventKind.REPLIED,
        key=f"{MAILBOX}:{key}",
        source=MAILBOX,
        address=Address.parse(address),
        reason=sort.value,
        **{"match": Match.ADDRESS, "raw": key.encode()} | more,
    )
    ledger.events.store([event], at=NOON)
    assert ledger.events.close(event, at=NOON)


def test_replies_wait_in_the_order_in_which_they_came_and_are_counted_by_what_they_say(ledger):
    written(ledger, "a1")
    written(ledger, "b1", BEN, sort=ReplySort.OTHER)
    written(ledger, "a2")
    written(ledger, "a3", sort=ReplySort.OPPOSITION)

    waiting = ledger.replies.waiting(limit=9)

    assert [each.id for each in waiting] == ["a1", "b1", "a2"]
    assert ledger.replies.tally().count_by_sort == ((ReplySort.REQUEST, 2), (ReplySort.OTHER, 1))
    assert [each.id for each in ledger.replies.find(f"{MAILBOX}:a")] == ["a1", "a2"]
    assert ledger.replies.find(f"{MAILBOX}:%") == []


def test_only_forms_with_a_code_of_ours_may_act_by_themselves(ledger):
    written(ledger, "a1", rule=FORM_RULE, match=Match.DELIVERY_ID)
    written(ledger, "a2", rule=FORM_RULE)
    written(ledger, "a3", match=Match.DELIVERY_ID)

    assert [each.id for each in ledger.replies.waiting_forms()] == ["a1"]


def test_a_reply_is_decided_once_and_alone(ledger):
    written(ledger, "a1")
    written(ledger, "a2")
    first, _second = ledger.replies.waiting(limit=9)

    assert ledger.replies.decide(first, Decision.ACCEPTED, actor=ACTOR, why="accepted", at=NOON)
    assert not ledger.replies.decide(first, Decision.DISMISSED, actor=ACTOR, why="", at=NOON)

    assert [each.id for each in ledger.replies.waiting(limit=9)] == ["a2"]
    assert [each.action for each in ledger.journal.entries(ADA)] == ["take-reply"]


def test_a_reply_is_no_proposal_and_a_proposal_no_reply(ledger):
    written(ledger, "a1")
    event = an_event(
        EventKind.COMPLAINED,
        key=f"{MAILBOX}:b1",
        source=MAILBOX,
        address=Address.parse(ADA),
        match=Match.ADDRESS,
    )
    ledger.events.store([event], at=NOON)
    ledger.events.close(event, proposed=[a_bar(ADA, reason=SuppressionReason.COMPLAINT)], at=NOON)

    assert [each.reason for each in ledger.proposals.waiting(limit=9)] == ["complaint"]
    assert ledger.proposals.tally().count == 1
    assert ledger.proposals.find(f"{MAILBOX}:a1") == []
    assert [each.id for each in ledger.replies.waiting(limit=9)] == ["a1"]
