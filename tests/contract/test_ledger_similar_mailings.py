"""Similar mailings, launched under another name: one suite for both databases."""

from dataclasses import replace

import pytest

from mailer.model.mailings.delivery import Accepted, Rejected, Uncertain
from mailer.model.mailings.mailing import AudienceRule, MailingState
from mailer.model.mailings.message import Hole
from tests.counterparts.builders import ACTOR, COMPILED, FRENCH, NOON, a_mailing, after, started

OTHER = replace(COMPILED, subject=("Agenda ", Hole("recipient.name")), content_hash="1" * 64)


def alike(ledger, message=COMPILED, since=NOON):
    found = ledger.similar_mailings.find(
        contents={message.content_hash}, subjects={message.normalized_subject}, since=since
    )
    return [(each.step, each.is_same_text) for each in found]


def test_the_same_text_is_found_whenever_it_was_and_its_subject_for_a_time(ledger):
    mended = replace(COMPILED, content_hash="2" * 64)
    ledger.mailings.launch(
        [
            a_mailing("first"),
            a_mailing("mended", variants={FRENCH: mended}, due_at=after(days=1)),
            a_mailing("other", variants={FRENCH: OTHER}),
        ],
        actor=ACTOR,
        at=NOON,
    )

    assert alike(ledger) == [("first", True), ("mended", False)]
    assert alike(ledger, since=after(days=2)) == [("first", True)]
    assert alike(ledger, OTHER) == [("other", True)]


def test_case_and_spaces_do_not_make_another_subject_and_a_hole_is_no_text(ledger):
    started(ledger, variants={FRENCH: OTHER})
    shouted = replace(OTHER, subject=("AGENDA  ", Hole("recipient.name")), content_hash="3" * 64)
    filled = replace(OTHER, subject=("Agenda recipient.name",), content_hash="4" * 64)

    assert alike(ledger, shouted) == [("announcement", False)]
    assert alike(ledger, filled) == []


@pytest.mark.parametrize("state", [MailingState.CANCELLED, MailingState.MISSED])
def test_what_will_never_leave_is_like_nothing(ledger, state):
    mailing = a_mailing()
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    (waiting,) = ledger.similar_mailings.find(
        contents={COMPILED.content_hash}, subjects=(), since=NOON
    )
    assert (waiting.has_begun, waiting.at) == (False, mailing.due_at)

    ledger.mailings.change_state(mailing.id, to=state, actor=ACTOR, why="", at=NOON)

    assert alike(ledger) == []


def test_those_it_came_to_or_may_have_or_will_are_reached_and_the_refused_are_not(ledger):
    mailing, deliveries = started(ledger, count=4)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, [each.id for each in deliveries[:3]], now=NOON)
    for each, outcome in zip(
        deliveries, (Accepted("250"), Rejected("550"), Uncertain("broke")), strict=False
    ):
        ledger.sending.settle(claim, each.id, outcome, now=NOON)
    ledger.sending.release(claim, now=NOON)

    assert ledger.similar_mailings.delivered_address_keys(mailing.id) == {
        deliveries[at].address.key for at in (0, 2, 3)
    }
    ledger.mailings.change_state(
        mailing.id, to=MailingState.CANCELLED, actor=ACTOR, why="", at=NOON
    )
    assert ledger.similar_mailings.delivered_address_keys(mailing.id) == {
        deliveries[at].address.key for at in (0, 2)
    }


def test_of_each_rule_the_mailing_that_was_due_last_is_found(ledger):
    press, everybody = AudienceRule(to=("press",)), AudienceRule(to=("press", "team"))
    started(ledger, step="old", rule=press)
    started(ledger, step="new", rule=press, due_at=after(days=2), campaign="fair")
    started(ledger, step="other", rule=everybody, due_at=after(days=1))
    ahead = a_mailing("ahead", campaign="later", rule=press, due_at=after(days=9))
    ledger.mailings.launch([ahead], actor=ACTOR, at=NOON)

    found = ledger.similar_mailings.last_of_each_rule()

    assert [(each.step, each.rule) for each in found] == [("other", everybody), ("new", press)]
