"""Pages of the ledger: complete, in order, and with few rows read from a large table."""

from dataclasses import replace

import pytest
from alembic import command
from sqlalchemy import event

from mailer.ledger import open_ledger
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.schema import alembic_config
from mailer.model.contacts.contact import ContactList
from mailer.model.journal.line import JournalFilter
from mailer.model.mailings.mailing import MailingState
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_contact,
    a_mailing,
    after,
    an_event,
    started,
)

LARGE = 10
"""How many times more rows the second count of an operation meets."""


class Cost:
    """What the database was asked: statements, and rows (PostgreSQL) or steps (SQLite)."""

    def __init__(self, ledger):
        self.statements = self.rows = self.steps = 0
        self._engine = ledger.contacts._database.engine
        event.listen(self._engine, "after_cursor_execute", self._count)
        event.listen(self._engine, "checkout", self._watch)

    def _count(self, _connection, cursor, statement, *_rest):
        self.statements += statement.startswith(("SELECT", "WITH"))
        self.rows += max(cursor.rowcount, 0)

    def _watch(self, dbapi, *_rest):
        if hasattr(dbapi, "set_progress_handler"):
            dbapi.set_progress_handler(self._step, 50)

    def _step(self):
        self.steps += 1

    def of(self, act):
        before = self.statements, self.rows, self.steps
        act()
        now = self.statements, self.rows, self.steps
        return tuple(b - a for a, b in zip(before, now, strict=True))


def fill(ledger, numbers, *, campaign="meeting"):
    """Contacts, a mailing and events, one of each for every number; returns the mailing."""
    ledger.contacts.save(
        [
            a_contact(f"reader{number:05d}@press.example", lists=frozenset({"press"}))
            for number in numbers
        ],
        actor=ACTOR,
        at=NOON,
    )
    ledger.events.store([an_event(key=f"key{number}") for number in numbers], at=NOON)
    mailing, _deliveries = started(ledger, count=len(numbers), campaign=campaign)
    return mailing


OPERATIONS = {
    "contacts": lambda ledger, _mailing: ledger.contacts.page(after="reader00003", limit=10),
    "contacts of a list": lambda ledger, _mailing: ledger.contacts.page(
        lists=["press"], after="reader00003", limit=10
    ),
    "contacts by id": lambda ledger, _mailing: ledger.contacts.of_ids(
        [each.id for each in ledger.contacts.page(limit=10)]
    ),
    "people searched": lambda ledger, _mailing: ledger.contacts.page(search="reader", limit=10),
    "deliveries": lambda ledger, mailing: ledger.deliveries.page(mailing.id, limit=10),
    "events": lambda ledger, _mailing: ledger.events.page(limit=10),
    "later events": lambda ledger, _mailing: ledger.events.page(after="key7", limit=5),
    "journal": lambda ledger, _mailing: ledger.journal.page(limit=3),
    "mailings": lambda ledger, _mailing: ledger.mailings.summaries("meeting"),
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_page_costs_the_same_however_large_the_tables_are(ledger, operation):
    cost = Cost(ledger)
    mailing = fill(ledger, range(60))
    read = OPERATIONS[operation]
    read(ledger, mailing)
    small = cost.of(lambda: read(ledger, mailing))

    fill(ledger, range(60, 60 * LARGE), campaign="another")
    large = cost.of(lambda: read(ledger, mailing))

    assert large[:2] == small[:2]
    assert large[2] <= small[2] + 2


def test_no_page_thaws_a_compiled_message(ledger):
    mailing = fill(ledger, range(3))
    seen = []
    event.listen(
        ledger.contacts._database.engine,
        "after_cursor_execute",
        lambda _connection, _cursor, statement, *_rest: seen.append(statement),
    )

    for read in OPERATIONS.values():
        read(ledger, mailing)

    assert len(seen) >= len(OPERATIONS)
    assert not [statement for statement in seen if "variant" in statement]


def test_pages_of_contacts_are_everybody_once_in_order(ledger):
    everybody = [a_contact(f"reader{number:03d}@press.example") for number in range(25)]
    ledger.contacts.save(everybody, actor=ACTOR, at=NOON)

    found, last = [], ""
    while page := ledger.contacts.page(after=last, limit=10):
        found += page
        last = page[-1].key

    assert found == ledger.contacts.all()
    assert len(found) == 25


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("lefevre", ["Élodie Lefèvre"]),
        ("LEFÈVRE élodie", ["Élodie Lefèvre"]),
        ("oeuv", ["Zoé Œuvrard"]),
        ("œuvrard", ["Zoé Œuvrard"]),
        ("gazette", ["Zoé Œuvrard"]),
        ("zoe@press.example", ["Zoé Œuvrard"]),
        ("press.example", ["Élodie Lefèvre", "Zoé Œuvrard"]),
        ("50%", []),
        ("", ["Élodie Lefèvre", "Zoé Œuvrard"]),
    ],
)
def test_people_are_found_without_regard_to_accents_and_case(ledger, search, found):
    ledger.contacts.save(
        [
            a_contact("elodie@press.example", first_name="Élodie", last_name="Lefèvre"),
            a_contact(
                "zoe@press.example",
                first_name="Zoé",
                last_name="Œuvrard",
                organisation="La Gazette",
            ),
        ],
        actor=ACTOR,
        at=NOON,
    )

    assert [contact.name for contact in ledger.contacts.page(search=search)] == found


