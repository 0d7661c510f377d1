"""What follows from what comes back, with the ledger's own history."""

from dataclasses import replace
from itertools import permutations

import pytest

from mailer.errors import UnexpectedFailure
from mailer.feedback.policy import FeedbackSettings
from mailer.ledger import open_ledger
from mailer.model.address import Address
from mailer.model.contacts.contact import ContactId
from mailer.model.contacts.suppression import EVERYWHERE, SuppressionReason
from mailer.model.feedback.event import EVERYTHING, Deadness, EventKind, Match
from mailer.model.mailings.delivery import Accepted, Rejected, Stage
from mailer.model.mailings.mailing import AudienceRule, MailingState
from mailer.operations.feedback.record import ALARM, process_stored_events, record
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_contact,
    a_delivery,
    a_mailing,
    after,
    an_event,
    started,
    statuses,
)
from tests.counterparts.empty_ledger import empty_ledger

STRANGER = Address.parse("somebody.else@press.example")


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    yield ledger
    ledger.close()


def sent(ledger, *, count=1, outcome=None, **fields):
    """A mailing handed over, with its deliveries."""
    mailing, deliveries = started(ledger, count=count, **fields)
    while (claim := ledger.sending.claim(worker="w", now=NOON)) is not None:
        ids = [delivery.id for delivery in claim.deliveries]
        ledger.sending.mark(claim, ids, now=NOON)
        for each in ids:
            ledger.sending.settle(claim, each, outcome or Accepted("250"), now=NOON)
        ledger.sending.release(claim, now=NOON)
    return mailing, deliveries


def bounce(delivery, *, key="b", **fields):
    return an_event(
        EventKind.BOUNCED,
        key=key,
        **{
            "delivery_id": delivery.id,
            "match": Match.DELIVERY_ID,
            "address": delivery.address,
            "reason": "user-unknown",
            "dead": Deadness.YES,
            "quote": "550 5.1.1 User unknown",
            "source": "mailbox",
        }
        | fields,
    )


def bars(ledger):
    return {(str(bar.address), bar.reason.value, bar.scope) for bar in ledger.suppressions.all()}


def test_a_report_can_only_bar_the_address_we_wrote_to(ledger):
    _mailing, (delivery,) = sent(ledger)

    record(bounce(delivery, address=STRANGER), ledger=ledger, now=NOON)

    assert bars(ledger) == {(str(delivery.address), "dead", EVERYWHERE)}
    (event,) = ledger.events.all()
    assert event.address == delivery.address


def test_a_fact_stored_before_a_crash_is_judged_after_it(ledger):
    _mailing, (delivery,) = sent(ledger)
    ledger.events.store([bounce(delivery)], at=NOON)
    assert bars(ledger) == set()

    (judged,) = process_stored_events(ledger=ledger, now=NOON)

    assert [bar.reason for bar in judged.suppressions] == [SuppressionReason.DEAD]
    assert bars(ledger) == {(str(delivery.address), "dead", EVERYWHERE)}
    assert list(process_stored_events(ledger=ledger, now=NOON)) == []


def test_an_address_refused_at_rcpt_counts_like_a_returned_message(ledger):
    _mailing, (delivery,) = sent(ledger, outcome=Rejected("550 No such user here", Stage.RECIPIENT))

    list(process_stored_events(ledger=ledger, now=NOON))

    assert bars(ledger) == {(str(delivery.address), "dead", EVERYWHERE)}
    (event,) = ledger.events.all()
    assert (event.reason, event.dead) == ("user-unknown", Deadness.YES)


@pytest.mark.parametrize(
    "outcome",
    [
        Rejected("550 5.7.1 Blocked by reputation", Stage.RECIPIENT),
        Rejected("552 5.2.2 Mailbox full", Stage.RECIPIENT),
        Rejected("554 5.7.1 Spam"),
        Rejected("550 No such user here", Stage.CONTENT),
        Rejected("451 4.7.1 Greylisted", given_up_after=7),
    ],
)
def test_any_other_refusal_never_bars_an_address(ledger, outcome):
    sent(ledger, outcome=outcome)

    list(process_stored_events(ledger=ledger, now=NOON))

    assert bars(ledger) == set()


def test_a_late_bounce_without_a_name_is_about_the_last_message_and_marked_so(ledger):
    mailing, (delivery,) = sent(ledger)
    late = bounce(delivery, delivery_id=None, match=Match.ADDRESS)

    record(late, ledger=ledger, now=after(days=1))

    (event,) = ledger.events.all()
    assert (event.delivery_id, event.match) == (delivery.id, Match.ADDRESS)
    assert statuses(ledger, mailing) == ["accepted"]
    assert bars(ledger) == set()


