"""Who has a text already, under another name: with a real ledger, both databases."""

from dataclasses import replace

import pytest

from mailer.checks import run_checks
from mailer.errors import RuleError
from mailer.model.address import Address
from mailer.model.mailings.mailing import AudienceRule, MailingState
from mailer.operations.campaigns.approval.approval import approve
from mailer.operations.campaigns.drafts.already_sent import duplicate_mailings
from mailer.operations.campaigns.launching.launch import launch
from mailer.operations.sending.audience import Directory
from mailer.wording import from_note
from tests.counterparts.builders import ACTOR, COMPILED, FRENCH, NOON, a_delivery, a_mailing, after
from tests.counterparts.drafts import a_contact, a_draft, a_step, an_audience


def a_draft_for(*numbers, message=COMPILED, step="announcement"):
    """Readers by number, of a campaign called `rencontre`."""
    return a_draft(
        a_step(step, send="2017-12-09 09:30"),
        messages={(step, FRENCH): message},
        audiences={step: an_audience(*map(a_contact, numbers))},
    )


def sent(ledger, *numbers, **fields):
    """A mailing under way to these readers."""
    mailing = a_mailing(**fields)
    deliveries = [
        a_delivery(number, mailing=mailing, address=Address(f"reader{number}", "outlet.example"))
        for number in numbers
    ]
    assert ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    assert ledger.mailings.start(mailing.id, deliveries=deliveries, exclusions=(), at=NOON)
    return mailing


def found(ledger, draft, now=NOON):
    return [
        (before.mailing.campaign, before.count, before.audience)
        for before in duplicate_mailings(
            draft, directory=Directory(ledger, now=now), ledger=ledger, now=now
        )
    ]


def test_the_same_text_to_the_same_people_is_found_under_another_name(ledger):
    sent(ledger, 1, 2, 3)

    assert found(ledger, a_draft_for(1, 2, 3)) == [("meeting", 3, 3)]
    assert found(ledger, a_draft_for(1, 2, 3), now=after(days=900)) == [("meeting", 3, 3)]


def test_other_people_and_a_few_of_the_same_may_have_it(ledger):
    sent(ledger, 1, 2, 3)

    assert found(ledger, a_draft_for(7, 8)) == []
    assert found(ledger, a_draft_for(1, 7, 8)) == []


def test_a_list_that_has_grown_or_shrunk_is_still_the_same_people(ledger):
    sent(ledger, 1, 2, 3)

    assert found(ledger, a_draft_for(*range(1, 20))) == [("meeting", 3, 19)]
    assert found(ledger, a_draft_for(2)) == [("meeting", 1, 1)]


def test_another_text_under_the_same_subject_is_found_for_a_month(ledger):
    sent(ledger, 1, 2, 3)
    mended = a_draft_for(1, 2, 3, message=replace(COMPILED, content_hash="1" * 64))

    assert found(ledger, mended, now=after(days=30)) == [("meeting", 3, 3)]
    assert found(ledger, mended, now=after(days=31)) == []


def test_its_own_step_is_not_held_against_a_campaign_and_a_renamed_one_is(ledger):
    sent(ledger, 1, 2, 3, campaign="rencontre")

    assert found(ledger, a_draft_for(1, 2, 3)) == []
    assert found(ledger, a_draft_for(1, 2, 3, step="annonce")) == [("rencontre", 3, 3)]


def test_what_was_launched_and_waits_counts_for_whom_it_will_reach(ledger):
    ledger.contacts.save([a_contact(1), a_contact(2, lists=("other",))], at=NOON, actor=ACTOR)
    mailing = a_mailing(rule=AudienceRule(to=("press",)))
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)

    assert found(ledger, a_draft_for(2)) == []
    assert found(ledger, a_draft_for(1)) == [("meeting", 1, 1)]
    ledger.mailings.change_state(
        mailing.id, to=MailingState.CANCELLED, actor=ACTOR, why="", at=NOON
    )
    assert found(ledger, a_draft_for(1)) == []


@pytest.mark.parametrize("message", [COMPILED, replace(COMPILED, content_hash="1" * 64)])
def test_it_is_launched_only_when_somebody_insists_and_the_journal_says_so(ledger, message):
    sent(ledger, 1, 2)
    draft = a_draft_for(1, 2, message=message)
    draft = replace(
        draft,
        fingerprint="f",
        sent_before=tuple(
            duplicate_mailings(
                draft, directory=Directory(ledger, now=NOON), ledger=ledger, now=NOON
            )
        ),
    )
    findings = [finding for finding in run_checks(draft) if finding.check == "already-sent"]
    signed = approve(draft, findings=findings, actor=ACTOR, ledger=ledger, now=NOON)
    draft = replace(draft, sign_offs=(signed,))
    how = {"findings": findings, "signatures_required": 1, "actor": ACTOR, "now": NOON}

    with pytest.raises(RuleError, match="2 of the 2 recipients"):
        launch(draft, confirm=2, ledger=ledger, **how)
    with pytest.raises(RuleError, match="not confirmed"):
        launch(draft, confirm=None, again=True, ledger=ledger, **how)
    assert launch(draft, confirm=2, again=True, ledger=ledger, **how)

    (line,) = [
        line for line in ledger.journal.entries("rencontre") if line.action == "launch-again"
    ]
    assert line.name == "Ada"
    assert "2 of the 2 recipients" in str(from_note(line.detail))
