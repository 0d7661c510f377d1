"""The journal is a chain: whatever is changed by hand in the database is found."""

import os
import threading
from contextlib import contextmanager
from dataclasses import replace

import pytest
from alembic import command
from sqlalchemy import bindparam, text
from sqlalchemy.exc import DBAPIError

from mailer.errors import LedgerError
from mailer.journal.chain import BEGINNING, anchors_in
from mailer.ledger import open_ledger
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.definitions.metadata import Instant
from mailer.ledger.storage.schema import alembic_config
from mailer.model.address import Address
from mailer.model.journal.chain import Anchor, BrokenBy
from mailer.model.journal.line import JournalEntry
from mailer.model.team.actor import Via
from tests.counterparts.builders import ACTOR, NOON, a_bar, a_contact, a_mailing, after
from tests.counterparts.postgres import MISSING, database_on

ADA = Address.parse("ada@press.example")
A_HASH = "0" * 64
REFUSED = "a line of the journal is never changed or removed"
"""What the triggers say. A statement that fails for another reason proves nothing of them."""
REST = 'at, person, "by", via, action, subject, detail, salt, words_hash, rewritten, previous, hash'


@pytest.fixture
def written(ledger):
    """A ledger with nine lines in its journal."""
    for number in range(9):
        ledger.journal.add(
            at=NOON, actor=ACTOR, action="export", subject="meeting", detail=f"{number} people"
        )
    return ledger


@contextmanager
def without_triggers(ledger):
    """Write to the database as its owner can, who may switch the triggers off."""
    database = ledger._database
    with database.writing() as connection:
        if database.is_file:
            made = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
            triggers = connection.exec_driver_sql(made).all()
            for name, _sql in triggers:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            yield connection
            for _name, sql in triggers:
                connection.exec_driver_sql(sql)
        else:
            connection.exec_driver_sql("ALTER TABLE journal DISABLE TRIGGER USER")
            yield connection
            connection.exec_driver_sql("ALTER TABLE journal ENABLE TRIGGER USER")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET detail = 'x' WHERE id = 3",
        "UPDATE journal SET action = 'x'",
        "UPDATE journal SET person = 'x', salt = 'y' WHERE id = 3",
        "UPDATE journal SET hash = 'x', salt = 'y' WHERE id = 3",
        "UPDATE journal SET id = 99 WHERE id = 9",
        "DELETE FROM journal",
        "DELETE FROM journal WHERE id = 9",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_line(written, statement):
    before = written.journal.entries()

    with (
        pytest.raises((LedgerError, DBAPIError), match=REFUSED),
        written._database.writing() as connection,
    ):
        connection.exec_driver_sql(statement)

    assert written.journal.entries() == before


def test_the_database_refuses_a_second_line_behind_the_same_one(written):
    fork = f"INSERT INTO journal (id, {REST}) SELECT 10, {REST} FROM journal WHERE id = 9"

    with (
        # SQLite's trigger, or PostgreSQL's unique constraint.
        pytest.raises((LedgerError, DBAPIError), match=f"{REFUSED}|uq_journal_previous"),
        written._database.writing() as connection,
    ):
        connection.exec_driver_sql(fork)

    assert len(written.journal.entries()) == 9


def test_what_would_replace_or_empty_the_journal_is_refused(written):
    database = written._database
    replacing = (
        "REPLACE INTO journal SELECT * FROM journal WHERE id = 3"
        if database.is_file
        else "TRUNCATE journal"
    )

    with (
        pytest.raises((LedgerError, DBAPIError), match=REFUSED),
        database.writing() as connection,
    ):
        connection.exec_driver_sql(replacing)

    assert len(written.journal.entries()) == 9


