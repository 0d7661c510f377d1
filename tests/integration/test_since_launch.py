"""After a launch, what the folder says otherwise is told, and what must not be told wrongly waits."""

from dataclasses import replace

import pytest

from mailer.calendar.timetable import plan
from mailer.checks import run_checks
from mailer.labels import change_in_words
from mailer.model.campaigns.campaign import CampaignKind, Link
from mailer.model.mailings.mailing import MailingState
from mailer.model.mailings.since_launch import facts_of
from mailer.model.team.actor import PROGRAM
from mailer.operations.alerts.status import status
from mailer.operations.campaigns.drafts.since_launch import since_launch
from mailer.operations.campaigns.launching.launch import launch
from mailer.operations.campaigns.plans.plan import plan_of
from mailer.operations.sending.hold import cancel_campaign, resume_campaign
from mailer.operations.sending.start import Guards, Held, Started, start_due
from mailer.wording import from_note
from tests.counterparts.builders import ACTOR, an_actor
from tests.counterparts.drafts import (
    OFFICE,
    a_draft,
    a_step,
    an_accreditation,
    an_audience,
    an_event,
    paris,
)

LAUNCHED = paris("2017-12-04 08:00")
ANNOUNCED, REMINDED = paris("2017-12-04 09:30"), paris("2017-12-07 09:30")


@pytest.fixture
def draft():
    steps = (a_step(), a_step("reminder", "J-2 09:30"))
    nobody = {step.id: an_audience() for step in steps}
    return replace(
        a_draft(*steps, audiences=nobody, accreditation=an_accreditation()), fingerprint="f" * 64
    )


@pytest.fixture
def launched(draft, ledger):
    """The campaign, launched; its announcement has left."""
    launch(
        draft,
        findings=(),
        confirm=0,
        signatures_required=0,
        actor=an_actor("Ada"),
        ledger=ledger,
        now=LAUNCHED,
    )
    list(start_due(ledger, now=ANNOUNCED))
    ledger.mailings.finish(ANNOUNCED)
    return draft.campaign


def put_off(campaign):
    return replace(campaign, event=replace(campaign.event, starts_at=paris("2017-12-16 09:30")))


def now_says(campaign, ledger):
    return since_launch(
        campaign,
        plan(campaign, office=OFFICE),
        mailings=ledger.mailings.summaries(campaign.slug),
        ledger=ledger,
    )


def words(launch):
    return [str(change_in_words(change)) for change in launch.changes]


def test_before_a_launch_there_is_nothing_to_compare_with(draft, ledger):
    assert now_says(draft.campaign, ledger) is None


def test_an_unchanged_folder_is_as_it_was_launched(launched, ledger):
    found = now_says(launched, ledger)

    assert (found.by, f"{found.at:%d %b %H:%M}", found.changes) == ("Ada", "04 Dec 08:00", ())
    assert [(each.step, each.is_to_come) for each in found.steps] == [
        ("announcement", False),
        ("reminder", True),
    ]


def test_a_moved_event_is_told_with_both_dates_and_the_hours_that_follow(launched, ledger):
    found = now_says(put_off(launched), ledger)

    assert words(found) == [
        "beginning of the event: 2017-12-09 09:30 → 2017-12-16 09:30",
        "hour of the step (Reminder mailing): 2017-12-07 09:30 → 2017-12-14 09:30",
    ]


def edits():
    """Each edit of a folder, and the word that tells it."""

    def of_step(**changes):
        return lambda campaign: replace(
            campaign, steps=(campaign.steps[0], replace(campaign.steps[1], **changes))
        )

    def of_event(**changes):
        return lambda campaign: replace(campaign, event=replace(campaign.event, **changes))

    def of_campaign(**changes):
        return lambda campaign: replace(campaign, **changes)

    return {
        "venue: Académie → Sorbonne": of_event(venue="Sorbonne"),
        "address of the event: 1 rue de l’Exemple, 75000 Paris → 1 rue X": of_event(
            address="1 rue X"
        ),
        "end of the event: nothing → 2017-12-10 17:00": of_event(ends_at=paris("2017-12-10 17:00")),
        "event in other languages": of_event(translations={"en": {"venue": "Academy"}}),
        "beginning of the event: 2017-12-09 09:30 → nothing": of_campaign(event=None),
        "title": of_campaign(title="Autre titre"),
        "accreditation deadline: 2017-12-08 12:00 → 2017-12-07 12:00": of_campaign(
            accreditation=an_accreditation(deadline=paris("2017-12-07 12:00"))
        ),
        "links": of_campaign(links=(Link("Programme", "https://institut.example/"),)),
        "press contacts": of_campaign(press_contacts=()),
        "images and attachments": of_campaign(files={"logo.png": b"1"}),
        "template, theme or language": of_campaign(theme="clear"),
        "subject (Reminder mailing)": of_step(subject="Autre objet"),
        "lists of the step (Reminder mailing): press → press, associations": of_step(
            to=("press", "associations")
        ),
        "who does not receive the step (Reminder mailing): nothing → declined": of_step(
            unless=("declined",)
        ),
        "text (Reminder mailing)": lambda campaign: replace(
            campaign, steps=(campaign.steps[0], a_step("reminder", "J-2 09:30", "# Autre\n"))
        ),
        "step removed (Reminder mailing)": lambda campaign: replace(
            campaign, steps=campaign.steps[:1]
        ),
        "step added (Last)": lambda campaign: replace(
            campaign, steps=(*campaign.steps, a_step("last", "J-1 09:30"))
        ),
    }


