"""Those whom a step did not reach and newcomers, never who has it."""

import pytest

from mailer.errors import RuleError
from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.contacts.suppression import SuppressionReason
from mailer.model.mailings.delivery import Accepted, Deferred, DeliveryStatus, Rejected, Uncertain
from mailer.model.mailings.mailing import AudienceRule, MailingState
from mailer.model.team.person import Role
from mailer.operations.sending.resend import ResendTo, resend, resendable, what_to_resend
from mailer.operations.sending.start import start_due
from tests.counterparts.builders import (
    ACTOR,
    COMPILED,
    NOON,
    a_bar,
    a_contact,
    a_mailing,
    after,
    an_actor,
)

PRESS = frozenset({"press"})
OUTCOMES = {
    "has@press.example": Accepted("250"),
    "refused@press.example": Rejected("550"),
    "unsure@press.example": Uncertain("broke"),
    "waits@press.example": Deferred("450", retry_after_s=3600),
}
LATER = after(minutes=5)


def add(ledger, *addresses, **fields):
    people = [a_contact(each, lists=PRESS, **fields) for each in addresses]
    ledger.contacts.save(people, actor=ACTOR, at=NOON)


@pytest.fixture
def sent(ledger):
    """A reminder that has left with every outcome; one person was barred and got none."""
    add(ledger, *OUTCOMES, "barred@press.example")
    ledger.suppressions.add(a_bar("barred@press.example"), actor=ACTOR)
    rule = AudienceRule(to=("press",), unless=("accredited", "declined"))
    mailing = a_mailing("reminder", rule=rule, variants={VariantKey("", "fr"): COMPILED})
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    list(start_due(ledger, now=NOON))
    settle(ledger, OUTCOMES)
    ledger.mailings.finish(NOON)
    return ledger


def settle(ledger, outcomes, now=NOON):
    """Send what is due; returns to whom it was sent."""
    claim = ledger.sending.claim(worker="w", now=now)
    if claim is None:
        return []
    marked = ledger.sending.mark(claim, [each.id for each in claim.deliveries], now=now)
    sent_to = [each for each in claim.deliveries if each.id in marked]
    for each in sent_to:
        outcome = outcomes.get(str(each.address), Accepted("250"))
        ledger.sending.settle(claim, each.id, outcome, now=now)
    ledger.sending.release(claim, now=now)
    return [str(each.address) for each in sent_to]


def drained(ledger):
    """Send everything that is due; returns to whom, in order."""
    sent_to = []
    while found := settle(ledger, {}, after(minutes=6)):
        sent_to += found
    return sorted(sent_to)


def send_again(ledger, to, *, confirm=None, actor=ACTOR, now=LATER):
    if not isinstance(to, ResendTo):
        to = [Address.parse(each) for each in to]
    return resend(
        "meeting",
        "reminder",
        to=to,
        confirm=confirm,
        actor=actor,
        why="asked by telephone",
        ledger=ledger,
        now=now,
    )


def statuses(ledger):
    (mailing,) = ledger.mailings.summaries()
    return {str(e.address): e.status for e in ledger.deliveries.of_mailing(mailing.id)}


def test_the_missed_are_those_it_did_not_reach_and_nobody_who_has_or_may_have_it(sent):
    send_again(sent, ResendTo.MISSED, confirm=1)

    assert drained(sent) == ["refused@press.example"]
    assert statuses(sent)["refused@press.example"] is DeliveryStatus.ACCEPTED
    assert statuses(sent)["unsure@press.example"] is DeliveryStatus.UNCERTAIN


def test_the_new_are_those_who_came_to_its_lists_since(sent):
    add(sent, "new@press.example")

    send_again(sent, ResendTo.NEW, confirm=1)

    assert drained(sent) == ["new@press.example"]


def test_a_second_time_there_is_nobody_left(sent):
    add(sent, "new@press.example")
    for to in ResendTo:
        send_again(sent, to, confirm=1)

    assert [what_to_resend("meeting", "reminder", to=to, ledger=sent, now=LATER).people for to in ResendTo] == [(), ()]  # fmt: skip
    drained(sent)
    assert send_again(sent, ResendTo.MISSED, confirm=0).people == ()