def test_a_changed_name_is_found_and_the_former_one_is_not(ledger):
    contact = a_contact("ada@press.example", last_name="Byron")
    ledger.contacts.save([contact], actor=ACTOR, at=NOON)

    ledger.contacts.save([replace(contact, last_name="Lovelace")], actor=ACTOR, at=NOON)

    assert [each.last_name for each in ledger.contacts.page(search="lovelace")] == ["Lovelace"]
    assert ledger.contacts.page(search="byron") == []


def test_lists_are_read_by_pages_with_their_sizes(ledger):
    ledger.contacts.save(
        [
            a_contact("a@x.example", lists=frozenset({"press", "health"})),
            a_contact("b@x.example", lists=frozenset({"press"})),
        ],
        actor=ACTOR,
        at=NOON,
    )

    assert ledger.contacts.lists(limit=1) == [ContactList("health", 1)]
    assert ledger.contacts.lists(after="health") == [ContactList("press", 2)]


def test_pages_of_deliveries_are_the_mailing_in_order(ledger):
    mailing = fill(ledger, range(25))

    found, last = [], None
    while page := ledger.deliveries.page(mailing.id, after=last, limit=10):
        found += page
        last = page[-1].id

    assert found == list(ledger.deliveries.of_mailing(mailing.id))


def test_pages_of_events_begin_with_the_newest(ledger):
    for key in "abcde":
        ledger.events.record(an_event(key=key))

    first = ledger.events.page(limit=3)
    second = ledger.events.page(after=first[-1].key, limit=3)

    assert [each.key for each in (*first, *second)] == list("edcba")


def test_pages_of_the_journal_begin_with_the_newest(ledger):
    for action in "abcde":
        ledger.journal.add(at=NOON, actor=ACTOR, action=action, subject="meeting/reminder")
    ledger.journal.add(at=NOON, actor=ACTOR, action="x", subject="meeting-2")

    first = ledger.journal.page(JournalFilter("meeting"), limit=3)
    second = ledger.journal.page(JournalFilter("meeting"), after=first[-1].id, limit=3)

    assert [each.action for each in (*first, *second)] == list("edcba")
    assert ledger.journal.page(limit=1)[0].action == "x"


def test_a_summary_is_the_mailing_without_what_it_says(ledger):
    mailing = fill(ledger, range(3))
    ledger.mailings.launch(
        [a_mailing(campaign="another", step="later", due_at=after(days=1))], actor=ACTOR, at=NOON
    )

    (summary,) = ledger.mailings.summaries("meeting")

    launched = ledger.mailings.get(mailing.id)
    for name in ("id", "campaign", "step", "rule", "due_at", "expires_at", "state", "started_at"):
        assert getattr(summary, name) == getattr(launched, name)
    assert summary.audience == 3
    assert len(ledger.mailings.summaries()) == 2
    assert ledger.mailings.summaries(overdue_at=NOON) == []
    (overdue,) = ledger.mailings.summaries(overdue_at=after(days=1))
    assert (overdue.step, overdue.state) == ("later", MailingState.SCHEDULED)


def test_the_count_notices_an_operation_that_walks_a_table(ledger):
    cost = Cost(ledger)
    fill(ledger, range(60))
    small = cost.of(ledger.contacts.all)

    fill(ledger, range(60, 60 * LARGE), campaign="another")
    large = cost.of(ledger.contacts.all)

    assert large[1] > 5 * small[1] or large[2] > 5 * small[2]


def test_people_of_an_older_ledger_are_found_and_keep_their_lists(tmp_path):
    url = f"sqlite:///{tmp_path / 'old.db'}"
    old = Database(url, patience_s=1)
    with old.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
        for number in range(1_200):
            connection.exec_driver_sql(
                "INSERT INTO contact (id, address_key, address, civility, first_name, last_name,"
                " organisation, role, beat, region, language, phone, is_generic, alternates,"
                " notes, source, changed_at)"
                f" VALUES ('{number}', 'r{number}@x.example', 'r{number}@x.example', '',"
                f" 'Zoé', 'Œuvrard {number}', 'Hôpital', '', '', '', 'fr', '', 0, '[]', '[]', '',"
                " '2017-12-04 12:00:00.000000')"
            )
            connection.exec_driver_sql(f"INSERT INTO membership VALUES ('{number}', 'press')")
    old.close()

    ledger = open_ledger(url)

    (found,) = ledger.contacts.page(search="zoe oeuvrard 1199 hopital")
    assert (found.last_name, found.lists) == ("Œuvrard 1199", {"press"})
    assert ledger.contacts.lists() == [ContactList("press", 1_200)]
    ledger.close()
