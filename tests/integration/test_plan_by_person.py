"""The plan by person, what changed since the sign-off, and one person's timeline."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailer.clock import SimulatedClock
from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address
from mailer.model.campaigns.target import Target
from mailer.model.drafts.finding import Severity
from mailer.operations.campaigns.approval.approval import approve_campaign, refuse_campaign
from mailer.operations.campaigns.drafts.drafts import Drafts
from mailer.operations.campaigns.launching.launch import launch_campaign
from mailer.operations.campaigns.plans.plan import plan_campaign
from mailer.operations.people.timeline import timeline_of
from mailer.operations.sending.start import start_due
from tests.counterparts.builders import ACTOR, a_contact, a_mailing
from tests.counterparts.compiling import compile_once, our_template
from tests.counterparts.drafts import LETTERHEAD, OFFICE, a_draft, a_step

NOW = datetime(2017, 11, 20, tzinfo=UTC)
PRESS = frozenset({"press"})
ADA, BEA = Address.parse("ada@press.example"), Address.parse("bea@press.example")
REMINDER = a_step("reminder", "J-2 09:30", unless=("accredited", "declined"))


class Workspace:
    """One campaign, which a test changes, with its ledger and a simulated clock."""

    def __init__(self, ledger):
        self.ledger = ledger
        self.campaign = a_draft(a_step(), REMINDER).campaign
        self.clock = SimulatedClock(NOW)
        self.drafts = Drafts(
            load=lambda _: self.campaign,
            survey=lambda _: (self.campaign, ()),
            template_for=our_template,
            compile_=compile_once,
            office=OFFICE,
            letterhead=LETTERHEAD,
            ledger=ledger,
            clock=self.clock,
        )

    def add(self, *addresses, lists=PRESS, **fields):
        people = [a_contact(str(each), lists=lists, **fields) for each in addresses]
        self.ledger.contacts.save(people, actor=ACTOR, at=NOW)

    def with_step(self, **changes):
        first, *others = self.campaign.steps
        self.campaign = replace(self.campaign, steps=(replace(first, **changes), *others))

    def sign(self):
        approve_campaign("rencontre", actor=ACTOR, drafts=self.drafts)

    def launch(self, count):
        launch_campaign(
            "rencontre",
            confirm=count,
            signatures_required=1,
            actor=ACTOR,
            drafts=self.drafts,
            back_up=False,
        )

    def plan(self):
        return plan_campaign("rencontre", drafts=self.drafts)

    def timeline(self, address):
        return [
            (each.step, each.is_past, each.is_included, str(each.why))
            for each in timeline_of(
                address,
                campaigns=["rencontre"],
                actor=ACTOR,
                drafts=self.drafts,
                ledger=self.ledger,
            )
        ]


@pytest.fixture
def workspace(ledger):
    made = Workspace(ledger)
    made.add(ADA, BEA)
    return made


def test_the_same_inputs_give_the_same_plan(workspace):
    assert workspace.plan() == workspace.plan()


def test_before_a_sign_off_there_is_nothing_to_compare_with(workspace):
    assert [each.since_signed for each in workspace.plan().steps] == [None, None]


def test_a_plan_that_is_as_it_was_signed_off_says_so(workspace):
    workspace.sign()

    assert all(each.since_signed.is_empty for each in workspace.plan().steps)


def test_who_came_and_who_went_since_the_sign_off_is_named_with_the_reason(workspace):
    workspace.sign()
    workspace.add("cal@press.example")
    bea = workspace.ledger.contacts.find(BEA)
    workspace.ledger.contacts.remove(bea, actor=ACTOR, at=NOW)
    workspace.ledger.accreditations.save(
        Accreditation("rencontre", ADA, AccreditationState.ACCEPTED, NOW), actor=ACTOR
    )

    announcement, reminder = (each.since_signed.people for each in workspace.plan().steps)

    assert [each.address for each in announcement.gained] == ["cal@press.example"]
    assert [str(each.why) for each in announcement.lost] == ["no longer in the directory"]
    assert [(each.address, str(each.why)) for each in reminder.lost] == [
        ("", "no longer in the directory"),
        ("ada@press.example", "already accredited"),
    ]


def test_a_refusal_leaves_known_what_was_signed_before(workspace):
    workspace.sign()
    workspace.with_step(subject="Another subject")

    refuse_campaign("rencontre", why="wrong", actor=ACTOR, drafts=workspace.drafts)

    assert workspace.plan().steps[0].since_signed.sentences


@pytest.mark.parametrize(("others", "severity"), [(2, Severity.NOTE), (6, Severity.WARNING)])
def test_the_checks_say_how_many_others_a_signed_version_reaches(workspace, others, severity):
    workspace.sign()
    before = [each.check for each in workspace.drafts.findings("rencontre")]
    workspace.add(*(Address.parse(f"new{each}@press.example") for each in range(others)))

    found = [
        each
        for each in workspace.drafts.findings("rencontre")
        if each.check == "audience-changed" and "announcement" in str(each.what)
    ]

    assert "audience-changed" not in before
    assert [each.severity for each in found] == [severity]
    assert f"{others} have come since, 0 have gone" in str(found[0].what)


def test_what_changed_of_a_step_since_the_sign_off_is_said(workspace):
    workspace.sign()
    first = workspace.campaign.steps[0]
    other = a_step(text="# Autre\n").contents
    workspace.with_step(
        send=replace(first.send, days=-6), contents=other, target=Target(beats=("santé",))
    )

    announcement, reminder = workspace.plan().steps

    assert [str(each) for each in announcement.since_signed.sentences] == [
        "it left on 2017-12-04 09:30+01:00",
        "its lists or conditions were others",
        "its text was another: fr",
    ]
    assert reminder.since_signed.is_empty


def test_a_step_that_came_or_went_since_the_sign_off_is_said(workspace):
    workspace.sign()
    workspace.campaign = replace(
        workspace.campaign,
        steps=(workspace.campaign.steps[0], replace(REMINDER, id="last-call")),
    )

    plan = workspace.plan()

    assert plan.removed == ("reminder",)
    assert str(plan.steps[1].since_signed.sentences[0]) == "this step was not there"


def test_the_difference_from_the_last_mailing_of_the_same_rule_is_named(workspace):
    workspace.sign()
    workspace.launch(2)
    workspace.clock.wait_until(workspace.plan().steps[0].planned.due_at)
    list(start_due(workspace.ledger, now=workspace.clock.now()))
    workspace.add("cal@press.example")
    workspace.campaign = replace(workspace.campaign, slug="suite")

    announcement, _reminder = workspace.plan().steps

    assert [each.address for each in announcement.since_last.gained] == ["cal@press.example"]
    assert announcement.since_last.lost == ()


def test_a_person_sees_what_is_planned_and_why(workspace):
    workspace.add("cal@press.example", lists=frozenset({"others"}))
    workspace.ledger.accreditations.save(
        Accreditation("rencontre", BEA, AccreditationState.DECLINED, NOW), actor=ACTOR
    )

    assert workspace.timeline(ADA) == [
        ("announcement", False, True, "on the list press"),
        ("reminder", False, True, "on the list press"),
    ]
    assert workspace.timeline(BEA)[1] == ("reminder", False, False, "will not come")
    assert workspace.timeline(Address.parse("cal@press.example")) == []
    assert workspace.timeline(Address.parse("nobody@press.example")) == []


def test_a_person_sees_what_left_and_what_is_still_to_come(workspace):
    workspace.with_step(target=Target(beats=("santé",)))
    workspace.add("cal@press.example", beat="santé")
    workspace.sign()
    workspace.launch(1)
    workspace.clock.wait_until(workspace.plan().steps[0].planned.due_at + timedelta(minutes=1))
    list(start_due(workspace.ledger, now=workspace.clock.now()))

    assert workspace.timeline(Address.parse("Cal@press.example")) == [
        ("announcement", True, True, "as cal@press.example, version fr"),
        ("reminder", False, True, "on the list press"),
    ]
    assert workspace.timeline(ADA)[0] == (
        "announcement", True, False, "another beat than those asked",
    )  # fmt: skip


def test_a_target_is_frozen_with_the_launch_and_obeyed_at_its_start(workspace):
    workspace.add("cal@press.example", beat="Santé, sciences", media="Radio")
    workspace.with_step(target=Target(beats=("sante",), media=("radio",)))
    workspace.sign()
    workspace.launch(1)
    workspace.add("dan@press.example", beat="sante", media="RADIO")
    workspace.add("eve@press.example", beat="sante")

    list(start_due(workspace.ledger, now=workspace.plan().steps[0].planned.due_at))

    (mailing, _reminder) = workspace.ledger.mailings.summaries()
    sent_to = {str(each.address) for each in workspace.ledger.deliveries.of_mailing(mailing.id)}
    assert mailing.rule.target == Target(beats=("sante",), media=("radio",))
    assert sent_to == {"cal@press.example", "dan@press.example"}


@pytest.mark.parametrize(
    ("target", "reached"),
    [
        (Target(received=("announcement",)), {"ada@press.example", "bea@press.example"}),
        (Target(not_received=("rencontre/announcement",)), {"cal@press.example"}),
        (Target(received=("other/announcement",)), set()),
        (Target(not_received=("other/announcement",)), {"ada@press.example", "bea@press.example", "cal@press.example"}),
    ],
)  # fmt: skip
def test_a_step_follows_who_received_another(workspace, target, reached):
    workspace.sign()
    workspace.launch(2)
    for mailing in workspace.ledger.mailings.summaries()[:1]:
        list(start_due(workspace.ledger, now=mailing.due_at))
        claim = workspace.ledger.sending.claim(worker="w", now=mailing.due_at)
        ids = [each.id for each in claim.deliveries]
        workspace.ledger.sending.mark(claim, ids, now=mailing.due_at)
        workspace.ledger.sending.release(claim, now=mailing.due_at)
    workspace.add("cal@press.example")
    workspace.campaign = replace(
        workspace.campaign, steps=(replace(workspace.campaign.steps[1], target=target),)
    )

    (step,) = workspace.plan().steps

    assert {str(each.contact.address) for each in step.audience.recipients} == reached


def test_a_word_that_means_nobody_blocks(workspace):
    workspace.add("cal@press.example", beat="santé")
    target = Target(
        beats=("sante", "jardinage"), exclude=("absente", "press"), received=("announcement", "x/y")
    )
    workspace.with_step(target=target)

    found = workspace.drafts.draft("rencontre").unknown_targets

    assert [(each.key, each.value) for each in found] == [
        ("beats", "jardinage"),
        ("exclude", "absente"),
        ("received", "x/y"),
    ]
    blocking = [
        each for each in workspace.drafts.findings("rencontre") if "nobody" in str(each.what)
    ]
    assert {each.check for each in blocking} == {"unknown-target", "no-recipients"}


@pytest.mark.parametrize(("hours", "told"), [(0, 1), (23, 1), (-23, 1), (24, 0), (-24, 0)])
def test_two_campaigns_that_aim_at_one_person_within_a_day_are_told(workspace, hours, told):
    planned = workspace.plan().steps[0].planned
    other = a_mailing(campaign="other", due_at=planned.due_at + timedelta(hours=hours))
    workspace.ledger.mailings.launch([other], actor=ACTOR, at=NOW)

    found = workspace.drafts.draft("rencontre").slot_conflicts

    assert [(each.step, each.mailing.campaign, each.count) for each in found] == [
        ("announcement", "other", 2)
    ] * told


@pytest.mark.parametrize(
    ("begins", "ends", "told"),
    [
        ("2017-12-09 14:00", "", True),
        ("2017-12-08 09:00", "2017-12-10 12:00", True),
        ("2017-12-10", "", False),
        ("2017-12-01", "2017-12-08", False),
        ("", "", False),
    ],
)
def test_events_on_one_day_are_told(workspace, begins, ends, told):
    facts = {"event.starts_at": begins, "event.ends_at": ends}
    workspace.ledger.mailings.launch(
        [a_mailing(campaign="other", due_at=NOW, facts=facts)], actor=ACTOR, at=NOW
    )

    assert bool(workspace.drafts.draft("rencontre").event_conflicts) is told
