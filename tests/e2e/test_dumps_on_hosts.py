"""The dump of the day is made by one of the hosts, whatever becomes of the jobs of the engine."""

import signal
import sys
from datetime import UTC, datetime

import pytest

from tests.counterparts.hosts import delete_all_jobs, host, office
from tests.counterparts.waiting import wait_until
from tests.counterparts.webhook import free_port

pytestmark = [
    pytest.mark.parametrize("ledger_url", ["postgresql"], indirect=True),
    pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX"),
]


def dumped(ledger):
    return ledger.journal.entries("ledger", action="dump")


def has_worked(ledger):
    """Whether some job of the engine has been done."""
    return any(state.succeeded_at for state in ledger.heartbeat.tasks())


def stop(*processes):
    for each in processes:
        each.send_signal(signal.SIGTERM)
    told = [each.communicate()[0] for each in processes]
    assert [each.returncode for each in processes] == [0] * len(processes), told


def test_two_hosts_make_one_dump_although_every_job_is_deleted(tmp_path, ledger, ledger_url):
    dumps = f'dumps = "{tmp_path / "dumps"}"'
    workspace = office(tmp_path / "bureau", ledger_url, port=free_port(), ledger=dumps)
    with host(workspace) as one, host(workspace) as other:
        # Before it has begun, a signal ends a process as any other.
        wait_until(lambda: len(ledger.processes.all()) == 2, process=one)
        wait_until(lambda: has_worked(ledger), process=one)
        delete_all_jobs(ledger_url)
        wait_until(lambda: dumped(ledger), process=one)
        stop(one, other)

    (line,) = dumped(ledger)
    (dump,) = (tmp_path / "dumps").iterdir()
    assert line.detail.startswith(dump.name)
    assert line.name == "mailer"
    states = {state.task: state for state in ledger.heartbeat.tasks()}
    assert states["backup"].succeeded_at is not None
    assert ledger.condition.newest_backup_at() < datetime.now(UTC)


def test_a_service_without_other_hosts_makes_the_dump_in_a_thread(tmp_path, ledger, ledger_url):
    dumps = f'dumps = "{tmp_path / "dumps"}"'
    workspace = office(tmp_path / "bureau", ledger_url, port=free_port(), ledger=dumps)
    config = workspace / "config.toml"
    config.write_text(config.read_text("utf-8").replace('"procrastinate"', '"threads"'), "utf-8")
    with host(workspace) as one:
        wait_until(lambda: dumped(ledger), process=one)
        stop(one)

    assert len(list((tmp_path / "dumps").iterdir())) == 1
