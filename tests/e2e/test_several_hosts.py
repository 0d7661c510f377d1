"""One office on several hosts: the ledger decides, the engine rings."""

import signal
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime

import psycopg
import pytest

from mailer.errors import LedgerError
from mailer.ledger import open_ledger
from tests.counterparts.builders import statuses
from tests.counterparts.hosts import delete_all_jobs, host, office, under_way
from tests.counterparts.pooler import MISSING, PGBOUNCER, pooler
from tests.counterparts.scripted_smtp import ScriptedServer
from tests.counterparts.waiting import wait_until

COUNT = 1_500
pytestmark = [
    pytest.mark.parametrize("ledger_url", ["postgresql"], indirect=True),
    pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX"),
]


class Distant(ScriptedServer):
    """Takes its time for each message, and remembers who sent it."""

    def action_at(self, phase, words):
        if phase == "dot":
            time.sleep(0.002)
        return super().action_at(phase, words)

    def has(self, count):
        return lambda: len(self.taken) >= count


def test_hosts_share_a_mailing_and_it_ends_although_every_job_is_deleted(
    tmp_path, ledger, ledger_url
):
    mailing = under_way(ledger, count=COUNT)
    with Distant() as server:
        workspace = office(tmp_path / "bureau", ledger_url, port=server.port)
        with host(workspace) as one, host(workspace) as other:
            wait_until(server.has(COUNT // 4), process=one)
            deleted = delete_all_jobs(ledger_url)
            wait_until(server.has(COUNT // 2), process=other)
            deleted += delete_all_jobs(ledger_url)
            wait_until(lambda: ledger.mailings.get(mailing.id).state == "done", process=one)
            for each in (one, other):
                each.send_signal(signal.SIGTERM)
            assert [each.wait() for each in (one, other)] == [0, 0]

    assert deleted
    assert ledger.processes.all() == []  # each has said that it leaves
    assert set(server.received.values()) == {1}
    assert Counter(statuses(ledger, mailing)) == {"accepted": COUNT}


class Held(ScriptedServer):
    """Takes some messages, and holds the next ones until it is let go."""

    def __init__(self, after):
        super().__init__()
        self._after, self.holds, self.may_go_on = after, threading.Event(), threading.Event()

    def action_at(self, phase, words):
        if phase == "dot" and len(self.taken) >= self._after:
            self.holds.set()
            self.may_go_on.wait()
        return super().action_at(phase, words)


def test_a_host_that_is_stopped_ends_the_messages_in_hand_and_gives_the_rest_back_at_once(
    tmp_path, ledger, ledger_url
):
    mailing = under_way(ledger, count=COUNT)
    with Held(after=COUNT // 4) as server:
        workspace = office(tmp_path / "bureau", ledger_url, port=server.port)
        with host(workspace) as process:
            wait_until(server.holds.is_set, process=process)
            process.send_signal(signal.SIGTERM)
            server.may_go_on.set()
            assert process.wait() == 0

    taken = len(server.taken)
    assert taken < COUNT
    assert Counter(statuses(ledger, mailing)) == {"accepted": taken, "pending": COUNT - taken}
    assert ledger.sending.claim(worker="another", now=datetime.now(UTC)) is not None
    with psycopg.connect(ledger_url) as connection:
        left = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"
        assert connection.execute(left).fetchone() == (0,)


def test_each_role_may_have_a_host_of_its_own(tmp_path, ledger, ledger_url):
    mailing = under_way(ledger, count=600)
    with Distant() as server:
        workspace = office(tmp_path / "bureau", ledger_url, port=server.port)
        with host(workspace, "--only", "send") as sender:
            with host(workspace, "--only", "clock", "--only", "watch"):
                wait_until(lambda: ledger.mailings.get(mailing.id).state == "done", process=sender)
            sender.send_signal(signal.SIGTERM)
            assert sender.wait() == 0

    assert statuses(ledger, mailing) == ["accepted"] * 600
    assert set(server.received.values()) == {1}


@pytest.fixture
def pooled_url(ledger_url):
    if PGBOUNCER is None:
        # A contributor's machine may lack it; the gate installs it first, so that nothing is skipped there.
        pytest.skip(MISSING)
    with pooler(ledger_url) as url:
        yield url


def test_hosts_behind_a_pooler_with_few_connections_share_a_mailing(
    tmp_path, ledger, ledger_url, pooled_url
):
    # Trap I3: a pooler breaks prepared statements and LISTEN.
    mailing = under_way(ledger, count=900)
    direct = f'direct_url = "{ledger_url}"'
    with Distant() as server:
        workspace = office(tmp_path / "bureau", pooled_url, port=server.port, ledger=direct)
        with host(workspace) as one, host(workspace) as other:
            wait_until(lambda: ledger.mailings.get(mailing.id).state == "done", process=one)
            for each in (one, other):
                each.send_signal(signal.SIGTERM)
            told = [each.communicate()[0] for each in (one, other)]
            assert [each.returncode for each in (one, other)] == [0, 0], told

    assert statuses(ledger, mailing) == ["accepted"] * 900
    assert set(server.received.values()) == {1}
    assert not [each for each in told if "direct_url" in each]


def test_a_pooler_taken_for_the_database_is_recognised(ledger, pooled_url):
    with pytest.raises(LedgerError, match="pooler"):
        open_ledger(pooled_url)
