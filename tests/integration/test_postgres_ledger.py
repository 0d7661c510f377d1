"""What only a database on another machine can do wrong: the line to it, and other writers."""

import threading
import time
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy.engine import make_url

from mailer.clock import WallClock
from mailer.engine.threads import ThreadEngine
from mailer.errors import LedgerError
from mailer.ledger import is_damage, open_ledger
from mailer.ledger.storage.database import Database
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from tests.counterparts.builders import ACTOR, NOON, after, started, statuses
from tests.counterparts.cut_line import AFTER, BEFORE, CutLine
from tests.counterparts.scripted_smtp import ScriptedServer
from tests.counterparts.sender import deliver_chunk

pytestmark = pytest.mark.parametrize("ledger_url", ["postgresql"], indirect=True)


@pytest.fixture
def line(ledger_url):
    with CutLine(ledger_url) as line:
        yield line


@pytest.mark.parametrize("when", [BEFORE, AFTER])
def test_a_mark_whose_commit_is_not_answered_grants_nothing_and_is_taken_back(ledger, line, when):
    mailing, deliveries = started(ledger)
    far = open_ledger(line.url)
    claim = far.sending.claim(worker="w", now=NOON)

    line.cuts = [when]
    with pytest.raises(LedgerError, match="does not answer"):
        far.sending.mark(claim, [deliveries[0].id], now=NOON)

    written = statuses(ledger, mailing)[0]
    assert written == ("sending" if when == AFTER else "pending")
    assert far.sending.mark(claim, [deliveries[1].id], now=NOON) == {deliveries[1].id}
    assert statuses(ledger, mailing)[0] == ("deferred" if when == AFTER else "pending")
    assert far.sending.mark(claim, [deliveries[0].id], now=NOON) == {deliveries[0].id}
    far.close()


def test_a_line_that_is_cut_around_commits_makes_nobody_receive_twice(ledger, line):
    mailing, _ = started(ledger, count=60, expires_at=after(days=365 * 100))
    clock = WallClock()
    far = open_ledger(line.url, lease_s=5)
    line.cuts = [None, None, None, BEFORE, None, None, AFTER] * 4
    stops = 0
    with ScriptedServer() as server:
        backend = SmtpBackend(SmtpSettings("127.0.0.1", server.port, "none"))

        def one_chunk():
            return deliver_chunk(far, backend, clock=clock)

        while True:
            try:
                if (due_at := far.mailings.next_due_at()) is None:
                    break
                clock.wait_until(due_at)
                ThreadEngine(2).drain(one_chunk)
            except LedgerError:
                stops += 1
        far.close()

    found = statuses(ledger, mailing)
    assert line.made == 8
    assert stops >= 1
    assert set(server.received.values()) == {1}
    assert found.count("accepted") + found.count("uncertain") == 60
    assert found.count("accepted") <= len(server.received)


def test_the_victim_of_a_deadlock_does_its_transaction_again_and_not_its_mail(ledger, ledger_url):
    mailing, deliveries = started(ledger)
    claim = ledger.sending.claim(worker="w", now=NOON)
    granted = []
    marking = threading.Thread(
        target=lambda: granted.append(ledger.sending.mark(claim, [deliveries[0].id], now=NOON))
    )
    address = make_url(ledger_url).set(drivername="postgresql")
    with psycopg.connect(address.render_as_string(hide_password=False)) as other:
        other.execute("SET deadlock_timeout = '1min'")  # the ledger finds it, and is the victim
        other.execute("SELECT 1 FROM delivery WHERE id = %s FOR UPDATE", [deliveries[0].id])
        marking.start()
        while not _waiting(ledger_url):
            time.sleep(0.02)
        other.execute("UPDATE mailing SET note = 'seen' WHERE id = %s", [mailing.id])

    marking.join()

    assert granted == [{deliveries[0].id}]
    assert ledger.mailings.get(mailing.id).note == "seen"
    assert statuses(ledger, mailing) == ["sending", "pending", "pending"]
    assert [each.attempt for each in ledger.deliveries.of_mailing(mailing.id)] == [1, 0, 0]


def test_a_doubt_that_somebody_else_is_settling_is_left_to_them_and_not_waited_for(
    ledger, ledger_url
):
    mailing, deliveries = started(ledger, count=2)
    ids = [delivery.id for delivery in deliveries]
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, ids, now=NOON)
    ledger.sending.release(claim, now=NOON)
    address = make_url(ledger_url).set(drivername="postgresql")
    with psycopg.connect(address.render_as_string(hide_password=False)) as other:
        other.execute("UPDATE delivery SET status = 'delivered' WHERE id = %s", [ids[0]])

        settled = ledger.uncertain.resolve(ids, resend=True, actor=ACTOR, why="", at=NOON)

    assert settled == {ids[1]}
    assert statuses(ledger, mailing) == ["delivered", "pending"]


def _waiting(url):
    """Whether somebody waits for a row that another holds."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as looking:
        found = looking.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND datname = current_database()"
        ).fetchone()
    return found[0] > 0


@contextmanager
def failing_writes(ledger_url, *, code, times):
    """So many writes about deliveries fail with this SQLSTATE, then all succeed."""
    url = make_url(ledger_url).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        # A sequence counts on when the transaction that asked it is rolled back.
        connection.execute(
            f"""
            CREATE SEQUENCE tries;
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF nextval('tries') <= {times} THEN
                    RAISE EXCEPTION 'on purpose' USING ERRCODE = '{code}';
                END IF;
                RETURN NULL;
            END $$;
            CREATE TRIGGER failing BEFORE UPDATE ON delivery EXECUTE FUNCTION fail();
            """
        )
        try:
            yield
        finally:
            connection.execute(
                "DROP TRIGGER failing ON delivery; DROP FUNCTION fail; DROP SEQUENCE tries"
            )


def test_a_mark_in_conflict_with_another_writer_is_tried_five_times(ledger, ledger_url):
    started(ledger)
    claim = ledger.sending.claim(worker="w", now=NOON)
    first, second, _ = [delivery.id for delivery in claim.deliveries]

    with failing_writes(ledger_url, code="40001", times=4):
        assert ledger.sending.mark(claim, [first], now=NOON) == {first}
    with (
        failing_writes(ledger_url, code="40001", times=5),
        pytest.raises(LedgerError, match="in each other's way"),
    ):
        ledger.sending.mark(claim, [second], now=NOON)


def test_a_mark_that_fails_for_another_reason_is_an_error_at_once(ledger, ledger_url):
    started(ledger)
    claim = ledger.sending.claim(worker="w", now=NOON)

    with (
        failing_writes(ledger_url, code="53100", times=1),
        pytest.raises(LedgerError, match="disk is full"),
    ):
        ledger.sending.mark(claim, [claim.deliveries[0].id], now=NOON)


def test_a_table_that_is_gone_is_a_damaged_ledger(ledger, ledger_url):
    rename(ledger_url, "delivery", "elsewhere")
    try:
        with pytest.raises(LedgerError) as refused:
            ledger.deliveries.find("x")
    finally:
        rename(ledger_url, "elsewhere", "delivery")

    assert is_damage(refused.value)


def rename(url, old, new):
    database = Database(url, patience_s=2)
    with database.writing() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {old} RENAME TO {new}")
    database.close()
