"""Mails that nobody understands: one suite for both databases."""

from dataclasses import replace
from hashlib import sha256

import pytest

from mailer.ledger.feedback import inbox, unknown_mails
from mailer.model.address import Address
from mailer.model.contacts.suppression import SuppressionReason
from mailer.model.feedback.event import EventKind, Match
from mailer.model.feedback.inbox import MAILBOX, MAX_READ_ATTEMPTS, UNREADABLE_RULE
from mailer.model.feedback.unknown_mail import MailOutcome, UnknownSort, UnknownTally
from tests.counterparts.builders import ACTOR, NOON, a_bar, an_event

ADA, BEN = "ada@press.example", "ben@press.example"


def received(ledger, key, address=ADA, **more):
    """A mail was read of which nobody knows what it is."""
    event = an_event(
        EventKind.UNKNOWN,
        key=f"{MAILBOX}:{key}",
        source=MAILBOX,
        delivery_id=None,
        address=address and Address.parse(address),
        **{"match": Match.ADDRESS, "raw": key.encode(), "quote": f"About {key}"} | more,
    )
    ledger.events.store([event], at=NOON)
    return ledger.events.close(event, at=NOON)


def unreadable(ledger, raw):
    """A mail came that ended its reading each time. Returns the key of its event."""
    for _attempt in range(MAX_READ_ATTEMPTS):
        ledger.inbox.record_failure(raw, source=MAILBOX, why="ValueError", at=NOON)
    return sha256(raw).hexdigest()


def waiting(ledger, **how):
    return [each.id for each in ledger.unknown_mails.page(**{"limit": 9} | how)]


def test_they_wait_newest_last_by_pages_and_are_found_by_their_short_name(ledger):
    for key in ("b1", "a1", "b2"):
        received(ledger, key)

    first, *_others = ledger.unknown_mails.page(limit=1)

    assert (first.id, first.subject, str(first.address)) == ("b1", "About b1", ADA)
    assert waiting(ledger, after=first.key) == ["a1", "b2"]
    assert [each.id for each in ledger.unknown_mails.find(f"{MAILBOX}:b")] == ["b1", "b2"]
    assert ledger.unknown_mails.find(f"{MAILBOX}:%") == []
    assert ledger.unknown_mails.mail(first) == b"b1"
    assert ledger.unknown_mails.beginnings([first]) == {first.key: b"b1"}
    assert ledger.unknown_mails.tally() == UnknownTally(kept=3)


def test_a_mail_that_is_read_twice_waits_once_and_does_not_come_back_after_its_decision(ledger):
    assert received(ledger, "a1")
    assert not received(ledger, "a1")
    (mail,) = ledger.unknown_mails.page(limit=9)

    assert ledger.unknown_mails.decide(mail, MailOutcome.NOTHING, actor=ACTOR, at=NOON)
    assert not received(ledger, "a1")

    assert waiting(ledger) == []


def test_the_first_decision_counts_and_takes_the_text_with_it(ledger):
    received(ledger, "a1")
    (mail,) = ledger.unknown_mails.page(limit=9)

    assert ledger.unknown_mails.decide(mail, MailOutcome.NOTHING, actor=ACTOR, at=NOON)
    second = ledger.unknown_mails.decide(
        mail, MailOutcome.BAR, bar=a_bar(ADA), actor=ACTOR, at=NOON
    )

    assert not second
    assert list(ledger.suppressions.of_addresses({ADA})) == []
    assert ledger.unknown_mails.mail(mail) == b""
    assert [each.action for each in ledger.journal.entries(ADA)] == ["settle-mail"]


def test_whoever_asks_for_silence_is_barred_in_the_transaction_of_the_decision(ledger):
    received(ledger, "a1")
    (mail,) = ledger.unknown_mails.page(limit=9)

    assert ledger.unknown_mails.decide(mail, MailOutcome.BAR, bar=a_bar(BEN), actor=ACTOR, at=NOON)

    (bar,) = ledger.suppressions.of_addresses({BEN})
    assert bar.reason is SuppressionReason.OPT_OUT
    assert [each.detail for each in ledger.journal.entries(ADA)] == ["no-more-mail"]


