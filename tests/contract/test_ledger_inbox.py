"""The inbox, erasure, and added recipients: one suite for both databases."""

import pytest
from sqlalchemy import select

from mailer.ledger.storage.database import Database
from mailer.ledger.storage.definitions.every_table import metadata
from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address
from mailer.model.feedback.event import EventKind, Match, RefusalCounts
from mailer.model.feedback.inbox import Cursor
from mailer.model.mailings.delivery import Rejected, Stage
from mailer.model.mailings.mailing import MailingState
from mailer.operations.sending.start import readdressed
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_bar,
    a_contact,
    a_delivery,
    after,
    an_actor,
    an_event,
    an_exclusion,
    started,
    statuses,
)

READ_TO_7 = Cursor("bounces@mail.example/INBOX", 4_294_967_295, 7)
ADA = Address.parse("ada@press.example")


def test_the_cursor_of_a_mailbox_moves_with_the_events_read_there(ledger):
    new = ledger.events.store([an_event(key="a"), an_event(key="b")], at=NOON, cursor=READ_TO_7)

    assert new == 2
    assert ledger.inbox.cursor(READ_TO_7.mailbox) == READ_TO_7
    assert ledger.inbox.cursor("another") is None


def test_the_cursor_of_a_mailbox_stays_when_one_of_the_events_cannot_be_stored(ledger):
    spoilt = an_event(key="b", at=NOON.replace(tzinfo=None))

    with pytest.raises(Exception, match="aware instants"):
        ledger.events.store([an_event(key="a"), spoilt], at=NOON, cursor=READ_TO_7)

    assert list(ledger.events.all()) == []
    assert ledger.inbox.cursor(READ_TO_7.mailbox) is None


def test_a_post_is_kept_until_its_facts_are_stored(ledger):
    ledger.inbox.keep_posts([b"one", b"two"], provider="pigeon", at=NOON)
    first, second = ledger.inbox.posts()

    ledger.events.store([an_event()], at=NOON, post=first.id)

    assert (first.body, second.body) == (b"one", b"two")
    assert first.provider == "pigeon"
    assert ledger.inbox.posts() == [second]
    assert ledger.inbox.posts(after=second.id) == []


def test_bytes_that_could_not_be_read_three_times_are_a_dead_letter(ledger):
    counts = [
        ledger.inbox.record_failure(
            b"\x00poison", source="mailbox", why="it crashed", at=after(hours=hour)
        )
        for hour in range(3)
    ]
    ledger.inbox.record_failure(b"other", source="mailbox", why="it crashed", at=NOON)

    assert counts == [1, 2, 3]
    (letter,) = ledger.inbox.dead_letters()
    assert (letter.source, letter.why, letter.size_bytes) == ("mailbox", "it crashed", 7)
    assert ledger.inbox.dead_letter_bytes(letter.key) == b"\x00poison"


def test_facts_wait_until_they_are_judged_once(ledger):
    _mailing, (delivery,) = started(ledger, count=1)
    event = an_event(EventKind.BOUNCED, delivery_id=delivery.id, match=Match.DELIVERY_ID)
    ledger.events.store([event, an_event(key="later")], at=NOON)
    bar = a_bar(str(delivery.address))

    assert [each.key for each in ledger.events.unprocessed()] == ["k", "later"]
    assert [each.key for each in ledger.events.unprocessed(after="k")] == ["later"]
    assert ledger.events.close(event, suppressions=[bar], at=NOON)
    assert not ledger.events.close(event, suppressions=[a_bar("other@press.example")], at=NOON)
    assert [each.key for each in ledger.events.unprocessed()] == ["later"]
    assert ledger.suppressions.all() == [bar]


def test_a_delivery_that_is_known_only_by_an_address_is_not_moved(ledger):
    mailing, (delivery,) = started(ledger, count=1)

    ledger.events.store(
        [an_event(EventKind.BOUNCED, delivery_id=delivery.id, match=Match.ADDRESS)], at=NOON
    )

    assert statuses(ledger, mailing) == ["pending"]


