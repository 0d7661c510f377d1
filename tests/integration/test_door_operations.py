"""What every door calls: one operation, one value that it can show; with a real ledger."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailer.errors import RuleError
from mailer.files.contact_files import read_contacts
from mailer.files.quarantine import write_quarantine
from mailer.model.address import Address
from mailer.model.campaigns.audience import ExclusionReason
from mailer.model.contacts.suppression import EVERYWHERE, SuppressionReason
from mailer.model.feedback.event import EVERYTHING
from mailer.model.mailings.delivery import Acceptance, Accepted, Rejected, Uncertain
from mailer.model.mailings.mailing import MailingState, SignOff
from mailer.operations.alerts.status import status
from mailer.operations.campaigns.launching.following import follow
from mailer.operations.campaigns.plans.plan import plan_of
from mailer.operations.feedback.receive import keep_posts, unsubscribe
from mailer.operations.people.directory import directory, directory_table
from mailer.operations.people.import_contacts import ImportRequest, import_file
from mailer.operations.people.suppressions import forget, suppress
from mailer.operations.sending.hold import (
    cancel_campaign,
    pause_campaign,
    require_confirmation,
    resume_campaign,
    what_a_cancellation_stops,
)
from mailer.operations.sending.resolve import resolve_delivery
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_bar,
    a_contact,
    a_mailing,
    after,
    started,
    statuses,
)
from tests.counterparts.drafts import a_contact as a_reader
from tests.counterparts.drafts import a_draft, a_step, an_audience

ADA, BO = "ada@press.example", "bo@press.example"


@pytest.fixture
def by(ledger):
    """Who asks, when, and of which ledger."""
    return {"actor": ACTOR, "why": "a call", "ledger": ledger, "now": NOON}


def sent(ledger, *outcomes, **fields):
    mailing, deliveries = started(ledger, count=len(outcomes), **fields)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, [each.id for each in deliveries], now=NOON)
    for delivery, outcome in zip(deliveries, outcomes, strict=True):
        ledger.sending.settle(claim, delivery.id, outcome, now=NOON)
    ledger.sending.release(claim, now=NOON)
    return mailing, deliveries


# People.


def test_the_directory_says_of_each_contact_which_bar_is_in_force(ledger):
    ledger.contacts.save(
        [
            a_contact(ADA, lists=frozenset({"press"})),
            a_contact(BO, lists=frozenset({"press", "associations"})),
        ],
        actor=ACTOR,
        at=NOON,
    )
    ledger.suppressions.add(
        a_bar(ADA, reason=SuppressionReason.UNREACHABLE, until=NOON), actor=ACTOR
    )
    ledger.suppressions.add(a_bar(BO), actor=ACTOR)

    everybody = directory(actor=ACTOR, ledger=ledger, now=NOON)
    associations = directory("associations", actor=ACTOR, ledger=ledger, now=NOON)

    assert [(str(each.contact.address), each.is_suppressed) for each in everybody] == [
        (ADA, False),
        (BO, True),
    ]
    assert [str(each.contact.address) for each in associations] == [BO]
    headings, ada, bo = directory_table(everybody)
    assert len(headings) == len(ada) == len(bo)
    assert (ada[0], ada[-1]) == (ADA, "")
    assert str(bo[-1])


def test_a_suppression_that_says_nothing_new_leaves_no_line(ledger, by):
    first = suppress(Address.parse(ADA), **by)
    again = suppress(Address.parse(ADA), scope="press", **by)

    assert (first, again) == (True, False)
    assert [line.action for line in ledger.journal.entries()] == ["suppress"]
    (bar,) = ledger.suppressions.all()
    assert (bar.reason, bar.scope) == (SuppressionReason.OPT_OUT, EVERYWHERE)


def test_forgetting_says_whether_anything_was_known(ledger, by):
    ledger.contacts.save([a_contact(ADA)], actor=ACTOR, at=NOON)

    assert forget(Address.parse(ADA), **by)
    assert not forget(Address.parse(BO), **by)
    assert directory(actor=ACTOR, ledger=ledger, now=NOON) == []


@pytest.mark.parametrize("is_dry_run", [False, True])
def test_an_import_sets_aside_the_rows_that_need_a_person_unless_it_is_a_trial(
    ledger, tmp_path, is_dry_run
):
    file = tmp_path / "press.csv"
    file.write_text("Nom;Courriel\nAda;ada@press.example\nBo;bo(at)press\n", encoding="utf-8")
    aside = tmp_path / "aside" / "press.csv"

    imported = import_file(
        ImportRequest(file, "press", is_dry_run=is_dry_run),
        read_file=read_contacts,
        write_quarantine=lambda read: write_quarantine(read, aside, say=str),
        actor=ACTOR,
        ledger=ledger,
        now=NOON,
    )

    assert len(imported.read.quarantined) == 1
    assert imported.quarantine == (None if is_dry_run else aside)
    assert aside.exists() is not is_dry_run
    assert (imported.result is None) is is_dry_run
    assert len(directory(actor=ACTOR, ledger=ledger, now=NOON)) == (0 if is_dry_run else 1)


# What was launched.


def test_the_status_is_one_value_of_all_that_was_launched_and_all_that_needs_a_person(ledger):
    queued = Accepted("202 ", acceptance=Acceptance.QUEUED)
    mailing, (doubted, silent) = sent(ledger, Uncertain("the line broke"), queued)
    how = {"ledger": ledger, "now": after(hours=1)}

    heard = status(reporter="SendGrid", **how)
    unheard = status(reporter="", **how)

    assert [(each.mailing.id, each.tally.audience) for each in heard.mailings] == [(mailing.id, 2)]
    assert {
        campaign: [each.id for each in found] for campaign, found in heard.uncertain.items()
    } == {"meeting": [doubted.id]}
    assert [each.id for each in heard.silent] == [silent.id]
    assert heard.reporter == "SendGrid"
    assert unheard.silent == ()


def test_a_campaign_is_paused_resumed_and_cancelled_with_all_that_has_not_ended(ledger, by):
    started(ledger)
    ledger.mailings.launch([a_mailing("later", due_at=after(days=1))], actor=ACTOR, at=NOON)

    paused = pause_campaign("meeting", **by)
    resumed = resume_campaign("meeting", **by)
    cancelled = cancel_campaign("meeting", **by)

    assert [(each.step, each.state) for each in paused] == [
        ("announcement", MailingState.PAUSED),
        ("later", MailingState.PAUSED),
    ]
    assert [each.state for each in resumed] == [MailingState.ACTIVE, MailingState.SCHEDULED]
    assert [each.step for each in cancelled] == ["announcement", "later"]
    assert {each.state for each in ledger.mailings.all()} == {MailingState.CANCELLED}
    assert pause_campaign("meeting", **by) == []


def test_a_step_that_has_not_begun_is_cancelled_alone_and_the_others_go_on(ledger, by):
    started(ledger)
    coming = [a_mailing(each, due_at=after(days=1)) for each in ("reminder", "morning")]
    ledger.mailings.launch(coming, actor=ACTOR, at=NOON)

    (stopped,) = what_a_cancellation_stops("meeting", ledger=ledger, step="reminder")
    cancelled = cancel_campaign("meeting", **by, step="reminder")

    assert [each.step for each in (stopped.mailing, *cancelled)] == ["reminder", "reminder"]
    assert {each.step: each.state for each in ledger.mailings.all()} == {
        "announcement": MailingState.ACTIVE,
        "reminder": MailingState.CANCELLED,
        "morning": MailingState.SCHEDULED,
    }
    for begun_ended_or_unknown in ("announcement", "reminder", "none"):
        with pytest.raises(RuleError, match="there are: Morning"):
            cancel_campaign("meeting", **by, step=begun_ended_or_unknown)


def test_a_step_that_expired_during_a_pause_is_missed_when_the_campaign_is_resumed(ledger, by):
    soon = a_mailing("soon", expires_at=after(hours=1))
    ledger.mailings.launch([soon, a_mailing("later", due_at=after(days=1))], actor=ACTOR, at=NOON)
    pause_campaign("meeting", **by)

    resumed = resume_campaign("meeting", **by | {"now": after(hours=2)})

    assert [(each.step, each.state) for each in resumed] == [
        ("soon", MailingState.MISSED),
        ("later", MailingState.SCHEDULED),
    ]
    assert [each.state for each in ledger.mailings.all()] == [each.state for each in resumed]


@pytest.mark.parametrize("act", [pause_campaign, resume_campaign, cancel_campaign])
def test_a_campaign_that_was_not_launched_cannot_be_held_and_the_reader_learns_it(ledger, by, act):
    with pytest.raises(RuleError, match="not launched"):
        act("metting", **by)


def test_a_cancellation_names_what_it_stops_and_wants_the_number_of_steps(ledger, by):
    sent(ledger, Accepted("250 OK"), Uncertain("the line broke"))
    started(ledger, step="reminder", count=3)
    ledger.mailings.launch([a_mailing("later", due_at=after(days=1))], actor=ACTOR, at=NOON)

    stopped = what_a_cancellation_stops("meeting", ledger=ledger)

    assert [(each.mailing.step, each.unsent, each.sent) for each in stopped] == [
        ("announcement", 0, 2),
        ("reminder", 3, 0),
        ("later", 0, 0),
    ]
    for wrong in (None, 2, 4):
        with pytest.raises(RuleError, match="First announcement; Reminder mailing; Later"):
            require_confirmation(stopped, wrong)
    require_confirmation(stopped, 3)


def test_what_was_cancelled_or_barred_in_mid_send_is_not_counted_as_left(ledger, by):
    mailing, deliveries = started(ledger, count=4)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.suppressions.add(a_bar(str(deliveries[3].address)), actor=ACTOR)
    ledger.sending.mark(claim, [deliveries[0].id, deliveries[3].id], now=NOON)
    ledger.sending.settle(claim, deliveries[0].id, Accepted("250 OK"), now=NOON)
    ledger.sending.release(claim, now=NOON)
    cancel_campaign(mailing.campaign, **by)

    tally = follow(mailing.campaign, ledger=ledger, now=NOON).mailings[0].tally

    assert (tally.audience, tally.left, tally.waiting, tally.stopped) == (4, 1, 0, 3)


def test_a_mailing_under_way_says_its_pace_and_the_last_refusals(ledger):
    mailing, deliveries = started(ledger, count=5)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, [each.id for each in deliveries[:3]], now=NOON)
    for delivery, outcome in zip(
        deliveries, (Accepted("250 OK"), Accepted("250 OK"), Rejected("550 unknown")), strict=False
    ):
        ledger.sending.settle(claim, delivery.id, outcome, now=NOON)
    ledger.sending.release(claim, now=NOON)

    (shown,) = follow(mailing.campaign, ledger=ledger, now=after(minutes=1)).mailings
    (later,) = follow(mailing.campaign, ledger=ledger, now=after(hours=1)).mailings

    assert (shown.pace, shown.ends_in) == (3, timedelta(minutes=1) * 2 / 3)
    assert dict(shown.refusals) == {"550 unknown": 1}
    assert (later.pace, later.ends_in) == (0, None)


def test_one_uncertain_delivery_is_settled_once(ledger, by):
    mailing, (doubted, taken) = sent(ledger, Uncertain("the line broke"), Accepted("250 OK"))

    assert resolve_delivery(doubted.id, resend=False, **by)
    assert not resolve_delivery(doubted.id, resend=False, **by)
    assert not resolve_delivery(taken.id, resend=True, **by)
    assert statuses(ledger, mailing) == ["accepted", "accepted"]


# A campaign before its launch.


def test_a_plan_says_who_signed_this_version_an_earlier_one_or_none(ledger):
    everybody = an_audience(a_reader(1), a_reader(2), excluded=(a_reader(3),))
    draft = replace(a_draft(a_step(), audiences={"announcement": everybody}), fingerprint="this")
    earlier = SignOff(draft.campaign.slug, "earlier", "Bo", NOON)
    this = SignOff(draft.campaign.slug, "this", "Ada", NOON)

    unsigned = plan_of(draft, ledger=ledger)
    changed = plan_of(replace(draft, sign_offs=(earlier,)), ledger=ledger)
    signed = plan_of(replace(draft, sign_offs=(earlier, this)), ledger=ledger)

    assert (unsigned.signed_by, unsigned.has_changed) == ((), False)
    assert (changed.signed_by, changed.has_changed) == ((), True)
    assert (signed.signed_by, signed.has_changed) == (("Ada",), False)
    assert len({str(each.sign_off_state) for each in (unsigned, changed, signed)}) == 3
    assert [each.planned.step.id for each in unsigned.steps] == ["announcement"]
    assert unsigned.steps[0].recipients == 2
    assert unsigned.steps[0].exclusions == {ExclusionReason.SUPPRESSED: 1}


# What comes in.


def test_posts_are_durable_when_they_are_kept_each_with_its_provider(ledger):
    keep_posts([b"[1]", b"[2]"], provider="sendgrid", ledger=ledger, now=NOON)

    assert [(post.body, post.provider) for post in ledger.inbox.posts()] == [
        (b"[1]", "sendgrid"),
        (b"[2]", "sendgrid"),
    ]


@pytest.mark.parametrize("means_everything", [False, True])
def test_an_unsubscribe_link_bars_at_once_from_its_lists_or_from_everything(
    ledger, means_everything
):
    _, (delivery,) = sent(ledger, Accepted("250 OK"))

    for _twice in range(2):
        unsubscribe(delivery.id, means_everything=means_everything, ledger=ledger, now=NOON)

    (bar,) = ledger.suppressions.all()
    (event,) = ledger.events.all()
    assert bar.scope == (EVERYWHERE if means_everything else "press")
    assert event.reason == (EVERYTHING if means_everything else "")
