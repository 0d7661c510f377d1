"""Proposals: one suite for both databases."""

import pytest

from mailer.model.address import Address
from mailer.model.contacts.suppression import SuppressionReason
from mailer.model.feedback.event import EventKind, Match
from mailer.model.feedback.inbox import MAILBOX
from mailer.model.feedback.proposal import Decision
from tests.counterparts.builders import ACTOR, NOON, a_bar, after, an_event

ADA, BEN = "ada@press.example", "ben@press.example"


def asked(ledger, key, address=ADA, *, scopes=("",), reason=SuppressionReason.COMPLAINT, at=NOON):
    """A mail was read that asks this of an address."""
    event = an_event(
        EventKind.COMPLAINED,
        key=f"{MAILBOX}:{key}",
        source=MAILBOX,
        address=Address.parse(address),
        match=Match.ADDRESS,
        quote=f"said {key}",
        raw=key.encode(),
    )
    ledger.events.store([event], at=at)
    proposed = [a_bar(address, reason=reason, scope=scope) for scope in scopes]
    assert ledger.events.close(event, proposed=proposed, at=at)


def test_mails_that_ask_the_same_are_one_proposal_with_the_newest_shown(ledger):
    asked(ledger, "a1")
    asked(ledger, "a2", at=after(days=1))
    asked(ledger, "b1", BEN, scopes=("press", "science"), reason=SuppressionReason.OPT_OUT)
    asked(ledger, "a3", reason=SuppressionReason.DEAD, at=after(days=2))

    waiting = ledger.proposals.waiting(limit=9)

    assert [(str(each.address), each.reason.value, each.quote, each.mails) for each in waiting] == [
        (ADA, "complaint", "said a2", 2),
        (BEN, "opt-out", "said b1", 1),
        (ADA, "dead", "said a3", 1),
    ]
    assert [each.scopes for each in waiting] == [("",), ("press", "science"), ("",)]
    assert waiting[0].asked_at == NOON
    assert ledger.proposals.mail(waiting[0].key) == b"a2"
    assert ledger.proposals.waiting(limit=1) == waiting[:1]
    tally = ledger.proposals.tally()
    assert (tally.count, tally.newest_at) == (3, after(days=2))


def test_a_proposal_is_found_by_the_beginning_of_any_of_its_mails(ledger):
    asked(ledger, "a1")
    asked(ledger, "a2")
    asked(ledger, "b1", BEN)

    assert [each.quote for each in ledger.proposals.find(f"{MAILBOX}:a1")] == ["said a2"]
    assert len(ledger.proposals.find(f"{MAILBOX}:")) == 2
    assert ledger.proposals.find(f"{MAILBOX}:%") == []


@pytest.mark.parametrize("decision", list(Decision))
def test_a_decision_is_about_all_mails_that_ask_the_same_and_about_nothing_else(ledger, decision):
    asked(ledger, "a1", scopes=("press",))
    asked(ledger, "a2", scopes=("science",))
    asked(ledger, "b1", BEN)
    (ada, _ben) = ledger.proposals.waiting(limit=9)

    assert ledger.proposals.decide(ada, decision, actor=ACTOR, why="called", at=after(days=1))
    assert not ledger.proposals.decide(ada, decision, actor=ACTOR, why="", at=after(days=1))

    assert [str(each.address) for each in ledger.proposals.waiting(limit=9)] == [BEN]
    assert [bar.scope for bar in ledger.suppressions.all()] == (
        ["press", "science"] if decision is Decision.ACCEPTED else []
    )
    entries = [entry for entry in ledger.journal.entries(ADA) if entry.action.endswith("-proposal")]
    assert [(entry.name, entry.at) for entry in entries] == [("Ada", after(days=1))]


def test_nothing_is_proposed_that_holds_already(ledger):
    ledger.suppressions.add(a_bar(ADA, reason=SuppressionReason.OPT_OUT), actor=ACTOR)

    asked(ledger, "a1", scopes=("press",), reason=SuppressionReason.OPT_OUT)

    assert ledger.proposals.waiting(limit=9) == []
    assert ledger.proposals.tally().newest_at is None