def test_earlier_facts_of_an_address_are_found_in_any_letter_case(ledger):
    for key, address, at in (
        ("old", "ada@press.example", after(days=-40)),
        ("shouted", "ADA@press.example", NOON),
        ("other", "bob@press.example", NOON),
        ("itself", "ada@press.example", NOON),
    ):
        ledger.events.record(an_event(key=key, address=Address.parse(address), at=at))

    found = ledger.events.proven_about(ADA, since=after(days=-30), except_key="itself")

    assert [event.key for event in found] == ["shouted"]


def refuse(ledger, reply):
    claim = ledger.sending.claim(worker="w", now=NOON, provider="pigeon")
    ids = [delivery.id for delivery in claim.deliveries]
    ledger.sending.mark(claim, ids, now=NOON)
    for each in ids:
        ledger.sending.settle(claim, each, Rejected(reply, Stage.RECIPIENT), now=NOON)
    ledger.sending.release(claim, now=NOON)
    return ids


def test_a_refusal_while_sending_is_a_fact_like_any_that_comes_back(ledger):
    _mailing, (delivery,) = started(ledger, count=1)

    refuse(ledger, "550 5.1.1 No such user")

    (event,) = ledger.events.unprocessed()
    assert (event.kind, event.source, event.match) == (
        EventKind.REJECTED,
        "pigeon",
        Match.DELIVERY_ID,
    )
    assert event.stage is Stage.RECIPIENT
    assert (event.delivery_id, event.address) == (delivery.id, delivery.address)
    assert event.quote == "550 5.1.1 No such user"


def test_refusals_are_counted_for_the_mailing_and_for_one_domain(ledger):
    mailing, deliveries = started(ledger, count=4)
    refuse(ledger, "550")
    for number, delivery in enumerate(deliveries[:3]):
        ledger.events.record(
            an_event(
                EventKind.BOUNCED,
                key=f"b{number}",
                delivery_id=delivery.id,
                match=Match.DELIVERY_ID,
                reason="blocked",
                at=after(minutes=-20 * number),
            )
        )

    counts = ledger.events.refusals(mailing.id, reasons=["blocked"], since=after(minutes=-10))
    elsewhere = ledger.events.refusals(
        mailing.id, reasons=["blocked"], since=after(minutes=-10), domain="other.example"
    )

    assert counts == RefusalCounts(recent=1, total=3, tried=4)
    assert elsewhere == RefusalCounts(recent=0, total=0, tried=0)


def test_the_latest_delivery_to_an_address_is_the_last_that_was_tried(ledger):
    _first, (earlier,) = started(ledger, count=1)
    refuse(ledger, "550")
    _second, _untried = started(ledger, count=1, step="reminder")

    found = ledger.deliveries.latest(earlier.address, since=after(days=-1))

    assert found.id == earlier.id
    assert ledger.deliveries.latest(earlier.address, since=after(days=1)) is None


def test_one_more_recipient_takes_a_finished_mailing_up_again(ledger):
    mailing, _deliveries = started(ledger, count=1)
    refuse(ledger, "550")
    ledger.mailings.finish(NOON)
    one_more = a_delivery(9, mailing=mailing)

    assert ledger.deliveries.add(one_more, actor=ACTOR, why="new address", at=NOON)
    assert not ledger.deliveries.add(
        a_delivery(9, mailing=mailing), actor=an_actor("A"), why="", at=NOON
    )

    assert ledger.mailings.get(mailing.id).state is MailingState.ACTIVE
    claim = ledger.sending.claim(worker="w", now=NOON)
    assert [delivery.id for delivery in claim.deliveries] == [one_more.id]
    assert statuses(ledger, mailing) == ["rejected", "pending"]


def test_nobody_is_added_to_a_mailing_that_is_cancelled_or_too_late(ledger):
    mailing, _deliveries = started(ledger, count=1)
    late = ledger.deliveries.add(
        a_delivery(9, mailing=mailing), actor=an_actor("A"), why="", at=mailing.expires_at
    )
    ledger.mailings.change_state(
        mailing.id, to=MailingState.CANCELLED, actor=an_actor("A"), why="", at=NOON
    )

    assert not late
    assert not ledger.deliveries.add(
        a_delivery(9, mailing=mailing), actor=an_actor("A"), why="", at=NOON
    )