def test_two_reports_of_a_provider_bar_the_address_48_hours_apart_with_a_message_between(ledger):
    _mailing, (delivery,) = sent(ledger)
    nameless = {"delivery_id": None, "match": Match.ADDRESS, "source": "sendgrid"}
    for key, days in (("a", 1), ("b", 3), ("c", 4)):
        late = bounce(delivery, key=key, at=after(days=days), **nameless)
        record(late, ledger=ledger, now=after(days=days))
    assert bars(ledger) == set()

    reminder = a_mailing("reminder", due_at=after(days=5), expires_at=after(days=9))
    again = a_delivery(mailing=reminder)
    ledger.mailings.launch([reminder], actor=ACTOR, at=NOON)
    ledger.mailings.start(reminder.id, deliveries=[again], exclusions=(), at=after(days=5))
    claim = ledger.sending.claim(worker="w", now=after(days=5))
    ledger.sending.mark(claim, [again.id], now=after(days=5))
    ledger.sending.settle(claim, again.id, Accepted("250"), now=after(days=5))
    ledger.sending.release(claim, now=after(days=5))
    late = bounce(again, key="d", at=after(days=6), **nameless)
    record(late, ledger=ledger, now=after(days=6))

    assert bars(ledger) == {(str(delivery.address), "dead", EVERYWHERE)}


def test_a_nameless_bounce_is_about_nothing_sent_too_long_ago(ledger):
    _mailing, (delivery,) = sent(ledger)

    record(
        bounce(delivery, delivery_id=None, match=Match.ADDRESS),
        ledger=ledger,
        now=after(days=15),
    )

    assert [event.delivery_id for event in ledger.events.all()] == [None]


def test_a_fact_that_comes_before_its_delivery_waits_a_day_for_it(ledger):
    early = bounce(an_early_one())
    record(early, ledger=ledger, now=NOON)
    assert [event.key for event in ledger.events.unprocessed()] == [early.key]

    mailing, (delivery,) = sent(ledger)
    assert delivery.id == early.delivery_id
    list(process_stored_events(ledger=ledger, now=after(hours=1)))

    assert statuses(ledger, mailing) == ["bounced"]
    assert bars(ledger) == {(str(delivery.address), "dead", EVERYWHERE)}


def an_early_one():
    return a_delivery(0, mailing=a_mailing())


def test_a_fact_about_nobody_s_delivery_is_closed_after_a_day_without_consequence(ledger):
    record(bounce(an_early_one()), ledger=ledger, now=after(hours=25))

    assert list(ledger.events.unprocessed()) == []
    assert bars(ledger) == set()


def test_an_opt_out_ends_the_lists_of_the_mailing_that_the_person_is_on(ledger):
    on_two = frozenset({"science", "other"})
    ledger.contacts.save(
        [a_contact("reader0@press.example", id=ContactId("c-0"), lists=on_two)],
        at=NOON,
        actor=ACTOR,
    )
    _mailing, (delivery,) = sent(ledger, rule=AudienceRule(to=("press", "science")))
    stop = an_event(
        EventKind.OPTED_OUT, delivery_id=delivery.id, match=Match.DELIVERY_ID, source="unsubscribe"
    )

    record(stop, ledger=ledger, now=NOON)

    assert {scope for _who, _why, scope in bars(ledger)} == {"science"}


def test_everything_means_everywhere(ledger):
    _mailing, (delivery,) = sent(ledger)
    stop = an_event(
        EventKind.OPTED_OUT,
        delivery_id=delivery.id,
        match=Match.DELIVERY_ID,
        reason=EVERYTHING,
    )

    record(stop, ledger=ledger, now=NOON)

    assert bars(ledger) == {(str(delivery.address), "opt-out", EVERYWHERE)}


def test_an_opt_out_survives_another_import(ledger):
    person = a_contact("reader0@press.example", lists=frozenset({"press"}))
    _mailing, (delivery,) = sent(ledger)
    stop = an_event(
        EventKind.OPTED_OUT,
        delivery_id=delivery.id,
        match=Match.DELIVERY_ID,
        reason=EVERYTHING,
    )
    record(stop, ledger=ledger, now=NOON)

    ledger.contacts.save(
        [replace(person, lists=frozenset({"another"}))], at=after(days=30), actor=ACTOR
    )

    assert bars(ledger) == {(str(delivery.address), "opt-out", EVERYWHERE)}


def test_five_blocks_raise_one_alarm_and_pause_the_mailing_but_bar_nobody(ledger):
    mailing, deliveries = started(ledger, count=30)
    for number, delivery in enumerate(deliveries[:8]):
        record(
            bounce(delivery, key=f"b{number}", reason="blocked", dead=Deadness.NO),
            ledger=ledger,
            now=NOON,
        )

    assert ledger.mailings.get(mailing.id).state is MailingState.PAUSED
    alarms = [line for line in ledger.journal.entries() if line.action == ALARM]
    assert [line.subject for line in alarms] == ["meeting/announcement", "press.example"]
    assert bars(ledger) == set()


