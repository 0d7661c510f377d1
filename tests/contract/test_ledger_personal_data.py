"""GDPR art. 15: whoever asks is handed everything that names them, and nothing of others."""

import json

import pytest

from mailer.errors import RuleError
from mailer.ledger.storage.definitions.every_table import metadata
from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.accreditations.partner_request import PartnerRequest
from mailer.model.address import Address
from mailer.model.campaigns.audience import Exclusion, ExclusionReason
from mailer.model.contacts.call import Call, CallOutcome
from mailer.model.contacts.personal_data import RecordKind
from mailer.model.mailings.mailing import MailingState
from mailer.model.team.person import Role
from mailer.operations.people.personal_data import as_json, counts, personal_data
from tests.counterparts.builders import (
    NOON,
    a_bar,
    a_contact,
    a_delivery,
    a_mailing,
    an_actor,
    an_event,
)

HOME, WORK = Address.parse("ada@home.example"), Address.parse("ada@press.example")
OFFICE = an_actor("Staffer")
BOB = Address.parse("bob@press.example")
WITHOUT_WORDS = {"further_address", "membership"}
"""Tables that are told with the contact to which they belong."""
TOLD = {
    "contact": RecordKind.CONTACT,
    "suppression": RecordKind.SUPPRESSION,
    "accreditation": RecordKind.ACCREDITATION,
    "accreditation_change": RecordKind.REGISTER_CHANGE,
    "partner_request": RecordKind.PARTNER_REQUEST,
    "phone_call": RecordKind.CALL,
    "delivery": RecordKind.MESSAGE,
    "event": RecordKind.RETURNED,
    "exclusion": RecordKind.LEFT_OUT,
    "journal": RecordKind.JOURNAL,
}


@pytest.fixture
def lived_in(ledger):
    """A ledger in which something of every kind names Ada, at work or at home, and Bob."""
    ada = a_contact(str(WORK), lists=frozenset({"press"}), alternates=(HOME,))
    bob = a_contact(str(BOB), lists=frozenset({"press"}))
    ledger.contacts.save([ada, bob], actor=OFFICE, at=NOON)
    for address in (HOME, BOB):
        ledger.accreditations.save(
            Accreditation("meeting", address, AccreditationState.ASKED, NOON), actor=OFFICE
        )
        ledger.calls.add(
            Call(address, CallOutcome.REACHED, NOON, person=OFFICE.person, name=OFFICE.name),
            actor=OFFICE,
        )
        ledger.suppressions.add(a_bar(str(address)), actor=OFFICE)
        ledger.partner_requests.add(
            PartnerRequest(
                campaign="meeting",
                partner="Academy",
                address=address,
                name="Roy",
                organisation="La Gazette",
                person=OFFICE.person,
                by=OFFICE.name,
                at=NOON,
            ),
            actor=OFFICE,
        )
    mailing = a_mailing("reminder")
    sent = [
        a_delivery(number, mailing=mailing, contact_id=each.id, address=each.address)
        for number, each in enumerate((ada, bob))
    ]
    out = [Exclusion(each, ExclusionReason.SUPPRESSED, "") for each in (ada, bob)]
    ledger.mailings.launch([mailing], actor=OFFICE, at=NOON)
    ledger.mailings.start(mailing.id, deliveries=sent, exclusions=out, at=NOON)
    ledger.mailings.change_state(mailing.id, to=MailingState.PAUSED, actor=OFFICE, why="", at=NOON)
    for each in sent:
        ledger.events.record(
            an_event(key=each.id, delivery_id=each.id, address=each.address, raw=b"raw")
        )
    return ledger


def test_every_row_that_names_the_person_is_told_under_each_of_their_addresses(lived_in):
    told = personal_data(WORK, actor=OFFICE, why="letter", ledger=lived_in, now=NOON)

    with lived_in._database.reading() as connection:
        naming = {
            table.name
            for table in metadata.sorted_tables
            if any("ada@" in repr(row).lower() for row in connection.execute(table.select()))
        }
    assert naming - WITHOUT_WORDS == set(TOLD)
    assert set(counts(told)) == {TOLD[name] for name in naming - WITHOUT_WORDS}
    assert set(told.addresses) == {WORK, HOME}


def test_the_file_names_nobody_else(lived_in):
    told = personal_data(HOME, actor=OFFICE, why="letter", ledger=lived_in, now=NOON)

    written = as_json(told).decode()
    assert "bob@" not in written
    assert OFFICE.name not in written
    assert json.loads(written)["contact"][0]["lists"] == ["press"]


def test_the_journal_says_to_whom_data_was_handed(lived_in):
    personal_data(WORK, actor=OFFICE, why="lettre du 3 mai", ledger=lived_in, now=NOON)

    (line,) = lived_in.journal.entries(action="hand-over-data")
    assert (line.subject, line.detail) == (WORK.key, "lettre du 3 mai")


def test_nothing_is_handed_over_without_a_request_that_the_journal_can_name(lived_in):
    with pytest.raises(RuleError, match="request"):
        personal_data(WORK, actor=OFFICE, why=" \n", ledger=lived_in, now=NOON)

    assert not lived_in.journal.entries(action="hand-over-data")


def test_whoever_only_reads_may_not(lived_in):
    reader = an_actor("Reader", roles=frozenset({Role.READER}))

    with pytest.raises(RuleError):
        personal_data(WORK, actor=reader, why="letter", ledger=lived_in, now=NOON)
