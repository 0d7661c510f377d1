"""Whom to call, what to propose, and the missed step for a corrected address."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from mailer.errors import RuleError
from mailer.feedback.events import events_of
from mailer.feedback.reader import read_report
from mailer.ledger import open_ledger
from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address
from mailer.model.contacts.call import CallOutcome
from mailer.model.contacts.contact import contact_id
from mailer.model.feedback.event import EVERYTHING, Deadness, EventKind, Match
from mailer.model.feedback.inbox import Filing, InboundMail
from mailer.model.mailings.delivery import Accepted, Delivery
from mailer.model.mailings.mailing import AudienceRule, MailingState
from mailer.operations.campaigns.results.report import report
from mailer.operations.feedback.collect import read_new_mail, read_webhook_posts
from mailer.operations.feedback.record import process_stored_events, record
from mailer.operations.people.call_back import CallTally, Need, call_backs, tally_calls
from mailer.operations.people.correct import correct_address
from mailer.operations.people.phone_calls import NotedCall, note_call
from mailer.pages.report import report_rows
from mailer.providers.registry import post_readers
from tests.counterparts.builders import (
    ACTOR,
    FRENCH,
    NOON,
    a_bar,
    a_contact,
    a_delivery_id,
    a_mailing,
    after,
    an_actor,
    an_event,
)
from tests.counterparts.empty_ledger import empty_ledger

FOLDER = Path(__file__).parents[1] / "corpus" / "bounces"
LEA = "lea.martin@quotidien.example"
NEW = Address.parse("lea@hebdo.example")


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    ledger.contacts.save([lea()], at=NOON, actor=ACTOR)
    yield ledger
    ledger.close()


def lea(**fields):
    address = Address.parse(LEA)
    return a_contact(
        LEA,
        **{
            "id": contact_id(address),
            "first_name": "Léa",
            "last_name": "Martin",
            "organisation": "Le Quotidien",
            "phone": "01 99 00 00 01",
            "lists": frozenset({"press"}),
        }
        | fields,
    )


def mailed(ledger, step="announcement", *, day=0, **fields):
    """A step that was handed over to Léa, so many days after NOON."""
    now = after(days=day)
    rule = AudienceRule(to=("press",), unless=("accredited",))
    fields = {"due_at": now, "expires_at": after(days=day + 5)} | fields
    mailing = a_mailing(step, rule=rule, **fields)
    delivery = Delivery(
        id=a_delivery_id(mailing.id, LEA),
        mailing_id=mailing.id,
        contact_id=contact_id(Address.parse(LEA)),
        address=Address.parse(LEA),
        name="Léa Martin",
        variant=FRENCH,
        fields={},
    )
    assert ledger.mailings.launch([mailing], actor=an_actor("C"), at=now)
    ledger.mailings.start(mailing.id, deliveries=[delivery], exclusions=(), at=now)
    claim = ledger.sending.claim(worker="w", now=now)
    ledger.sending.mark(claim, [delivery.id], now=now)
    ledger.sending.settle(claim, delivery.id, Accepted("250"), now=now)
    ledger.sending.release(claim, now=now)
    ledger.mailings.finish(now)
    return mailing, delivery


def reported(ledger):
    return report("meeting", title="Meeting", ledger=ledger, now=after(hours=2))


def dead(ledger, delivery, **fields):
    fact = an_event(
        EventKind.BOUNCED,
        **{
            "key": f"dead:{delivery.id}",
            "delivery_id": delivery.id,
            "match": Match.DELIVERY_ID,
            "address": delivery.address,
            "reason": "user-unknown",
            "dead": Deadness.YES,
            "quote": "550 5.1.1 User unknown",
        }
        | fields,
    )
    record(fact, ledger=ledger, now=NOON)


def lines(ledger, **how):
    return call_backs(ledger, read=read_report, actor=ACTOR, now=how.pop("now", NOON), **how)


def mail(ledger, name):
    raw = (FOLDER / f"{name}.eml").read_bytes()
    filings = read_new_mail([InboundMail(1, raw)], None, read=read_report, ledger=ledger, now=NOON)
    list(process_stored_events(ledger=ledger, now=after(hours=25)))
    return filings[0]


def test_a_dead_address_is_shown_with_name_outlet_telephone_reason_and_step(ledger):
    _mailing, delivery = mailed(ledger)
    dead(ledger, delivery)

    (line,) = lines(ledger)

    assert (line.need, line.name, line.organisation, line.phone) == (
        Need.DEAD,
        "Léa Martin",
        "Le Quotidien",
        "01 99 00 00 01",
    )
    assert (line.reason, line.campaign, line.step) == ("user-unknown", "meeting", "announcement")
    assert lines(ledger, campaign="another") == []


def test_an_absence_proposes_its_replacement_and_changes_nothing(ledger):
    filing = mail(ledger, "absence-retour")

    (line,) = lines(ledger)

    assert filing is Filing.DONE
    assert line.need is Need.REPLACED
    assert line.absence.replacements == ("karim.benali@quotidien.example",)
    assert line.absence.returns_on.isoformat() == "2017-12-12"
    assert len(ledger.contacts.all()) == 1
    assert ledger.suppressions.all() == []


def test_a_start_page_counts_whom_to_call_and_who_may_ask_to_stop_without_reading_their_mails(
    ledger, monkeypatch
):
    _mailing, delivery = mailed(ledger)
    dead(ledger, delivery)
    mail(ledger, "absence-retour")
    mail(ledger, "desinscription-reponse")
    count = partial(tally_calls, ledger=ledger, actor=ACTOR, now=NOON, today=NOON.date())
    to_call = {line.address.casefold() for line in lines(ledger)}

    assert count(ledger.suppressions.all()) == CallTally(len(to_call), 1, is_whole=True)

    later = NOON.date() + timedelta(days=3)
    noted = NotedCall(CallOutcome.LATER, again_on=later)
    note_call(
        delivery.address,
        noted,
        terms_for=None,
        actor=ACTOR,
        ledger=ledger,
        now=NOON,
        today=NOON.date(),
    )

    assert count([]).people == len(to_call) - 1
    assert count([], today=later).people == len(to_call)

    monkeypatch.setattr("mailer.operations.people.call_back.MOST_COUNTED", 1)

    assert not count([]).is_whole


def test_an_absence_of_last_season_interests_nobody(ledger):
    mail(ledger, "absence-retour")

    assert lines(ledger, now=after(days=90)) == []


def test_a_reply_that_asks_to_stop_is_shown_to_a_person_and_not_acted_upon(ledger):
    mail(ledger, "desinscription-reponse")

    assert [line.need for line in lines(ledger)] == [Need.STOP_ASKED]
    assert ledger.suppressions.all() == []


def test_a_request_to_stop_from_an_unknown_address_proposes_the_likely_contact(ledger):
    private = Address.parse("lea.martin@perso.example")
    asked = an_event(EventKind.REPLIED, address=private, reason="stop-asked", delivery_id=None)
    record(replace(asked, match=Match.ADDRESS), ledger=ledger, now=NOON)

    (line,) = lines(ledger)

    assert (line.need, line.address) == (Need.STOP_ASKED, str(private))
    assert [str(contact.address) for contact in line.likely] == [LEA]


def test_our_own_unsubscribe_link_by_mail_is_obeyed(ledger):
    raw = (FOLDER / "desinscription-mailto.eml").read_bytes()
    (event,) = events_of(read_report(raw), raw=raw, at=NOON)
    _mailing, delivery = mailed(ledger)

    record(replace(event, delivery_id=delivery.id), ledger=ledger, now=NOON)

    (bar,) = ledger.suppressions.all()
    assert (str(bar.address), bar.reason, bar.scope) == (LEA, "opt-out", "press")


def test_who_asked_us_to_stop_is_not_to_be_called(ledger):
    _mailing, delivery = mailed(ledger)
    dead(ledger, delivery)
    stop = an_event(
        EventKind.OPTED_OUT,
        key="stop",
        delivery_id=delivery.id,
        match=Match.DELIVERY_ID,
        reason=EVERYTHING,
    )
    record(stop, ledger=ledger, now=NOON)

    assert lines(ledger) == []


def test_a_bounce_that_only_names_an_address_is_shown_as_suspected(ledger):
    mailed(ledger)
    dead(ledger, mailed(ledger, "second")[1], delivery_id=None, match=Match.ADDRESS)

    (line,) = lines(ledger)

    assert line.is_suspected
    assert ledger.suppressions.all() == []


def test_a_corrected_address_gets_the_missed_step_alone(ledger):
    mailing, delivery = mailed(ledger)
    dead(ledger, delivery)

    corrected = correct_address(
        Address.parse(LEA),
        NEW,
        actor=an_actor("C"),
        why="telephone",
        ledger=ledger,
        now=after(hours=1),
    )

    assert corrected.resent.id == mailing.id
    assert ledger.mailings.get(mailing.id).state is MailingState.ACTIVE
    claim = ledger.sending.claim(worker="w", now=after(hours=1))
    (again,) = claim.deliveries
    assert (again.address, again.name) == (NEW, "Léa Martin")
    assert [str(contact.address) for contact in ledger.contacts.all()] == [str(NEW)]
    assert {line.action for line in ledger.journal.entries()} >= {
        "correct-address",
        "add-recipient",
    }


def test_nobody_is_called_at_an_address_that_was_corrected_since(ledger):
    _mailing, delivery = mailed(ledger)
    dead(ledger, delivery)
    assert [line.need for line in lines(ledger)] == [Need.DEAD]

    correct_address(
        Address.parse(LEA), NEW, actor=ACTOR, why="telephone", ledger=ledger, now=after(hours=1)
    )

    assert lines(ledger) == []


def test_the_report_asks_nobody_to_call_at_an_address_that_was_corrected_since(ledger):
    _mailing, delivery = mailed(ledger)
    dead(ledger, delivery)
    assert [each.address for each in reported(ledger).to_call_back] == [LEA]

    correct_address(
        Address.parse(LEA), NEW, actor=ACTOR, why="telephone", ledger=ledger, now=after(hours=1)
    )

    claim = ledger.sending.claim(worker="w", now=after(hours=1))
    (again,) = claim.deliveries
    ledger.sending.mark(claim, [again.id], now=after(hours=1))
    ledger.sending.settle(claim, again.id, Accepted("250"), now=after(hours=1))
    made = reported(ledger)
    assert made.to_call_back == ()
    rows = {row[4]: row[7] for row in report_rows(made, say=str)}
    assert rows[LEA] == "This address does not exist. (address corrected since)"
    assert rows[str(NEW)] == ""


def test_of_two_missed_steps_only_the_newer_one_is_sent(ledger):
    for step, hours in (("announcement", 0), ("reminder", 1)):
        _mailing, delivery = mailed(ledger, step, due_at=after(hours=hours))
        dead(ledger, delivery)

    corrected = correct_address(
        Address.parse(LEA), NEW, actor=an_actor("C"), why="", ledger=ledger, now=after(hours=2)
    )

    assert corrected.resent.step == "reminder"
    assert (
        len([each for m in ledger.mailings.all() for each in ledger.deliveries.of_mailing(m.id)])
        == 3
    )


def test_a_step_that_is_too_late_or_was_received_is_not_sent_again(ledger):
    mailing, delivery = mailed(ledger)
    received = correct_address(
        Address.parse(LEA), NEW, actor=an_actor("C"), why="", ledger=ledger, now=after(hours=1)
    )
    dead(ledger, delivery)
    back = correct_address(
        NEW, Address.parse(LEA), actor=an_actor("C"), why="", ledger=ledger, now=mailing.expires_at
    )

    assert received.resent is None
    assert back.resent is None


def test_who_has_accredited_meanwhile_needs_no_reminder(ledger):
    _mailing, delivery = mailed(ledger)
    dead(ledger, delivery)
    ledger.accreditations.save(
        Accreditation("meeting", NEW, AccreditationState.ACCEPTED, at=NOON, name="Léa Martin"),
        actor=ACTOR,
    )

    corrected = correct_address(
        Address.parse(LEA), NEW, actor=an_actor("C"), why="", ledger=ledger, now=after(hours=1)
    )

    assert corrected.resent is None


def test_a_barred_new_address_gets_nothing(ledger):
    _mailing, delivery = mailed(ledger)
    dead(ledger, delivery)
    ledger.suppressions.add(a_bar(str(NEW)), actor=ACTOR)

    corrected = correct_address(
        Address.parse(LEA), NEW, actor=an_actor("C"), why="", ledger=ledger, now=after(hours=1)
    )

    assert corrected.resent is None


def test_nobody_s_address_and_a_forgotten_one_are_refused(ledger):
    ledger.erasure.forget(NEW, actor=an_actor("C"), why="", at=NOON)

    with pytest.raises(RuleError, match="nobody in the directory"):
        correct_address(
            Address.parse("x@y.example"),
            Address.parse("z@y.example"),
            actor=an_actor("C"),
            why="",
            ledger=ledger,
            now=NOON,
        )
    with pytest.raises(RuleError, match="asked to be forgotten"):
        correct_address(
            Address.parse(LEA), NEW, actor=an_actor("C"), why="", ledger=ledger, now=NOON
        )


def test_a_post_that_is_no_list_of_events_is_parked(ledger):
    ledger.inbox.keep_posts([b"{}", b"not json"], provider="sendgrid", at=NOON)

    assert read_webhook_posts(post_readers(), ledger=ledger, now=NOON) == 2

    assert len(ledger.inbox.dead_letters()) == 2
    assert ledger.inbox.posts() == []


@pytest.mark.parametrize(
    ("name", "filing"),
    [
        ("postfix-user-unknown", Filing.DONE),
        ("arf-abuse", Filing.DONE),
        ("desinscription-mailto", Filing.DONE),
        ("lettre", Filing.UNKNOWN),
        ("reponse", Filing.LEFT),
        ("desinscription-sujet", Filing.LEFT),
    ],
)
def test_reports_are_filed_and_what_a_person_wrote_is_left(ledger, name, filing):
    assert mail(ledger, name) is filing


def returned(ledger, campaign, day, reason="mailbox-full"):
    """A campaign whose message to Léa came back for a passing reason, or arrived."""
    _mailing, delivery = mailed(ledger, day=day, campaign=campaign)
    if reason:
        dead(
            ledger, delivery, reason=reason, dead=Deadness.NO, quote="", at=after(days=day, hours=1)
        )


def needs(ledger, **how):
    return [each.need for each in lines(ledger, now=after(days=40), **how)]


def test_three_campaigns_in_a_row_that_came_back_are_an_address_to_verify(ledger):
    returned(ledger, "one", 0)
    returned(ledger, "two", 10)
    assert needs(ledger) == [Need.REFUSED]

    returned(ledger, "three", 20, "network")

    assert needs(ledger) == [Need.TO_VERIFY]
    assert needs(ledger, campaign="three") == [Need.REFUSED]


def test_a_message_that_arrived_begins_the_count_anew(ledger):
    for day, (campaign, reason) in enumerate(
        {"one": "mailbox-full", "two": "mailbox-full", "arrived": "", "three": "expired"}.items()
    ):
        returned(ledger, campaign, day * 7, reason)

    assert needs(ledger) == [Need.REFUSED]


def test_what_is_about_us_verifies_no_address(ledger):
    for day, campaign in enumerate(["one", "two", "three"]):
        returned(ledger, campaign, day * 7, "blocked")

    assert Need.TO_VERIFY not in needs(ledger)
