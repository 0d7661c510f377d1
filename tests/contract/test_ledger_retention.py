"""How much is kept of people, and what the next purge erases; the same on both databases."""

from datetime import timedelta

import pytest

from mailer.accreditations import Terms
from mailer.errors import ContentError
from mailer.model.accreditations.accreditation import (
    Accreditation,
    AccreditationState,
    PressCard,
    RegisterUpdate,
)
from mailer.model.address import Address
from mailer.model.contacts.personal_data import RecordKind
from mailer.model.contacts.retention import PurgedKind
from mailer.model.service.exported_file import ExportedFile
from mailer.operations.people.door import door_list
from mailer.operations.people.retention import confirm_destroyed, retention
from tests.counterparts.builders import ACTOR, NOON, a_contact, after, started

DAY = timedelta(days=1)
TERMS = Terms(begins_at=after(days=5), ends_at=after(days=6))


def accept(ledger, *names, purge_in=None):
    entries = tuple(
        Accreditation(
            "meeting",
            Address(name, "press.example"),
            AccreditationState.ACCEPTED,
            NOON,
            name=name.title(),
            card=PressCard("press", "123", after(days=purge_in)) if purge_in else PressCard(),
        )
        for name in names
    )
    ledger.accreditations.revise(
        "meeting", lambda _register: RegisterUpdate(entries), actor=ACTOR, at=NOON
    )


def holdings(ledger, *, now=NOON):
    found = ledger.retention.holdings(exports_kept_for=DAY, now=now)
    return {each.kind: each for each in found}


def write_list(ledger, *, at=NOON):
    return door_list("meeting", terms_for=lambda _slug: TERMS, actor=ACTOR, ledger=ledger, now=at)


def test_every_kind_of_record_is_counted_also_where_there_is_none(ledger):
    assert set(holdings(ledger)) == {*RecordKind, *PurgedKind}
    assert {each.count for each in holdings(ledger).values()} == {0}


def test_what_is_kept_is_counted_since_its_oldest_record(ledger):
    ledger.contacts.save([a_contact("ada@press.example")], actor=ACTOR, at=NOON)
    ledger.contacts.save([a_contact("bea@press.example")], actor=ACTOR, at=after(days=2))
    mailing, deliveries = started(ledger)

    found = holdings(ledger)

    assert (found[RecordKind.CONTACT].count, found[RecordKind.CONTACT].since) == (2, NOON)
    assert found[RecordKind.MESSAGE].count == len(deliveries)
    assert found[RecordKind.MESSAGE].since == mailing.due_at
    assert found[RecordKind.JOURNAL].count == len(ledger.journal.entries())
    assert found[RecordKind.CONTACT].until is None


def test_the_next_purge_erases_the_card_numbers_that_it_names_and_no_other(ledger):
    accept(ledger, "ada", "bea", purge_in=30)
    accept(ledger, "cy", purge_in=40)
    accept(ledger, "dee")

    card = holdings(ledger)[PurgedKind.CARD_NUMBER]
    assert (card.count, card.until, card.next_count) == (3, after(days=30), 2)
    assert ledger.accreditations.purge_cards(now=card.until) == card.next_count

    card = holdings(ledger)[PurgedKind.CARD_NUMBER]
    assert (card.count, card.until, card.next_count) == (1, after(days=40), 1)
    assert holdings(ledger, now=after(days=50))[PurgedKind.CARD_NUMBER].next_count == 1


def test_the_next_purge_removes_the_exported_files_that_it_names(ledger):
    for number, minutes in enumerate((0, 0, 5)):
        file = ExportedFile(f"job-{number}", "a.csv", "text/csv", b"x", after(minutes=minutes))
        ledger.exported_files.keep(file)

    files = holdings(ledger)[PurgedKind.EXPORTED_FILE]

    assert (files.count, files.until, files.next_count) == (3, NOON + DAY, 2)


def test_a_list_for_the_door_is_to_be_destroyed_when_the_first_card_number_is_erased(ledger):
    accept(ledger, "ada", purge_in=30)
    accept(ledger, "bea", purge_in=25)

    assert write_list(ledger).destroy_by == after(days=25)
    (copy,) = retention(ledger=ledger, now=NOON).door_copies
    assert (copy.campaign, copy.people, copy.by) == ("meeting", 2, ACTOR.name)
    assert (copy.made_at, copy.destroy_by) == (NOON, after(days=25))
    assert not copy.is_overdue(after(days=24))
    assert copy.is_overdue(after(days=25))


def test_without_a_card_it_is_to_be_destroyed_when_one_would_be_erased(ledger):
    accept(ledger, "ada")

    assert write_list(ledger).destroy_by == TERMS.purge_cards_at(NOON)


def test_a_campaign_that_cannot_be_read_still_has_its_list(ledger):
    accept(ledger, "ada")

    def unreadable(_slug):
        raise ContentError

    written = door_list("meeting", terms_for=unreadable, actor=ACTOR, ledger=ledger, now=NOON)

    assert len(written.lines) == 1
    assert written.destroy_by > NOON


def test_the_destruction_of_a_list_is_journalled_once(ledger):
    accept(ledger, "ada")
    write_list(ledger)
    write_list(ledger, at=after(days=1))
    first, second = retention(ledger=ledger, now=NOON).door_copies

    confirm_destroyed(first.number, actor=ACTOR, ledger=ledger, now=after(days=2))

    assert retention(ledger=ledger, now=NOON).door_copies == (second,)
    (line,) = ledger.journal.entries("meeting", action="door-list-destroyed")
    assert (line.detail, line.name) == (str(first.number), ACTOR.name)
    with pytest.raises(ContentError, match="still to be destroyed"):
        confirm_destroyed(first.number, actor=ACTOR, ledger=ledger, now=after(days=3))


def test_a_list_that_an_older_version_wrote_has_its_people_and_no_day(ledger):
    ledger.journal.add(at=NOON, actor=ACTOR, action="door-list", subject="old", detail="12")

    (copy,) = retention(ledger=ledger, now=after(days=999)).door_copies

    assert (copy.people, copy.destroy_by, copy.is_overdue(after(days=999))) == (12, None, False)
