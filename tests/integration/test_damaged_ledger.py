"""Whatever is wrong inside a ledger is said as a damaged ledger, never as a fault of the program."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import text

from mailer.errors import LedgerError
from mailer.ledger import is_damage, open_ledger
from mailer.ledger.restoring import restore
from mailer.ledger.storage.backup_files import newest_backup
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.definitions.every_table import metadata
from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address
from mailer.model.feedback.event import EventKind
from mailer.model.mailings.mailing import SignOff
from mailer.model.team.identity import ProviderIdentity
from mailer.model.team.sign_in import KeptForm
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_bar,
    a_contact,
    after,
    an_event,
    an_exclusion,
    started,
)
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.team import ADA, a_link, a_session

# Without these a ledger is an older or an unused one.
EVERY_TABLE = sorted(
    set(metadata.tables) - {"forgetting", "pace", "turn", "cursor", "schema_generation"}
)
JSON_COLUMNS = sorted(
    (table.name, column.name)
    for table in metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, tables.JSON) or (table.name, column.name) == ("variant", "message")
)
INSTANTS = sorted(
    (table.name, column.name)
    for table in metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, tables.Instant)
)
ENUMERATIONS = [
    ("accreditation", "state"),
    ("delivery", "acceptance"),
    ("delivery", "stage"),
    ("delivery", "status"),
    ("event", "dead"),
    ("event", "kind"),
    ("event", "match"),
    ("exclusion", "reason"),
    ("journal", "via"),
    ("mailing", "state"),
    ("one_time_link", "purpose"),
    ("suppression", "reason"),
]


def filled(ledger):
    """Put a row into every table."""
    ledger.contacts.save(
        [a_contact(lists=frozenset({"press"}), alternates=(Address.parse("a@home.example"),))],
        actor=ACTOR,
        at=NOON,
    )
    ledger.suppressions.add(a_bar("bob@press.example"), actor=ACTOR)
    accreditation = Accreditation(
        "meeting", Address.parse("ada@press.example"), AccreditationState.ASKED, NOON
    )
    ledger.accreditations.save(accreditation, actor=ACTOR)
    ledger.mailings.sign(SignOff("meeting", "f", "Ada", NOON, "ada"), actor=ACTOR)
    _mailing, (delivery, _other) = started(ledger, count=2, exclusions=[an_exclusion()])
    ledger.events.record(an_event(EventKind.BOUNCED, delivery_id=delivery.id))
    ledger.inbox.record_failure(b"x", source="mailbox", why="y", at=NOON)
    ledger.inbox.keep_posts([b"[]"], provider="sendgrid", at=NOON)
    ledger.team.add([ADA], actor=ACTOR, at=NOON)
    ledger.sign_ins.set_password("ada", "hash", keep="", actor=ACTOR, at=NOON)
    ledger.sign_ins.open_session(a_session(), actor=ACTOR)
    ledger.sign_ins.add_link(a_link(person="ada"), actor=ACTOR)
    ledger.sign_ins.keep(KeptForm("form", "ada", "/", (("text", "typed"),), NOON))


READINGS = (
    lambda ledger: ledger.contacts.all(),
    lambda ledger: ledger.contacts.summaries(),
    lambda ledger: ledger.contacts.addresses_of_person(Address.parse("ada@press.example")),
    lambda ledger: ledger.suppressions.all(),
    lambda ledger: ledger.accreditations.of_campaign("meeting"),
    lambda ledger: ledger.accreditations.from_unknown(["meeting"]),
    lambda ledger: ledger.history.written_to(since=NOON, at_least=1, limit=9),
    lambda ledger: ledger.retention.holdings(exports_kept_for=timedelta(days=1), now=NOON),
    lambda ledger: ledger.mailings.all(),
    lambda ledger: ledger.mailings.summaries(),
    lambda ledger: ledger.history.newest_and_coming(newest=2),
    lambda ledger: ledger.history.versions_of([m.id for m in ledger.mailings.summaries()]),
    lambda ledger: ledger.mailings.sign_offs("meeting"),
    lambda ledger: ledger.mailings.sign_offs_of(["meeting"]),
    lambda ledger: ledger.revisions.last_edits(["meeting"]),
    lambda ledger: ledger.journal.newest_about(["meeting"], action="proof"),
    lambda ledger: ledger.mailings.due(after(days=1)),
    lambda ledger: ledger.progress.of_mailings(since=NOON),
    lambda ledger: [list(ledger.deliveries.of_mailing(m.id)) for m in ledger.mailings.summaries()],
    lambda ledger: [ledger.deliveries.tally(m.id) for m in ledger.mailings.summaries()],
    lambda ledger: [ledger.deliveries.exclusions(m.id) for m in ledger.mailings.summaries()],
    lambda ledger: list(ledger.events.all()),
    lambda ledger: ledger.events.unprocessed(),
    lambda ledger: list(ledger.events.needing_attention(since=NOON)),
    lambda ledger: ledger.inbox.dead_letters(),
    lambda ledger: ledger.inbox.posts(),
    lambda ledger: ledger.notices.take(now=after(days=1), until=after(days=2)),
    lambda ledger: ledger.journal.entries(),
    lambda ledger: ledger.erasure.is_forgotten(Address.parse("ada@press.example")),
    lambda ledger: ledger.erasure.forget(
        Address.parse("ada@press.example"), actor=ACTOR, why="", at=NOON
    ),
    lambda ledger: ledger.team.people(),
    lambda ledger: ledger.identities.of(ProviderIdentity("https://idp.example", "ada")),
    lambda ledger: ledger.identities.waiting(),
    lambda ledger: ledger.identities.use_once("hash", until=after(days=1), at=NOON),
    lambda ledger: ledger.second_factors.generator("ada"),
    lambda ledger: ledger.second_factors.recovery_left("ada"),
    lambda ledger: ledger.second_factors.passkeys("ada"),
    lambda ledger: ledger.press_room.record(),
    lambda ledger: ledger.processes.all(),
    lambda ledger: ledger.sign_ins.with_password(),
    lambda ledger: ledger.sign_ins.session("t"),
    lambda ledger: ledger.sign_ins.sessions("ada", now=NOON),
    lambda ledger: ledger.sign_ins.link("l"),
    lambda ledger: ledger.sign_ins.link_key("sign-off"),
    lambda ledger: ledger.sign_ins.kept("form", person="ada"),
    lambda ledger: ledger.list_files.waiting(),
    lambda ledger: ledger.list_files.decisions(["row"]),
    lambda ledger: ledger.revisions.head("meeting"),
    lambda ledger: ledger.revisions.contents(["0"]),
    lambda ledger: ledger.revisions.written("meeting", "here"),
    lambda ledger: ledger.revisions.scratches("meeting"),
    lambda ledger: ledger.amendments.of_campaign("meeting"),
    lambda ledger: ledger.jobs.running(),
    lambda ledger: ledger.partner_requests.of_campaign("meeting"),
    lambda ledger: ledger.partner_requests.open(),
    lambda ledger: ledger.register_looks.sources("meeting"),
    lambda ledger: ledger.accepted_findings.of_campaign("meeting"),
    lambda ledger: ledger.coverage.of_campaign("meeting"),
    lambda ledger: ledger.sign_off_reminders.reminded("meeting", due_at=NOON),
    lambda ledger: ledger.waiting_mails.last_told("ada"),
    lambda ledger: ledger.office_calendar.mailings(NOON, NOON),
    lambda ledger: ledger.exported_files.get("a"),
    lambda ledger: ledger.trusted_time.all(),
    lambda ledger: ledger.sending.claim(worker="w", now=NOON),
    lambda ledger: ledger.mailings.finish(after(days=30)),
)
"""Every way to read the ledger, and some that write."""


def said(ledger_url):
    """What the ledger says when everything is read: the errors, which are all about damage."""
    errors = []
    try:
        ledger = open_ledger(ledger_url, patience_s=2)
    except LedgerError as error:
        return [error]
    for reading in READINGS:
        try:
            reading(ledger)
        except LedgerError as error:
            errors.append(error)
    ledger.close()
    return errors


def execute(ledger_url, statement):
    database = Database(ledger_url, patience_s=2)
    with database.writing() as connection:
        connection.execute(text(statement))
    database.close()


def triggers_of(ledger_url, table):
    with closing(sqlite3.connect(ledger_url.removeprefix("sqlite:///"))) as database:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
        return [name for (name,) in database.execute(query, [table])]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The bytes of a ledger with rows in its tables."""
    file = tmp_path_factory.mktemp("whole") / "ledger.db"
    ledger = open_ledger(empty_ledger(file))
    filled(ledger)
    ledger.close()
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("DELETE FROM home")  # its copies are no copies to them
    return file.read_bytes()


