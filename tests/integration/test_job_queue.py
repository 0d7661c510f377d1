"""The engine on Procrastinate: rounds and bells, and the faults that its jobs may have."""

import threading
from contextlib import contextmanager

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.engine.bell import Bell
from mailer.engine.job_queue import JobQueueEngine
from mailer.engine.rounds import Round, cron_for
from mailer.model.service.service_role import ServiceRole
from tests.counterparts.postgres import MISSING

LONG_S = 600  # ends what hangs


@pytest.fixture(scope="module")
def bell(postgres_url):
    if postgres_url is None:
        # A contributor's machine may lack it; the gate installs it first, so that nothing is skipped there.
        pytest.skip(MISSING)
    bell = Bell(postgres_url)
    bell.install()
    return bell


@pytest.fixture
def jobs(bell, postgres_url):
    """A connection to the tables of the engine, which are empty."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
        yield connection


class Counted:
    """Work that counts its rounds, and can be waited for."""

    def __init__(self):
        self._condition, self.rounds = threading.Condition(), 0

    def __call__(self):
        with self._condition:
            self.rounds += 1
            self._condition.notify_all()

    def wait(self, more=1, *, after=lambda: None):
        """Wait for so many rounds more than there were before `after` was done."""
        least = self.rounds + more
        after()
        with self._condition:
            assert self._condition.wait_for(lambda: self.rounds >= least, LONG_S)


def wait_for_no_jobs(jobs):
    while jobs.execute("SELECT count(*) FROM procrastinate_jobs").fetchone()[0]:
        threading.Event().wait(0.05)


@contextmanager
def serving(address, *rounds, admit=lambda: None):
    engine = JobQueueEngine(address, admit=admit, failed=lambda _error: None)
    thread = threading.Thread(target=engine.serve, args=[rounds])
    thread.start()
    try:
        yield engine
    finally:
        engine.stop()
        thread.join(LONG_S)
        assert not thread.is_alive()


def tick(work, every_s=3600):
    return Round("tick", ServiceRole.CLOCK, work, every_s=every_s)


def chunk(work, at_once=2):
    return Round("chunk", ServiceRole.SEND, work, at_once=at_once)


def test_a_bell_wakes_a_worker_long_before_the_round_comes_by_itself(bell, jobs, postgres_url):
    work = Counted()
    with serving(postgres_url, tick(work)):
        work.wait(after=bell.ring)
        work.wait(after=bell.ring)


def test_long_work_that_is_asked_for_wakes_a_host_at_once(bell, jobs, postgres_url):
    work = Counted()
    with serving(postgres_url, Round("long-work", ServiceRole.WATCH, work, every_s=3600)):
        work.wait(after=bell.ring_for_long_work)
        work.wait(after=bell.ring_for_long_work)


def test_a_round_comes_by_itself_without_a_bell(bell, jobs, postgres_url):
    work = Counted()
    with serving(postgres_url, tick(work, every_s=1)):
        work.wait(2)


def test_two_hosts_share_the_chunks_and_do_none_twice(bell, jobs, postgres_url):
    here, there = Counted(), Counted()
    with serving(postgres_url, chunk(here)), serving(postgres_url, chunk(there)):
        rung = 0
        while not (here.rounds and there.rounds):  # one of them may begin much later
            bell.ring_for_chunks(range(rung, rung + 50))
            rung += 50
            wait_for_no_jobs(jobs)

    assert here.rounds + there.rounds == rung


@pytest.mark.parametrize("of_worker", ["gone", "silent"])
def test_a_job_left_as_running_by_a_dead_worker_stops_no_round(bell, jobs, postgres_url, of_worker):
    # procrastinate-org/procrastinate 1518: such a job keeps its lock, and nobody does its task.
    (worker,) = jobs.execute(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')"
        " RETURNING id"
    ).fetchone()
    jobs.execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, status, worker_id)"
        " VALUES ('clock', 'tick', 'tick', 'doing', %s)",
        [None if of_worker == "gone" else worker],
    )
    work = Counted()

    with serving(postgres_url, tick(work)):
        work.wait(after=bell.ring)


def test_a_job_left_as_running_by_a_living_worker_stops_no_round(bell, jobs, postgres_url):
    # The line was cut while the job was taken, or while its end was being said.
    work = Counted()
    with serving(postgres_url, tick(work)):
        work.wait(after=bell.ring)
        wait_for_no_jobs(jobs)
        jobs.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, status, worker_id)"
            " SELECT 'clock', 'tick', 'tick', 'doing', id FROM procrastinate_workers"
        )
        work.wait(after=bell.ring)


def test_a_bell_that_collides_with_jobs_that_wait_still_asks_for_the_others(bell, jobs):
    # 1446 and 1543: one queueing lock that is taken undoes the whole batch.
    bell.ring_for_chunks([1, 3])
    bell.ring_for_chunks([1, 2, 3, 4])
    bell.ring()
    bell.ring()

    found = jobs.execute("SELECT queueing_lock FROM procrastinate_jobs ORDER BY id").fetchall()
    assert [row[0] for row in found] == ["chunk 1", "chunk 3", "chunk 2", "chunk 4", "tick"]


def test_a_bell_that_cannot_be_rung_raises_nothing(tmp_path):
    Bell(f"postgresql://nobody@/nowhere?host={tmp_path}").ring()


def test_jobs_deleted_while_they_run_and_wait_are_made_good_by_the_next_round(
    bell, jobs, postgres_url
):
    work = Counted()

    def delete_all():
        jobs.execute("DELETE FROM procrastinate_periodic_defers")
        jobs.execute("DELETE FROM procrastinate_jobs")
        work()

    with serving(postgres_url, tick(delete_all, every_s=1)):
        work.wait(3)


def test_a_listening_line_that_is_cut_is_made_anew(bell, jobs, postgres_url):
    # 1116 and 1425: a worker ends, or hears nothing any more, when its line is lost.
    work = Counted()
    with serving(postgres_url, tick(work, every_s=2)):
        for _cut in range(3):
            jobs.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
            work.wait(2)


def test_a_host_that_may_not_work_does_no_round_until_it_may(bell, jobs, postgres_url):
    asked, work, told = Counted(), Counted(), []
    may_work = threading.Event()

    def admit():
        asked()
        if not may_work.is_set():
            raise RuntimeError

    engine = JobQueueEngine(postgres_url, admit=admit, failed=told.append)
    thread = threading.Thread(target=engine.serve, args=[[tick(work, every_s=1)]])
    thread.start()
    asked.wait(2)
    was_idle = work.rounds == 0
    may_work.set()
    work.wait()
    engine.stop()
    thread.join(LONG_S)

    assert was_idle
    assert isinstance(told[0], RuntimeError)
    assert told[-1] is None


@given(st.floats(min_value=1, max_value=1e6, allow_nan=False))
def test_a_regular_interval_is_never_longer_than_asked_for_and_rarely_half(every_s):
    interval_s = seconds_between(cron_for(every_s))

    assert interval_s <= every_s
    assert interval_s * 2.1 > min(every_s, 3600)


def seconds_between(cron):
    from croniter import croniter

    times = croniter(cron, 0)
    first, second, third = (times.get_next(float) for _ in range(3))
    assert third - second == second - first
    return second - first
