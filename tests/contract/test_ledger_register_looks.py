"""A reminder that depends on answers waits for somebody to look at them, on both databases."""

from datetime import timedelta

import pytest

from mailer.model.accreditations.accreditation import (
    Accreditation,
    AccreditationState,
    RegisterUpdate,
)
from mailer.model.address import Address
from mailer.model.feedback.event import EventKind
from mailer.model.feedback.proposal import Decision
from mailer.model.feedback.reply import SHOWN_SORTS
from mailer.model.mailings.mailing import AudienceRule, MailingState
from mailer.model.mailings.progress import Task
from mailer.model.team.actor import Via
from mailer.operations.alerts.watch import alerts
from mailer.operations.people.registers import confirm_answers
from mailer.operations.sending.start import Guards, Held, Missed, Started, start_due
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_contact,
    a_mailing,
    after,
    an_actor,
    an_event,
    started,
)

FRESH = timedelta(hours=24)
DUE = after(days=3)


@pytest.fixture
def campaign(ledger):
    """An announcement that left at noon, and a reminder three days later."""
    ledger.contacts.save([a_contact(lists=frozenset({"press"}))], actor=ACTOR, at=NOON)
    _mailing, deliveries = started(ledger)
    remind(ledger)
    ledger.delivery = deliveries[0]
    return ledger


def remind(ledger, step="reminder", **rule):
    rule = rule or {"unless": ("accredited", "declined")}
    mailing = a_mailing(
        step, rule=AudienceRule(to=("press",), **rule), due_at=DUE, expires_at=DUE + FRESH
    )
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)


def start(ledger, at=DUE, fresh_for=FRESH):
    return [type(each) for each in start_due(ledger, now=at, guards=Guards(fresh_for=fresh_for))]


def note_answer(ledger, at, via):
    entry = Accreditation("meeting", Address("cy", "radio.example"), AccreditationState.ASKED, at)
    ledger.accreditations.revise(
        "meeting", lambda _: RegisterUpdate((entry,)), actor=an_actor("Cy", via=via), at=at
    )


def read_mailbox(ledger, at):
    ledger.heartbeat.record(at=at, task=Task.MAILBOX)


def fail_at_mailbox(ledger, at):
    read_mailbox(ledger, after(hours=1))
    ledger.heartbeat.record_failure(at=at, task=Task.MAILBOX, why="no")


def begin_service(ledger, at):
    ledger.heartbeat.begin({Task.MAILBOX: 300}, at=at)


def reply_unread(ledger, at):
    read_mailbox(ledger, at)
    delivery = ledger.delivery
    reply = an_event(
        EventKind.REPLIED,
        delivery_id=delivery.id,
        address=delivery.address,
        reason=SHOWN_SORTS[0].value,
    )
    ledger.events.store([reply], at=after(hours=5))
    ledger.events.close(reply, at=after(hours=5))


def reply_read(ledger, at):
    reply_unread(ledger, at)
    (reply,) = ledger.replies.waiting(limit=5)
    ledger.replies.decide(reply, Decision.DISMISSED, actor=ACTOR, why="", at=after(hours=6))


LATELY = DUE - timedelta(hours=23)
LOOKS = {
    "nobody looked": (lambda _ledger: None, Held),
    "somebody confirmed": (
        lambda ledger: confirm_answers("meeting", actor=ACTOR, ledger=ledger, now=LATELY),
        Started,
    ),
    "somebody confirmed too long ago": (
        lambda ledger: confirm_answers("meeting", actor=ACTOR, ledger=ledger, now=DUE - FRESH),
        Held,
    ),
    "somebody confirmed another campaign": (
        lambda ledger: confirm_answers("other", actor=ACTOR, ledger=ledger, now=LATELY),
        Held,
    ),
    "an answer was noted": (lambda ledger: note_answer(ledger, LATELY, Via.DESK), Started),
    "an answer came by link": (lambda ledger: note_answer(ledger, LATELY, Via.LINK), Held),
    "the mailbox was read": (lambda ledger: read_mailbox(ledger, LATELY), Started),
    "the mailbox fails": (lambda ledger: fail_at_mailbox(ledger, LATELY), Held),
    "the service begins": (lambda ledger: begin_service(ledger, DUE), Held),
    "a reply waits for a person": (lambda ledger: reply_unread(ledger, LATELY), Held),
    "the reply was read": (lambda ledger: reply_read(ledger, LATELY), Started),
}


@pytest.mark.parametrize(("look", "expected"), LOOKS.values(), ids=LOOKS)
def test_item_6_a_reminder_leaves_only_after_a_late_look_at_the_answers(campaign, look, expected):
    look(campaign)

    assert start(campaign) == [expected]


@pytest.mark.parametrize(
    ("rule", "fresh_for"),
    [({"cancels": True, "only": ("accredited",)}, FRESH), ({"unless": ("declined",)}, 0 * FRESH)],
    ids=["a cancellation", "switched off"],
)
def test_item_6_some_wait_for_nobody(ledger, rule, fresh_for):
    ledger.contacts.save([a_contact(lists=frozenset({"press"}))], actor=ACTOR, at=NOON)
    started(ledger)
    remind(ledger, **rule)

    assert start(ledger, fresh_for=fresh_for) == [Started]


def test_item_6_what_is_held_is_as_it_was_leaves_after_a_look_and_is_missed_in_words(campaign):
    assert start(campaign) == [Held]
    held = next(each for each in campaign.mailings.summaries() if each.step == "reminder")
    assert held.state is MailingState.SCHEDULED

    confirm_answers("meeting", actor=ACTOR, ledger=campaign, now=DUE + FRESH / 2)
    remind(campaign, "second")

    assert start(campaign, at=DUE + FRESH / 2) == [Started, Started]
    assert "answers-seen" in [entry.action for entry in campaign.journal.entries("meeting")]


def test_item_6_a_reminder_that_nobody_confirms_is_missed_and_told(campaign):
    start(campaign)

    assert start(campaign, at=DUE + FRESH) == [Missed]
    said = [str(each.what) for each in alerts(campaign, now=DUE + FRESH, fresh_for=FRESH)]
    assert any("was missed" in each for each in said)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (DUE - timedelta(hours=19), ""),
        (DUE - timedelta(hours=17), "will be held on"),
        (DUE, "is held: nobody has looked at the answers since"),
        (DUE + FRESH, ""),
    ],
)
def test_item_6_the_team_is_told_the_day_before_and_when_it_is_held(campaign, at, said):
    found = [each for each in alerts(campaign, now=at, fresh_for=FRESH) if "answers" in each.key]

    assert [said in str(each.what) and each.by_mail for each in found] == [True] * bool(said)


def test_item_6_no_alert_is_raised_for_a_mailbox_that_is_read_all_the_time(campaign):
    for hours in (10, 17, 23):
        now = DUE - timedelta(hours=hours)
        read_mailbox(campaign, now)

        assert [a for a in alerts(campaign, now=now, fresh_for=FRESH) if "answers" in a.key] == []