CHANGES = {
    "the act": ("UPDATE journal SET action = 'lift' WHERE id = 4", 4, BrokenBy.CHANGED),
    "the instant": (
        "UPDATE journal SET at = '2001-01-01 00:00:00.000000' WHERE id = 4",
        4,
        BrokenBy.CHANGED,
    ),
    "the person": ("UPDATE journal SET person = 'bea' WHERE id = 1", 1, BrokenBy.CHANGED),
    "the interface": ("UPDATE journal SET via = 'xyz' WHERE id = 9", 9, BrokenBy.CHANGED),
    "the name": ("UPDATE journal SET \"by\" = 'Bea' WHERE id = 4", 4, BrokenBy.WORDS),
    "one sign of the detail": (
        "UPDATE journal SET detail = '3 peoples' WHERE id = 4",
        4,
        BrokenBy.WORDS,
    ),
    "the words and their salt": (
        "UPDATE journal SET subject = 'other', salt = 'abc' WHERE id = 4",
        4,
        BrokenBy.WORDS,
    ),
    "words that move from one field to the next": (
        "UPDATE journal SET subject = 'meeting3', detail = ' people' WHERE id = 4",
        4,
        BrokenBy.WORDS,
    ),
    "the hash of the words": (
        f"UPDATE journal SET words_hash = '{A_HASH}' WHERE id = 4",
        4,
        BrokenBy.CHANGED,
    ),
    "words said to be erased": (
        f"UPDATE journal SET rewritten = '2:{A_HASH}' WHERE id = 7",
        2,
        BrokenBy.WORDS,
    ),
    "nonsense said to be erased": (
        "UPDATE journal SET rewritten = 'nonsense' WHERE id = 7",
        7,
        BrokenBy.CHANGED,
    ),
    "a line taken out": ("DELETE FROM journal WHERE id = 5", 5, BrokenBy.MISSING),
    "the first lines taken out": ("DELETE FROM journal WHERE id < 3", 1, BrokenBy.MISSING),
    "a line taken out, the others moved up": (
        "DELETE FROM journal WHERE id = 5; UPDATE journal SET id = id - 1 WHERE id > 5",
        5,
        BrokenBy.CHANGED,
    ),
    "two lines swapped": (
        "UPDATE journal SET id = -id WHERE id IN (4, 5); UPDATE journal SET id = 9 + id WHERE id < 0",
        4,
        BrokenBy.CHANGED,
    ),
    "a line before the first": (
        "UPDATE journal SET id = 0 WHERE id = 1",
        0,
        BrokenBy.CHANGED,
    ),
}


@pytest.mark.parametrize(("statements", "number", "by"), CHANGES.values(), ids=CHANGES)
def test_the_first_line_that_was_changed_by_hand_is_found(written, statements, number, by):
    with without_triggers(written) as connection:
        for statement in statements.split(";"):
            connection.exec_driver_sql(statement)

    broken = written.journal.verify().broken

    assert (broken and broken.number, broken and broken.by) == (number, by)


def test_a_tail_that_was_cut_off_is_found_by_an_anchor_only(written):
    anchor = written.journal.end()
    with without_triggers(written) as connection:
        connection.exec_driver_sql("DELETE FROM journal WHERE id > 6")

    assert written.journal.verify().broken is None
    broken = written.journal.verify([anchor]).broken
    assert (broken.number, broken.by) == (7, BrokenBy.CUT)


def test_a_chain_that_was_hashed_anew_is_found_by_an_anchor_only(written):
    anchor = written.journal.end()
    with without_triggers(written) as connection:
        connection.exec_driver_sql("DELETE FROM journal WHERE id > 6")
    for _ in range(3):
        written.journal.add(at=NOON, actor=ACTOR, action="launch", subject="meeting")

    assert written.journal.verify().broken is None
    broken = written.journal.verify([anchor]).broken
    assert (broken.number, broken.by) == (9, BrokenBy.REWRITTEN)


def test_every_anchor_that_was_true_stays_true(written):
    anchors = [written.journal.end()]
    for _ in range(3):
        written.journal.add(at=NOON, actor=ACTOR, action="export", subject="meeting")
        anchors.append(written.journal.end())

    verified = written.journal.verify(anchors)

    assert (verified.broken, verified.end, verified.anchors) == (None, anchors[-1], 4)


def test_an_empty_journal_is_whole(ledger):
    assert ledger.journal.verify().end == ledger.journal.end() == BEGINNING


def test_an_anchor_is_read_back_from_any_text():
    anchor = Anchor(1234, "ab" * 32)

    assert anchors_in(f"Journal <td>{anchor}</td>, 12:30, 3:ab, {anchor}0") == [anchor]


def test_forgetting_a_person_leaves_the_chain_whole_and_nothing_of_them(ledger):
    ledger.contacts.save([a_contact(str(ADA))], actor=ACTOR, at=NOON)
    ledger.suppressions.add(a_bar(str(ADA)), actor=ACTOR)
    ledger.journal.add(
        at=NOON, actor=ACTOR, action="call", subject="meeting", detail=f"<ADA@press.example> {ADA}"
    )
    anchor = ledger.journal.end()

    ledger.erasure.forget(ADA, actor=ACTOR, why="asked", at=NOON)

    assert ledger.journal.verify([anchor]).broken is None
    assert "ada@press" not in repr(ledger.journal.entries()).lower()