@pytest.mark.parametrize("confirm", [None, 0, 2])
def test_another_number_sends_nothing_and_names_them(sent, confirm):
    with pytest.raises(RuleError, match="refused@press"):
        send_again(sent, ResendTo.MISSED, confirm=confirm)

    assert drained(sent) == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("has@press.example", "have it already"),
        ("waits@press.example", "about to leave"),
        ("barred@press.example", "asked not to be written to"),
        ("nobody@press.example", "none of the lists"),
    ],
)
def test_who_is_named_and_cannot_get_it_is_refused_with_the_reason(sent, address, said):
    with pytest.raises(RuleError, match=said):
        send_again(sent, ["refused@press.example", address])

    assert drained(sent) == []


def test_an_uncertain_one_is_sent_again_only_by_name(sent):
    send_again(sent, ["Unsure@press.example"])

    assert drained(sent) == ["unsure@press.example"]


def test_who_has_answered_or_refused_meanwhile_is_not_missed(sent):
    answer = Accreditation(
        "meeting", Address.parse("refused@press.example"), AccreditationState.DECLINED, NOON
    )
    sent.accreditations.save(answer, actor=ACTOR)

    assert send_again(sent, ResendTo.MISSED, confirm=0).people == ()


def test_who_refuses_after_it_was_asked_again_gets_nothing(sent):
    send_again(sent, ResendTo.MISSED, confirm=1)
    bar = a_bar("refused@press.example", reason=SuppressionReason.DO_NOT_CONTACT)
    sent.suppressions.add(bar, actor=ACTOR)

    assert drained(sent) == []
    assert statuses(sent)["refused@press.example"] is DeliveryStatus.SUPPRESSED


def test_who_has_it_at_another_address_does_not_get_it_again(sent):
    add(sent, "has@home.example", alternates=(Address.parse("has@press.example"),))

    assert send_again(sent, ResendTo.NEW, confirm=0).people == ()
    with pytest.raises(RuleError, match="have it already"):
        send_again(sent, ["has@home.example"])


def test_after_its_validity_or_a_cancellation_nothing_is_sent_again(sent):
    (mailing,) = sent.mailings.summaries()
    with pytest.raises(RuleError, match="too late"):
        send_again(sent, ResendTo.MISSED, confirm=1, now=mailing.expires_at)
    assert list(resendable("meeting", ledger=sent, now=LATER)) == ["reminder"]
    assert list(resendable("meeting", ledger=sent, now=mailing.expires_at)) == []

    sent.mailings.change_state(mailing.id, to=MailingState.CANCELLED, actor=ACTOR, why="", at=NOON)
    with pytest.raises(RuleError, match="cancelled"):
        send_again(sent, ResendTo.MISSED, confirm=1)


def test_a_step_that_has_not_left_is_not_sent_again(ledger):
    ledger.mailings.launch([a_mailing("reminder")], actor=ACTOR, at=NOON)

    with pytest.raises(RuleError, match="not begun"):
        send_again(ledger, ResendTo.NEW, confirm=0)


def test_an_uncertain_one_takes_who_may_decide_about_it(sent):
    editor = an_actor("Eve", roles=frozenset({Role.EDITOR}))

    with pytest.raises(RuleError, match="may not"):
        send_again(sent, ["unsure@press.example"], actor=editor)
    assert send_again(sent, ["refused@press.example"], actor=editor).people


def test_every_one_sent_again_has_its_line_in_the_journal(sent):
    add(sent, "new@press.example")
    send_again(sent, ResendTo.NEW, confirm=1)
    send_again(sent, ["refused@press.example", "unsure@press.example"])

    entries = sent.journal.entries("meeting/reminder")
    assert [each.action for each in entries if each.detail.endswith("asked by telephone")] == [
        "add-recipient",
        "send-again",
        "send-again",
    ]