def test_a_corrected_address_keeps_the_person_and_the_lists(ledger):
    ledger.contacts.save(
        [a_contact(lists=frozenset({"press"}), last_name="Lovelace")], at=NOON, actor=ACTOR
    )
    new = Address.parse("ada@lab.example")

    contact = ledger.contacts.correct_address(
        ADA, new, readdress=readdressed, actor=an_actor("C"), why="call", at=NOON
    )

    assert ledger.contacts.all() == [contact]
    assert (contact.address, contact.last_name, contact.lists) == (new, "Lovelace", {"press"})
    nobody = Address.parse("nobody@press.example")
    assert (
        ledger.contacts.correct_address(
            nobody, new, readdress=readdressed, actor=an_actor("C"), why="", at=NOON
        )
        is None
    )
    assert ledger.journal.entries(str(ADA))[-1].action == "correct-address"


def test_a_correction_to_a_known_address_makes_one_person_of_two(ledger):
    ledger.contacts.save(
        [
            a_contact(lists=frozenset({"press"}), last_name="Lovelace"),
            a_contact("ada@lab.example", lists=frozenset({"science"})),
        ],
        at=NOON,
        actor=ACTOR,
    )

    ledger.contacts.correct_address(
        ADA,
        Address.parse("ada@lab.example"),
        readdress=readdressed,
        actor=an_actor("C"),
        why="",
        at=NOON,
    )

    (contact,) = ledger.contacts.all()
    assert contact.lists == {"press", "science"}
    assert contact.last_name == "Lovelace"


def test_forgetting_erases_the_address_from_every_table_and_keeps_the_figures(ledger, ledger_url):
    mailing, (delivery,) = started(
        ledger, count=1, exclusions=[an_exclusion("reader0@press.example")]
    )
    address = delivery.address
    ledger.contacts.save(
        [
            a_contact(str(address), last_name="Lecteur", phone="01 99 00 00 00"),
            a_contact(alternates=(address,)),
        ],
        at=NOON,
        actor=ACTOR,
    )
    ledger.suppressions.add(a_bar(str(address)), actor=ACTOR)
    ledger.suppressions.lift(
        address, scope="", actor=an_actor("C"), why=f"{address} has called", at=NOON
    )
    ledger.suppressions.add(a_bar(str(address)), actor=ACTOR)
    ledger.accreditations.save(
        Accreditation("meeting", address, AccreditationState.ACCEPTED, NOON, name="Lecteur"),
        actor=ACTOR,
    )
    ledger.events.record(
        an_event(
            EventKind.BOUNCED,
            delivery_id=delivery.id,
            address=address,
            quote=f"<{address}> unknown",
            raw=str(address).encode(),
        )
    )

    before = everything(ledger_url)

    assert ledger.erasure.forget(address, actor=an_actor("C"), why="letter", at=NOON)

    afterwards = everything(ledger_url)
    for personal in ("reader0", "Lecteur"):
        assert personal in before
        assert personal not in afterwards
    assert statuses(ledger, mailing) == ["bounced"]
    assert ledger.erasure.is_forgotten(address)
    assert not ledger.erasure.is_forgotten(ADA)


def everything(url):
    """Every value of every table, as text."""
    database = Database(url, patience_s=2)
    with database.reading() as connection:
        rows = [
            str(tuple(row))
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
        ]
    database.close()
    return "\n".join(rows)


def test_no_import_brings_a_forgotten_person_back(ledger):
    ledger.erasure.forget(ADA, actor=an_actor("C"), why="letter", at=NOON)

    counts = ledger.contacts.save(
        [a_contact("ADA@press.example"), a_contact("bob@press.example")], at=NOON, actor=ACTOR
    )

    assert counts == {"added": 1, "changed": 0, "unchanged": 0, "forgotten": 1}
    assert [str(contact.address) for contact in ledger.contacts.all()] == ["bob@press.example"]


def test_what_was_still_to_be_sent_to_a_forgotten_person_is_not(ledger):
    mailing, (first, _second) = started(ledger, count=2)

    ledger.erasure.forget(first.address, actor=an_actor("C"), why="", at=NOON)

    assert statuses(ledger, mailing) == ["suppressed", "pending"]