@pytest.mark.parametrize("told", edits())
def test_each_edit_of_the_folder_is_told(launched, ledger, told):
    edited = edits()[told](launched)
    steps = plan(replace(edited, event=edited.event or an_event()), office=OFFICE)

    found = since_launch(
        edited, steps, mailings=ledger.mailings.summaries(edited.slug), ledger=ledger
    )

    assert any(each.startswith(told) for each in words(found)), words(found)


def test_a_changed_folder_blocks_a_second_launch_and_says_what_leaves(draft, launched, ledger):
    edited = replace(
        draft, campaign=put_off(launched), since_launch=now_says(put_off(launched), ledger)
    )

    (found,) = (f for f in run_checks(edited) if f.check == "differs-from-launch")

    assert "launched on 2017-12-04 08:00 by Ada" in str(found.what)
    assert "2017-12-09 09:30 → 2017-12-16 09:30" in str(found.what)
    assert "Reminder mailing (2017-12-07 09:30)" in str(found.why)
    assert found.act.values == {"campaign": launched.slug}
    assert plan_of(edited, ledger=ledger).since_launch == edited.since_launch


def test_the_status_reads_the_folders_of_campaigns_with_steps_to_come_only(launched, ledger):
    read = []

    def look(campaign):
        read.append(campaign)
        return now_says(put_off(launched), ledger)

    how = {"ledger": ledger, "reporter": "", "since_launch": look}
    before = status(now=ANNOUNCED, **how)
    cancel_campaign(launched.slug, actor=ACTOR, why="", ledger=ledger, now=ANNOUNCED)
    after = status(now=ANNOUNCED, **how)

    assert [each.campaign for each in before.changed] == [launched.slug]
    assert after.changed == ()
    assert read == [launched.slug]


def as_folder(campaign):
    def facts(_name, step_id):
        return facts_of(campaign, next(each for each in campaign.steps if each.id == step_id))

    return Guards(folder_facts=facts)


def test_a_step_whose_date_the_folder_contradicts_waits_for_a_person(launched, ledger):
    (held,) = start_due(ledger, now=REMINDED, guards=as_folder(put_off(launched)))
    again = list(start_due(ledger, now=REMINDED, guards=as_folder(put_off(launched))))

    assert isinstance(held, Held)
    told = "beginning of the event: 2017-12-09 09:30 → 2017-12-16 09:30"
    assert told in str(held.problem.what)
    assert again == []
    paused = ledger.mailings.get(held.mailing.id)
    assert paused.state is MailingState.PAUSED
    assert told in str(from_note(paused.note))


def test_what_was_resumed_before_its_note_was_worded_is_not_asked_again(launched, ledger):
    (reminder,) = [each for each in ledger.mailings.summaries() if each.step == "reminder"]
    former = "campaign.toml: event.starts_at 2017-12-09 09:30 → 2017-12-16 09:30"
    paused = {"to": MailingState.PAUSED, "actor": PROGRAM, "why": former, "at": REMINDED}
    assert ledger.mailings.change_state(reminder.id, **paused)
    resume_campaign(launched.slug, actor=ACTOR, why="still true", ledger=ledger, now=REMINDED)

    (result,) = start_due(ledger, now=REMINDED, guards=as_folder(put_off(launched)))

    assert isinstance(result, Started)


def test_who_resumes_it_sends_what_was_signed_and_is_asked_once_for_each_change(launched, ledger):
    by = {"actor": ACTOR, "why": "still true", "ledger": ledger, "now": REMINDED}
    list(start_due(ledger, now=REMINDED, guards=as_folder(put_off(launched))))
    resume_campaign(launched.slug, **by)
    moved = replace(launched, event=replace(launched.event, venue="Sorbonne"))

    (asked_again,) = start_due(ledger, now=REMINDED, guards=as_folder(moved))
    resume_campaign(launched.slug, **by)
    (result,) = start_due(ledger, now=REMINDED, guards=as_folder(put_off(launched)))

    assert isinstance(asked_again, Held)
    assert isinstance(result, Started)


@pytest.mark.parametrize(
    "told", ["title", "links", "text (Reminder mailing)", "subject (Reminder mailing)"]
)
def test_other_edits_hold_nothing(launched, ledger, told):
    (result,) = start_due(ledger, now=REMINDED, guards=as_folder(edits()[told](launched)))

    assert isinstance(result, Started)


def test_a_folder_that_is_gone_or_broken_holds_nothing(launched, ledger):
    guards = Guards(folder_facts=lambda _campaign, _step: None)

    (result,) = start_due(ledger, now=REMINDED, guards=guards)

    assert isinstance(result, Started)


def test_the_kind_of_a_step_is_compared_by_its_name(launched, ledger):
    corrected = replace(
        launched, steps=tuple(replace(s, kind=CampaignKind.CORRECTION) for s in launched.steps)
    )

    assert words(now_says(corrected, ledger)) == ["template, theme or language"]