def test_a_mail_without_its_text_is_counted_and_not_listed_until_somebody_has_seen_it(ledger):
    received(ledger, "a1")
    received(ledger, "a2", raw=b"")

    assert waiting(ledger) == ["a1"]
    assert ledger.unknown_mails.tally() == UnknownTally(kept=1, in_mailbox=1)

    assert ledger.unknown_mails.leave_in_mailbox(actor=ACTOR, at=NOON) == 1
    assert ledger.unknown_mails.leave_in_mailbox(actor=ACTOR, at=NOON) == 0
    assert ledger.unknown_mails.tally() == UnknownTally(kept=1)
    assert [each.detail for each in ledger.journal.entries(MAILBOX)] == ["1 mails"]


def test_there_is_room_for_so_many_whether_they_are_judged_already_or_not(ledger, monkeypatch):
    monkeypatch.setattr(unknown_mails, "MOST_KEPT", 3)
    received(ledger, "a1")
    assert ledger.unknown_mails.room() == 2
    stored = an_event(EventKind.UNKNOWN, key="mailbox:b", source=MAILBOX, raw=b"b")
    ledger.events.store([stored, replace(stored, key="mailbox:c", raw=b"")], at=NOON)
    assert ledger.unknown_mails.room() == 1

    (mail,) = ledger.unknown_mails.page(limit=9)
    ledger.unknown_mails.decide(mail, MailOutcome.NOTHING, actor=ACTOR, at=NOON)

    assert ledger.unknown_mails.room() == 2


def test_an_unreadable_mail_waits_with_the_bytes_of_its_dead_letter(ledger):
    key = unreadable(ledger, b"\x00broken")
    received(ledger, key, None, raw=b"", rule=UNREADABLE_RULE, match=Match.NONE)

    (mail,) = ledger.unknown_mails.page(limit=9)
    assert (mail.sort, mail.address, mail.subject) == (UnknownSort.UNREADABLE, None, "")
    assert ledger.unknown_mails.mail(mail) == b"\x00broken"

    ledger.unknown_mails.decide(mail, MailOutcome.NOTHING, actor=ACTOR, at=NOON)
    ledger.inbox.record_failure(b"\x00broken", source=MAILBOX, why="ValueError", at=NOON)

    assert ledger.inbox.dead_letters() == []
    assert ledger.unknown_mails.mail(mail) == b""


def test_unreadable_mails_are_bounded_too(ledger, monkeypatch):
    monkeypatch.setattr(inbox, "MOST_KEPT", 1)
    unreadable(ledger, b"one")

    unreadable(ledger, b"two")

    assert [each.size_bytes for each in ledger.inbox.dead_letters()] == [3]


@pytest.mark.parametrize("spelling", [ADA, "ADA@Press.Example"])
def test_whoever_is_forgotten_takes_their_mails_along_even_an_unreadable_one(ledger, spelling):
    received(ledger, "a1")
    received(ledger, "b1", BEN)
    raw = f"From: {spelling}\n\n\x00".encode()
    key = unreadable(ledger, raw)
    received(ledger, key, None, raw=b"", rule=UNREADABLE_RULE, match=Match.NONE)
    known = ledger.personal_data.of_addresses({ADA})
    assert sorted(each.values["raw"] for each in known if "raw" in each.values) == [
        raw.decode(),
        "a1",
    ]
    (mail,) = ledger.unknown_mails.find(f"{MAILBOX}:a1")

    assert ledger.erasure.forget(Address.parse(ADA), actor=ACTOR, why="asked", at=NOON)

    assert waiting(ledger) == ["b1"]
    assert ledger.unknown_mails.mail(mail) == b""
    assert ledger.inbox.dead_letters() == []
    assert ledger.personal_data.of_addresses({ADA}) == ()