@pytest.fixture
def rows(whole, tmp_path):
    """The URL of a ledger with rows in its tables."""
    file = tmp_path / "ledger.db"
    file.write_bytes(whole)
    return f"sqlite:///{file}"


def test_a_ledger_that_is_whole_is_read_without_a_word(rows):
    assert said(rows) == []


@pytest.mark.parametrize("table", EVERY_TABLE)
def test_a_table_that_is_gone_is_a_damaged_ledger(rows, table):
    execute(rows, f'DROP TABLE "{table}"')

    errors = said(rows)

    assert errors
    assert all(is_damage(error) for error in errors)


@pytest.mark.parametrize(("table", "column"), [*JSON_COLUMNS, *INSTANTS, *ENUMERATIONS])
def test_a_value_that_we_never_write_is_a_damaged_ledger(rows, table, column):
    for trigger in triggers_of(rows, table):  # those that let nobody change the journal
        execute(rows, f'DROP TRIGGER "{trigger}"')
    execute(rows, f"""UPDATE "{table}" SET "{column}" = '{{nonsense'""")

    assert all(is_damage(error) for error in said(rows))


def test_a_ledger_without_a_byte_was_cut_off_and_is_never_a_new_one(rows, tmp_path):
    (tmp_path / "ledger.db").write_bytes(b"")

    (error,) = said(rows)

    assert is_damage(error)
    assert (tmp_path / "ledger.db").read_bytes() == b""


def test_a_new_ledger_is_made_where_there_is_none(tmp_path):
    file = tmp_path / "var" / "ledger.db"

    open_ledger(f"sqlite:///{file}").close()

    assert file.stat().st_mode & 0o777 == 0o600
    assert {each.name for each in file.parent.iterdir()} == {"ledger.db", "ledger.db.open"}


def test_a_backup_without_a_byte_or_a_table_is_never_the_newest(rows, tmp_path):
    file = tmp_path / "ledger.db"
    good, cut, poor = (tmp_path / "backups" / f"ledger-2017120{day}.db" for day in (1, 2, 3))
    good.parent.mkdir()
    shutil.copyfile(file, good)
    cut.write_bytes(b"")
    shutil.copyfile(file, poor)
    execute(f"sqlite:///{poor}", 'DROP TABLE "delivery"')

    assert newest_backup(file) == good
    assert restore(rows, actor=ACTOR, at=NOON)


def test_a_ledger_without_a_byte_is_restored(rows, tmp_path):
    file = tmp_path / "ledger.db"
    (tmp_path / "backups").mkdir()
    shutil.copyfile(file, tmp_path / "backups" / "ledger-20171201.db")
    file.write_bytes(b"")

    restore(rows, actor=ACTOR, at=NOON)

    assert said(rows) == []
