"""The count of changes to the directory: it moves with every change of it, and with nothing else."""

import threading
from contextlib import suppress

import pytest

from mailer.ledger.storage.database import Database
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.definitions.every_table import metadata
from mailer.ledger.storage.journal import write_entry
from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address
from tests.counterparts.builders import ACTOR, NOON, a_bar, a_contact, after, started

ADA, BOB = Address.parse("ada@press.example"), Address.parse("bob@press.example")
ANSWER = Accreditation("meeting", ADA, AccreditationState.ASKED, at=NOON)


def known(ledger):
    """A ledger that knows a person, who answered, and who is barred."""
    ada = a_contact("ada@press.example", lists=frozenset({"press"}))
    ledger.contacts.save([ada], actor=ACTOR, at=NOON)
    ledger.accreditations.save(ANSWER, actor=ACTOR)
    ledger.suppressions.add(a_bar("bob@press.example"), actor=ACTOR)
    return ledger.contacts.find(ADA)


CHANGES = {
    "a list is imported": lambda ledger, _ada: ledger.contacts.save(
        [a_contact("cyd@press.example")], actor=ACTOR, at=NOON
    ),
    "somebody joins a list": lambda ledger, _ada: ledger.contacts.save(
        [a_contact("ada@press.example", lists=frozenset({"team"}))], actor=ACTOR, at=NOON
    ),
    "a contact is edited": lambda ledger, ada: ledger.contacts.put(
        ada, action="edit-contact", detail="", actor=ACTOR, at=NOON
    ),
    "a contact is removed": lambda ledger, ada: ledger.contacts.remove(ada, actor=ACTOR, at=NOON),
    "an address is corrected": lambda ledger, _ada: ledger.contacts.correct_address(
        ADA,
        Address.parse("ada@new.example"),
        readdress=lambda delivery, _address: delivery,
        actor=ACTOR,
        why="",
        at=NOON,
    ),
    "somebody is barred": lambda ledger, _ada: ledger.suppressions.add(
        a_bar("ada@press.example"), actor=ACTOR
    ),
    "a bar is lifted": lambda ledger, _ada: ledger.suppressions.lift(
        BOB, scope="", actor=ACTOR, why="", at=NOON
    ),
    "somebody is forgotten": lambda ledger, _ada: ledger.erasure.forget(
        ADA, actor=ACTOR, why="", at=NOON
    ),
    "somebody answers": lambda ledger, _ada: ledger.accreditations.save(
        Accreditation("meeting", BOB, AccreditationState.DECLINED, at=NOON), actor=ACTOR
    ),
    "an answer changes": lambda ledger, _ada: ledger.accreditations.save(
        Accreditation("meeting", ADA, AccreditationState.DECLINED, at=after(hours=1)), actor=ACTOR
    ),
    "an answer moves to another address": lambda ledger, _ada: ledger.accreditations.save(
        Accreditation("meeting", BOB, AccreditationState.ASKED, at=NOON),
        actor=ACTOR,
        in_place_of=ADA,
    ),
}

NO_CHANGES = {
    "somebody reads": lambda ledger, _ada: ledger.contacts.summaries(),
    "a line of the journal": lambda ledger, _ada: ledger.journal.add(
        at=NOON, actor=ACTOR, action="export", subject="contacts"
    ),
    "a mailing starts": lambda ledger, _ada: started(ledger, count=3),
    "a bar that is there already": lambda ledger, _ada: ledger.suppressions.add(
        a_bar("bob@press.example"), actor=ACTOR
    ),
    "a list that is known already": lambda ledger, ada: ledger.contacts.save(
        [ada], actor=ACTOR, at=NOON
    ),
}


@pytest.mark.parametrize("act", CHANGES.values(), ids=CHANGES)
def test_every_change_of_the_directory_is_counted(ledger, act):
    ada = known(ledger)
    before = ledger.directory_changes.count()

    act(ledger, ada)

    assert ledger.directory_changes.count() > before


@pytest.mark.parametrize("act", NO_CHANGES.values(), ids=NO_CHANGES)
def test_what_leaves_the_directory_as_it_is_is_not_counted(ledger, act):
    ada = known(ledger)
    before = ledger.directory_changes.count()

    act(ledger, ada)

    assert ledger.directory_changes.count() == before


@pytest.mark.parametrize("table", ["contact", "membership", "suppression", "accreditation"])
def test_a_row_that_any_program_takes_away_is_counted(ledger, ledger_url, table):
    known(ledger)
    before = ledger.directory_changes.count()
    other = Database(ledger_url, patience_s=5)

    with other.writing() as connection:
        connection.execute(metadata.tables[table].delete())
    other.close()

    assert ledger.directory_changes.count() > before


def test_a_change_counts_when_it_is_committed_and_not_before(ledger, ledger_url):
    known(ledger)
    before = ledger.directory_changes.count()
    other = Database(ledger_url, patience_s=5)

    with other.writing() as connection:
        connection.execute(tables.suppression.delete())
        during = ledger.directory_changes.count()
    other.close()

    assert during == before
    assert ledger.directory_changes.count() > before


class TakenBack(Exception):
    """Ends a transaction without a commit."""


def test_a_change_that_is_taken_back_was_none(ledger, ledger_url):
    known(ledger)
    before = ledger.directory_changes.count()
    other = Database(ledger_url, patience_s=5)

    with suppress(TakenBack), other.writing() as connection:
        connection.execute(tables.suppression.delete())
        raise TakenBack
    other.close()

    assert ledger.directory_changes.count() == before


def test_on_postgresql_a_bounce_does_not_wait_for_the_end_of_an_import(ledger, ledger_url):
    if not ledger_url.startswith("postgresql"):
        # Two transactions that are open at once cannot be made there: the second waits.
        pytest.skip("a SQLite ledger has one writer at a time")
    known(ledger)
    importing = Database(ledger_url, patience_s=5)
    barred = threading.Event()

    def bar():
        ledger.suppressions.add(a_bar("cyd@press.example"), actor=ACTOR)
        barred.set()

    with importing.writing() as connection:
        write_entry(connection, at=NOON, actor=ACTOR, action="import", subject="press")
        connection.execute(tables.membership.delete())
        threading.Thread(target=bar).start()
        came_first = barred.wait(timeout=5)
    importing.close()

    assert came_first