def test_an_alarm_leaves_the_mailing_alone_when_the_office_wants_it_so(ledger):
    mailing, deliveries = started(ledger, count=30)
    for number, delivery in enumerate(deliveries[:8]):
        record(
            bounce(delivery, key=f"b{number}", reason="blocked", dead=Deadness.NO),
            ledger=ledger,
            now=NOON,
            settings=FeedbackSettings(alarm_pauses=False),
        )

    assert ledger.mailings.get(mailing.id).state is MailingState.ACTIVE


def test_a_mailbox_full_for_weeks_is_a_pause_that_ends(ledger):
    _mailing, (delivery,) = sent(ledger)
    for day in (0, 4, 8, 12, 16):
        record(
            bounce(
                delivery,
                key=f"f{day}",
                reason="mailbox-full",
                dead=Deadness.NO,
                at=after(days=day),
            ),
            ledger=ledger,
            now=after(days=day),
        )

    (bar,) = ledger.suppressions.all()
    assert bar.reason is SuppressionReason.UNREACHABLE
    assert bar.until == after(days=46)


def life(delivery):
    """Everything a provider may report of one delivery."""
    facts = (
        (EventKind.ACCEPTED, "", Deadness.UNSURE),
        (EventKind.DEFERRED, "mailbox-full", Deadness.NO),
        (EventKind.DELIVERED, "", Deadness.UNSURE),
        (EventKind.BOUNCED, "user-unknown", Deadness.YES),
        (EventKind.COMPLAINED, "", Deadness.UNSURE),
    )
    return [
        bounce(delivery, key=kind.value, at=after(minutes=number), reason=reason, dead=dead)
        if kind is EventKind.BOUNCED
        else replace(
            bounce(delivery, key=kind.value, at=after(minutes=number)),
            kind=kind,
            reason=reason,
            dead=dead,
        )
        for number, (kind, reason, dead) in enumerate(facts)
    ]


def test_in_whatever_order_facts_come_they_give_one_state(ledger):
    orders = list(permutations(range(5)))
    mailing, deliveries = sent(ledger, count=len(orders))
    for delivery, order in zip(deliveries, orders, strict=True):
        facts = [replace(fact, key=f"{delivery.id}:{fact.key}") for fact in life(delivery)]
        ledger.events.store([facts[place] for place in order], at=NOON)
    list(process_stored_events(ledger=ledger, now=NOON))

    assert set(statuses(ledger, mailing)) == {"complained"}
    standing = {}
    for who, why, scope in bars(ledger):
        standing.setdefault(who, set()).add((why, scope))
    assert len(standing) == len(orders)
    assert all(("complaint", EVERYWHERE) in mine for mine in standing.values())


def test_an_event_that_cannot_be_closed_stops_none_of_its_group(ledger):
    _mailing, deliveries = sent(ledger, count=4)
    events = [bounce(delivery, key=f"b{at}") for at, delivery in enumerate(deliveries)]
    ledger.events.store(events, at=NOON)
    closing = ledger.events.close_all

    def failing(decided, *, at):
        if any(each.event.key == "b1" for each in decided):
            raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")
        return closing(decided, at=at)

    ledger.events.close_all = failing
    with pytest.raises(UnexpectedFailure):
        list(process_stored_events(ledger=ledger, now=NOON))

    assert [event.key for event in ledger.events.unprocessed()] == ["b1"]
    assert len(bars(ledger)) == 3


def test_events_of_one_address_in_a_row_know_of_each_other(ledger):
    _mailing, (delivery,) = sent(ledger)
    full = {"reason": "mailbox-full", "dead": Deadness.NO}
    events = [
        bounce(delivery, key=f"f{day}", at=after(days=day), **full) for day in (0, 4, 8, 12, 16)
    ]
    ledger.events.store(events, at=after(days=16))

    list(process_stored_events(ledger=ledger, now=after(days=16)))

    assert {reason for _who, reason, _scope in bars(ledger)} == {"unreachable"}


def test_refusals_of_one_moment_raise_the_alarm_as_single_ones_do(ledger):
    mailing, deliveries = started(ledger, count=30)
    blocked = {"reason": "blocked", "dead": Deadness.NO}
    events = [bounce(each, key=f"b{at}", **blocked) for at, each in enumerate(deliveries[:8])]
    ledger.events.store(events, at=NOON)

    list(process_stored_events(ledger=ledger, now=NOON))

    assert ledger.mailings.get(mailing.id).state is MailingState.PAUSED