def test_the_words_that_an_erasure_left_are_chained_too(ledger):
    ledger.suppressions.add(a_bar(str(ADA)), actor=ACTOR)
    before = ledger.journal.entries()
    ledger.erasure.forget(ADA, actor=ACTOR, why="asked", at=NOON)
    ledger.erasure.forget(Address.parse("bea@press.example"), actor=ACTOR, why="", at=NOON)
    with without_triggers(ledger) as connection:
        connection.exec_driver_sql("UPDATE journal SET subject = 'nobody', salt = 'x' WHERE id = 1")

    broken = ledger.journal.verify().broken

    assert (broken.number, broken.by) == (before[0].id, BrokenBy.WORDS)


def test_two_erasures_may_change_one_line(ledger):
    ledger.journal.add(
        at=NOON, actor=ACTOR, action="x", subject="", detail=f"{ADA}, bea@press.example"
    )

    for address in (ADA, Address.parse("bea@press.example")):
        ledger.erasure.forget(address, actor=ACTOR, why="asked", at=NOON)

    assert ledger.journal.verify().broken is None
    assert "press.example" not in ledger.journal.entries()[0].detail


def test_writers_at_once_never_fork_the_chain(ledger, ledger_url):
    """Each writer has its own connection, and two of its acts take other locks before the journal's."""
    writers, acts = 8, 25
    ledgers = [open_ledger(ledger_url, patience_s=60) for _ in range(writers)]
    failed = []

    def act(number):
        try:
            for count in range(acts):
                ledgers[number].journal.add(
                    at=NOON, actor=ACTOR, action="export", subject=f"{number}/{count}"
                )
                ledgers[number].suppressions.add(a_bar(str(ADA)), actor=ACTOR)
                mailing = replace(a_mailing(), campaign=f"c{number}-{count}")
                ledgers[number].mailings.launch([mailing], actor=ACTOR, at=NOON)
        except Exception as error:  # noqa: BLE001 - a thread has nobody else to tell
            failed.append(error)

    threads = [threading.Thread(target=act, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in ledgers:
        each.close()

    verified = ledger.journal.verify()
    subjects = [entry.subject for entry in ledger.journal.entries() if entry.action == "export"]
    assert (failed, verified.broken) == ([], None)
    assert sorted(subjects) == sorted(f"{w}/{c}" for w in range(writers) for c in range(acts))


@pytest.fixture(params=["sqlite", "postgresql"])
def older_ledger_url(request, tmp_path):
    """The URL of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'older.db'}"
        return
    url = request.getfixturevalue("postgres_url")
    if url is None:
        pytest.skip(MISSING)  # on a contributor's machine only: the gate installs PostgreSQL
    with database_on(url, name=f"mailer_older_{os.getpid()}") as older:
        yield older


def test_the_lines_of_an_older_ledger_are_chained_from_the_first(older_ledger_url):
    database = Database(older_ledger_url, patience_s=5)
    line = {"person": "", "by": "Ada", "via": "cli", "action": "import", "subject": "press"}
    with database.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0033")
        for number in (*range(1, 1200), 1203, 1300):  # a transaction that failed left a gap
            connection.execute(
                text(
                    'INSERT INTO journal (id, at, person, "by", via, action, subject, detail)'
                    " VALUES (:id, :at, :person, :by, :via, :action, :subject, :detail)"
                ).bindparams(bindparam("at", type_=Instant)),
                {**line, "id": number, "at": after(seconds=number), "detail": f"n° {number}"},
            )
    database.close()

    upgraded = open_ledger(older_ledger_url)
    upgraded.journal.add(at=after(days=1), actor=ACTOR, action="export", subject="meeting")

    verified, lines = upgraded.journal.verify(), upgraded.journal.entries()
    upgraded.close()
    assert (verified.broken, verified.end.count) == (None, 1202)
    assert [each.detail for each in lines[-3:]] == ["n° 1203", "n° 1300", ""]
    assert lines[0] == JournalEntry(after(seconds=1), "", "Ada", Via.CLI, "import", "press", "n° 1")
