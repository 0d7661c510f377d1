"""The thread that writes marks and outcomes: what is lost, repeated or left behind."""

import sqlite3
import threading
import time
from contextlib import closing, contextmanager

import psycopg
import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from mailer.errors import LedgerError
from mailer.ledger import open_ledger
from mailer.model.mailings.delivery import Accepted, Deferred
from tests.counterparts.builders import NOON, after, started, statuses
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.waiting import wait_until

SOON = after(seconds=1)


@pytest.fixture
def path(tmp_path):
    """The file of an empty ledger."""
    empty_ledger(tmp_path / "ledger.db")
    return tmp_path / "ledger.db"


def opened(path):
    return open_ledger(f"sqlite:///{path}", patience_s=0.2)


def claimed(ledger, *, now=NOON, worker="w1"):
    return ledger.sending.claim(worker=worker, now=now)


def ids(claim):
    return [delivery.id for delivery in claim.deliveries]


def marked(ledger):
    """A claim whose deliveries are all marked."""
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=NOON)
    return claim


def held(path):
    """A connection of another program that lets nobody else write."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    return connection


@contextmanager
def failing_transactions(error, *, times):
    """So many transactions fail with this error of PostgreSQL when they begin, then all succeed;
    gives the list of those that were tried.
    """
    tried = []

    def fail(connection):
        tried.append(connection)
        if len(tried) <= times:
            raise OperationalError("", {}, error("on purpose"))

    event.listen(Engine, "begin", fail)
    try:
        yield tried
    finally:
        event.remove(Engine, "begin", fail)


@contextmanager
def lost_answers():
    """Whatever is committed, the answer to the commit is lost."""

    def commit(connection):
        connection.exec_driver_sql("COMMIT")
        raise OperationalError("", {}, psycopg.errors.AdminShutdown("on purpose"))

    event.listen(Engine, "commit", commit)
    try:
        yield
    finally:
        event.remove(Engine, "commit", commit)


def test_an_outcome_is_written_although_no_request_follows_it(path):
    with closing(opened(path)) as ledger:
        mailing, _ = started(ledger, count=1)
        claim = marked(ledger)

        ledger.sending.settle(claim, ids(claim)[0], Accepted("250"), now=SOON)

        wait_until(lambda: statuses(ledger, mailing) == ["accepted"])


def test_an_outcome_that_could_not_be_written_is_retried_although_no_request_follows_it(path):
    with closing(opened(path)) as ledger:
        mailing, _ = started(ledger, count=2)
        claim = claimed(ledger)
        first, second = ids(claim)
        ledger.sending.mark(claim, [first], now=NOON)
        with closing(held(path)):
            ledger.sending.settle(claim, first, Accepted("250"), now=SOON)
            with pytest.raises(LedgerError):
                ledger.sending.mark(claim, [second], now=SOON)

        wait_until(lambda: statuses(ledger, mailing) == ["accepted", "pending"])


def test_an_outcome_is_written_once_and_never_opens_its_chunk_again(path):
    with closing(opened(path)) as ledger:
        started(ledger, count=1)
        claim = marked(ledger)
        ledger.sending.settle(claim, ids(claim)[0], Deferred("451", retry_after_s=60), now=NOON)
        ledger.sending.release(claim, now=NOON, hold_until=after(hours=1))
        started(ledger, step="reminder", count=1)
        marked(ledger)  # the next group

        assert claimed(ledger, now=after(seconds=60), worker="w2") is None
        assert claimed(ledger, now=after(hours=1), worker="w2").mailing_id == claim.mailing_id


def test_a_ledger_that_is_closed_with_an_unwritten_outcome_says_so(path):
    ledger = opened(path)
    started(ledger, count=1)
    claim = marked(ledger)

    with closing(held(path)):
        ledger.sending.settle(claim, ids(claim)[0], Accepted("250"), now=SOON)

        with pytest.raises(LedgerError):
            ledger.close()


def test_a_closed_ledger_leaves_no_thread_and_no_open_file(path):
    threads = set(threading.enumerate())
    ledger = opened(path)
    started(ledger)
    marked(ledger)
    assert (path.parent / "ledger.db-wal").exists()

    ledger.close()

    assert set(threading.enumerate()) <= threads
    assert not (path.parent / "ledger.db-wal").exists()  # its last connection removes it


def test_a_ledger_that_was_closed_writes_again_when_it_is_asked_to(path):
    ledger = opened(path)
    mailing, _ = started(ledger, count=2)
    claim = claimed(ledger)
    first, second = ids(claim)
    ledger.sending.mark(claim, [first], now=NOON)
    ledger.close()

    ledger.sending.settle(claim, first, Accepted("250"), now=NOON)
    ledger.sending.mark(claim, [second], now=NOON)
    ledger.close()

    with closing(opened(path)) as reader:
        assert statuses(reader, mailing) == ["accepted", "sending"]


def test_a_ledger_that_is_never_closed_keeps_no_process_alive(path):
    threads = set(threading.enumerate())
    with closing(opened(path)) as ledger:
        started(ledger)
        marked(ledger)

        assert all(thread.daemon for thread in set(threading.enumerate()) - threads)


def test_a_group_in_conflict_with_another_writer_is_tried_again(path):
    with closing(opened(path)) as ledger:
        started(ledger, count=1)
        claim = claimed(ledger)

        with failing_transactions(psycopg.errors.DeadlockDetected, times=4):
            assert ledger.sending.mark(claim, ids(claim), now=NOON) == {*ids(claim)}


def test_after_five_conflicts_the_mark_is_an_error(path):
    with closing(opened(path)) as ledger:
        mailing, _ = started(ledger, count=1)
        claim = claimed(ledger)

        with (
            failing_transactions(psycopg.errors.DeadlockDetected, times=5) as tried,
            pytest.raises(LedgerError),
        ):
            ledger.sending.mark(claim, ids(claim), now=NOON)

        assert len(tried) == 5
        assert statuses(ledger, mailing) == ["pending"]


def test_a_group_that_fails_for_another_reason_is_tried_once(path):
    with closing(opened(path)) as ledger:
        started(ledger, count=1)
        claim = claimed(ledger)

        with (
            failing_transactions(psycopg.errors.DiskFull, times=1) as tried,
            pytest.raises(LedgerError),
        ):
            ledger.sending.mark(claim, ids(claim), now=NOON)

        assert len(tried) == 1


def test_a_mark_whose_commit_got_no_answer_is_put_back_and_may_be_sent_at_once(path):
    with closing(opened(path)) as ledger:
        mailing, _ = started(ledger, count=1)
        claim = claimed(ledger)

        with lost_answers(), pytest.raises(LedgerError):
            ledger.sending.mark(claim, ids(claim), now=NOON)
        assert statuses(ledger, mailing) == ["sending"]  # it was committed
        ledger.sending.release(claim, now=NOON)

        assert statuses(ledger, mailing) == ["deferred"]
        assert ids(claimed(ledger, now=NOON)) == ids(claim)
        assert ledger.deliveries.find(ids(claim)[0]).attempt == 0


def test_an_outcome_shares_the_commit_of_the_next_mark(path, monkeypatch):
    # It waits for ever: otherwise a busy machine could end its wait before the mark.
    monkeypatch.setattr("mailer.ledger.sending.writer._SHARE_COMMIT_S", 3600)
    with closing(opened(path)) as former, closing(opened(path)) as ledger:
        mailing, _ = started(former, count=3)
        claim = claimed(former)
        first, second, third = ids(claim)
        former.sending.mark(claim, [first], now=NOON)

        with failing_transactions(psycopg.errors.DiskFull, times=0) as begun:
            for sent, following in ((first, second), (second, third)):
                ledger.sending.settle(claim, sent, Accepted("250"), now=SOON)
                time.sleep(0.05)  # a thread that did not wait for the mark would write now
                ledger.sending.mark(claim, [following], now=SOON)

        assert len(begun) == 2
        assert statuses(ledger, mailing) == ["accepted", "accepted", "sending"]
