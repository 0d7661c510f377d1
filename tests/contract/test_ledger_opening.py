"""Opening, migrating and failing: one suite for both databases."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from mailer.errors import LedgerError
from mailer.ledger import open_ledger
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.definitions.every_table import metadata
from mailer.ledger.storage.json_values import message_to_json
from mailer.ledger.storage.schema import HEAD, alembic_config, migrate
from mailer.model.mailings.delivery import Acceptance, Accepted, Stage
from mailer.model.mailings.mailing import MailingId
from tests.counterparts.builders import COMPILED, NOON, started, statuses


@pytest.fixture
def database(ledger, ledger_url):
    database = Database(ledger_url, patience_s=1)
    yield database
    database.close()


def test_the_migrations_make_exactly_the_tables(database):
    with database.writing() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, metadata) == []


def test_a_new_ledger_is_made_exactly_as_the_migrations_make_it(tmp_path):
    open_ledger(f"sqlite:///{tmp_path / 'new.db'}").close()
    database = Database(f"sqlite:///{tmp_path / 'migrated.db'}", patience_s=1)
    with database.writing() as connection:
        migrate(connection)
    database.close()

    assert content(tmp_path / "new.db") == content(tmp_path / "migrated.db"), (
        "write it anew: python .ci/new_ledger.py"
    )


def content(path):
    """What is in a SQLite file: the statements that made it, and its rows.

    The lines of each are sorted: Alembic writes the constraints of a table in no fixed order.
    """
    with closing(sqlite3.connect(path)) as ledger:
        return sorted(sorted(made.replace(", \n", "\n").split("\n")) for made in ledger.iterdump())


def test_the_newest_migration_is_the_one_the_program_knows():
    assert ScriptDirectory.from_config(alembic_config()).get_current_head() == HEAD


def test_threads_that_open_new_ledgers_at_once_do_not_mix_them_up(tmp_path):
    together, opened = threading.Barrier(4), []

    def open_one(number):
        together.wait()
        ledger = open_ledger(f"sqlite:///{tmp_path / f'{number}.db'}")
        opened.append(ledger.journal.entries())
        ledger.close()

    threads = [threading.Thread(target=open_one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert opened == [[], [], [], []]


def test_no_migration_goes_back():
    for script in ScriptDirectory.from_config(alembic_config()).walk_revisions():
        assert not hasattr(script.module, "downgrade")


def test_an_older_program_refuses_a_newer_ledger(database, ledger_url):
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.exec_driver_sql("INSERT INTO schema_generation VALUES (2)")

    try:
        with pytest.raises(LedgerError, match="newer version"):
            open_ledger(ledger_url)
    finally:
        with database.writing() as connection:
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{HEAD}'")
            connection.exec_driver_sql("DELETE FROM schema_generation")


def test_an_older_program_goes_on_with_a_ledger_to_which_a_newer_one_has_added(
    database, ledger_url
):
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.exec_driver_sql("ALTER TABLE chunk ADD COLUMN newer INTEGER DEFAULT 7")

    try:
        ledger = open_ledger(ledger_url)
        started(ledger)
        claim = ledger.sending.claim(worker="w", now=NOON)
        ledger.close()
    finally:
        with database.writing() as connection:
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{HEAD}'")
            connection.exec_driver_sql("ALTER TABLE chunk DROP COLUMN newer")

    assert claim is not None


def test_programs_that_open_a_new_ledger_at_once_migrate_it_once(tmp_path):
    url = f"sqlite:///{tmp_path / 'new' / 'ledger.db'}"
    opened = []
    threads = [threading.Thread(target=lambda: opened.append(open_ledger(url))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(opened) == 4
    for ledger in opened:
        assert ledger.mailings.all() == []
        ledger.close()


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://x@localhost/y", "sqlite://"])
def test_an_address_that_is_no_ledger_is_said_so(url):
    with pytest.raises(LedgerError, match="neither a SQLite file nor a PostgreSQL database"):
        open_ledger(url)


def test_a_password_is_never_shown():
    url = "postgresql://press:hunter2@127.0.0.1:1/ledger"

    with pytest.raises(LedgerError) as raised:
        open_ledger(url)

    assert "hunter2" not in str(raised.value)
    assert "127.0.0.1:1/ledger" in str(raised.value)


@pytest.mark.parametrize(
    ("url", "match"),
    [
        ("postgresql://press@127.0.0.1:1/ledger?password=hunter2", "password.* is not allowed"),
        ("postgresql://127.0.0.1:1/ledger?sslmode=require&PASSWORD=hunter2", "is not allowed"),
        ("postgresql://127.0.0.1:1/ledger?sslpassword=hunter2", "is not allowed"),
        ("postgresql:///ledger?oauth_client_secret=hunter2", "is not allowed"),
        ("postgresql://press:a@hunter2@127.0.0.1:1/ledger", "%40"),
        ("postgresql://press:hunter2@127.0.0.1:port/ledger", "neither"),
        ("postgresql://press:hunter2@[::1/ledger", "neither"),
        ("sqlite:////ledger.db?key=hunter2", "neither"),
    ],
)
def test_a_secret_where_nobody_looks_for_one_is_refused_and_not_shown(url, match):
    with pytest.raises(LedgerError, match=match) as raised:
        open_ledger(url)

    assert "hunter2" not in str(raised.value)


def test_what_stands_after_the_question_mark_of_a_url_is_never_shown():
    url = "postgresql://press@127.0.0.1:1/ledger?application_name=hunter2&options=-c%20x%3Dhunter2"

    with pytest.raises(LedgerError) as raised:
        open_ledger(url)

    assert "hunter2" not in str(raised.value)
    assert "127.0.0.1:1/ledger" in str(raised.value)


def test_while_somebody_else_writes_nothing_may_be_sent_and_then_it_goes_on(
    ledger, ledger_url, database
):
    mailing, deliveries = started(ledger)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, [deliveries[0].id], now=NOON)
    impatient = open_ledger(ledger_url, patience_s=0.2)

    with database.writing() as connection:
        connection.execute(tables.mailing.select().with_for_update()).all()
        impatient.sending.settle(claim, deliveries[0].id, Accepted("250"), now=NOON)
        with pytest.raises(LedgerError):
            impatient.sending.mark(claim, [deliveries[1].id], now=NOON)

    # The outcome was kept, and the mark that was refused is as if it had never been asked for.
    assert impatient.sending.mark(claim, [deliveries[2].id], now=NOON)
    assert statuses(ledger, mailing) == ["accepted", "pending", "sending"]
    impatient.close()


def test_a_first_ledger_with_events_is_brought_up_to_date_and_judges_none_again(tmp_path):
    url = f"sqlite:///{tmp_path / 'old.db'}"
    old = Database(url, patience_s=1)
    with old.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            "INSERT INTO event (key, kind, at, source, address, match, reason, dead, status_code,"
            " quote, rule, raw) VALUES ('k', 'bounced', '2017-12-04 12:00:00.000000', 'mailbox',"
            " 'Ada@press.example', 'address', 'user-unknown', 'yes', '5.1.1', 'q', 'r', x'00')"
        )
    old.close()

    ledger = open_ledger(url)

    assert [event.key for event in ledger.events.all()] == ["k"]
    assert ledger.events.unprocessed() == []
    with ledger._database.reading() as connection:
        assert connection.scalars(
            tables.event.select().with_only_columns(tables.event.c.address_key)
        ).all() == ["ada@press.example"]
    ledger.close()


def test_a_ledger_with_mailings_learns_what_each_says_and_how_many_it_was_for(tmp_path):
    url = f"sqlite:///{tmp_path / 'old.db'}"
    message = message_to_json(COMPILED).replace("'", "''")
    old = Database(url, patience_s=1)
    with old.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        for step, started_at in (
            ("announcement", "'2017-12-04 12:00:00.000000'"),
            ("later", "NULL"),
        ):
            connection.exec_driver_sql(
                "INSERT INTO mailing (id, campaign, step, rule, due_at, expires_at, local_time,"
                " time_zone, fingerprint, letterhead, default_language, state, started_at, note)"
                f" VALUES ('{step}', 'meeting', '{step}', '{{}}', '2017-12-04 12:00:00.000000',"
                " '2017-12-05 12:00:00.000000', '', '', '', '{}', 'fr',"
                f" '{'done' if step == 'announcement' else 'scheduled'}', {started_at}, '')"
            )
            connection.exec_driver_sql(
                f"INSERT INTO variant VALUES ('{step}', '', 'fr', '{message}')"
            )
        connection.exec_driver_sql(
            "INSERT INTO chunk (id, mailing_id, number, epoch, recovered)"
            " VALUES (1, 'announcement', 0, 1, 0)"
        )
        for place in range(2):
            connection.exec_driver_sql(
                "INSERT INTO delivery (id, mailing_id, chunk_id, place, contact_id, address_key,"
                " address, name, list, language, fields, status, epoch, attempt, reply, peer_id)"
                f" VALUES ('{place}', 'announcement', 1, {place}, '', '{place}', '', '', '', 'fr',"
                " '{}', 'accepted', 1, 1, '', '')"
            )
    old.close()

    ledger = open_ledger(url)

    (standing,) = ledger.progress.of_mailings(since=NOON)
    assert standing.audience == sum(standing.by_status.values()) == 2
    found = ledger.similar_mailings.find(contents={COMPILED.content_hash}, subjects=(), since=NOON)
    assert {each.step for each in found} == {"announcement", "later"}
    by_subject = ledger.similar_mailings.find(
        contents=(), subjects={COMPILED.normalized_subject}, since=NOON
    )
    assert [each.mailing_id for each in by_subject] == [each.mailing_id for each in found]
    ledger.close()


OLD_REPLIES = {
    "202 queued as X": ("accepted", Acceptance.QUEUED, None, None),
    "200 sandbox: checked and not sent": ("accepted", Acceptance.CHECKED, None, None),
    "250 2.0.0 Ok": ("delivered", Acceptance.TAKEN, None, None),
    "550 No such user (in reply to RCPT TO)": ("rejected", None, Stage.RECIPIENT, None),
    "554 Spam (in reply to end of DATA)": ("rejected", None, Stage.CONTENT, None),
    "given up at attempt 12: 450 Mailbox busy": ("rejected", None, None, 12),
    "": ("pending", None, None, None),
}


def test_what_older_replies_said_in_words_is_read_into_columns(tmp_path):
    url = f"sqlite:///{tmp_path / 'old.db'}"
    old = Database(url, patience_s=1)
    with old.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
        connection.exec_driver_sql(
            "INSERT INTO mailing (id, campaign, step, rule, due_at, expires_at, local_time,"
            " time_zone, fingerprint, letterhead, default_language, state, note)"
            " VALUES ('m', 'meeting', 'm', '{}', '2017-12-04 12:00:00.000000',"
            " '2017-12-05 12:00:00.000000', '', '', '', '{}', 'fr', 'active', '')"
        )
        connection.exec_driver_sql(
            "INSERT INTO chunk (id, mailing_id, number, epoch, recovered) VALUES (1, 'm', 0, 1, 0)"
        )
        for place, (reply, (status, *_)) in enumerate(OLD_REPLIES.items()):
            connection.exec_driver_sql(
                "INSERT INTO delivery (id, mailing_id, chunk_id, place, contact_id, address_key,"
                " address, name, list, language, fields, status, epoch, attempt, reply, peer_id)"
                f" VALUES ('d{place}', 'm', 1, {place}, '', '{place}', 'a@press.example', '', '',"
                f" 'fr', '{{}}', '{status}', 1, 1, '{reply}', '')"
            )
        for key, quote in enumerate(list(OLD_REPLIES)[3:6]):
            connection.exec_driver_sql(
                "INSERT INTO event (key, kind, at, source, address, match, reason, dead,"
                " status_code, quote, rule, raw, stored_at) VALUES"
                f" ('smtp:{key}', 'rejected', '2017-12-04 12:00:00.000000', 'smtp',"
                f" 'a@press.example', 'delivery-id', '', 'unsure', '', '{quote}', '', x'00',"
                " '2017-12-04 12:00:00.000000')"
            )
        connection.exec_driver_sql(
            "INSERT INTO post (body, received_at) VALUES (x'5b5d', '2017-12-04 12:00:00.000000')"
        )
    old.close()

    ledger = open_ledger(url)
    deliveries = list(ledger.deliveries.of_mailing(MailingId("m")))
    events = list(ledger.events.unprocessed())
    (post,) = ledger.inbox.posts()
    ledger.close()

    assert [
        (each.status, each.acceptance, each.stage, each.given_up_after) for each in deliveries
    ] == list(OLD_REPLIES.values())
    assert deliveries[5].reply == "450 Mailbox busy"
    assert [event.stage for event in events] == [Stage.RECIPIENT, Stage.CONTENT, None]
    assert events[2].quote == "450 Mailbox busy"
    assert post.provider == "sendgrid"


def test_an_old_ledger_learns_that_two_spellings_are_two_mailboxes(tmp_path):
    url = f"sqlite:///{tmp_path / 'old.db'}"
    old = Database(url, patience_s=1)
    with old.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0016")
        for address, key in (
            ("Straße@press.example", "strasse@press.example"),
            ("ÉVA@press.example", "éva@press.example"),
            ("Tom@press.example", "tom@press.example"),
        ):
            connection.exec_driver_sql(
                "INSERT INTO suppression (address_key, scope, reason, address, since, evidence, by)"
                f" VALUES ('{key}', '', 'opt-out', '{address}', '2017-12-04 12:00:00.000000',"
                " '', '')"
            )
    old.close()

    ledger = open_ledger(url)
    barred = {bar.address.key for bar in ledger.suppressions.all()}
    of_ss = ledger.suppressions.of_addresses(["strasse@press.example"])
    of_sz = ledger.suppressions.of_addresses(["straße@press.example"])
    ledger.close()

    assert barred == {"straße@press.example", "éva@press.example", "tom@press.example"}
    assert len(of_sz) == 1
    assert list(of_ss) == []


KILLED_MIGRATION = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from mailer.ledger import open_ledger
url, left = sys.argv[1], int(sys.argv[2])
@event.listens_for(Engine, "before_cursor_execute")
def count(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
open_ledger(url).close()
"""


def test_killed_while_migrating_the_ledger_is_what_it_was_and_the_next_opening_finishes(tmp_path):
    old = tmp_path / "old.db"
    first = Database(f"sqlite:///{old}", patience_s=1)
    with first.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            "INSERT INTO sign_off (campaign, fingerprint, by, at)"
            " VALUES ('meeting', 'f', 'Ada', '2017-12-04 12:00:00.000000')"
        )
    first.close()
    kills = 0
    for statement in (4, 12, 24):
        copy = Path(shutil.copy(old, tmp_path / f"{statement}.db"))
        url = f"sqlite:///{copy}"
        ended = subprocess.run(
            [sys.executable, "-c", KILLED_MIGRATION, url, str(statement)],
            check=False,
        ).returncode
        kills += ended == -signal.SIGKILL
        database = Database(url, patience_s=1)
        with database.reading() as connection:
            version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            whole = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
        database.close()

        assert (version, whole) == ("0001" if ended else HEAD, "ok")
        ledger = open_ledger(url)
        assert [each.by for each in ledger.mailings.sign_offs("meeting")] == ["Ada"]
        ledger.close()

    assert kills >= 2
