"""Long work that was asked for at a desk is done by a host of the service, whatever dies."""

import socket
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from mailer.model.actor import PROGRAM, Actor, Via
from mailer.model.identity import SignInMethod
from mailer.model.job import JobKind, JobRequest, JobState
from mailer.model.list_file import ListFile
from mailer.model.person import Role
from mailer.operations.jobs import LEASE, ask_for_job
from mailer.operations.team.sign_in import new_session
from tests.counterparts.hosts import host, office
from tests.counterparts.team import a_person
from tests.counterparts.waiting import wait_until
from tests.counterparts.webhook import free_port
from tests.e2e.test_desk import asked
from tests.e2e.test_two_doors import desk

NADIA = a_person("Nadia Leroy", Role.EDITOR)
ROWS = 200
CONTENT = "adresse;nom\n" + "".join(f"lecteur{n}@press.example;Lecteur {n}\n" for n in range(ROWS))

pytestmark = [
    pytest.mark.parametrize("ledger_url", ["postgresql"], indirect=True),
    pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX"),
]


@pytest.fixture
def workspace(tmp_path, ledger, ledger_url):
    ledger.team.add([NADIA], actor=PROGRAM, at=datetime.now(UTC))
    return office(tmp_path / "bureau", ledger_url, port=free_port())


def a_list(ledger):
    """A list that waits to be taken in; its id."""
    now = datetime.now(UTC)
    ledger.list_files.keep(ListFile("f1", "liste.csv", "essai", CONTENT.encode(), "Nadia", now))
    return "f1"


def taken_in(ledger):
    return len(ledger.contacts.all(("essai",)))


def test_a_list_is_taken_in_by_a_host_although_the_desk_was_killed(workspace, ledger):
    opened = new_session(NADIA, method=SignInMethod.PASSWORD, agent="", now=datetime.now(UTC))
    ledger.sign_ins.open_session(opened.session, actor=opened.actor)
    port, file = free_port(), a_list(ledger)
    address, cookie = f"http://127.0.0.1:{port}/imports/{file}", f"desk-{port}={opened.token}"

    with desk(workspace, port):
        status, headers, _text = asked(address, {"act": "take-in"}, cookie)
    job = ledger.jobs.get(headers["location"].rpartition("/")[2].partition("?")[0])
    assert (status, job.state) == (303, JobState.WAITING)
    with host(workspace, "--only", "watch") as process:
        wait_until(lambda: ledger.jobs.get(job.id).has_ended, process=process)

    assert ledger.jobs.get(job.id).state is JobState.DONE
    assert taken_in(ledger) == ROWS


def test_a_list_whose_host_was_killed_meanwhile_is_taken_in_by_another(workspace, ledger):
    now, killed = datetime.now(UTC), subprocess.Popen([sys.executable, "-c", "pass"])
    killed.wait()
    values = {"list": "essai", "decisions": []}
    nadia = Actor(NADIA.id, NADIA.name, Via.DESK, NADIA.roles)
    request = JobRequest(JobKind.IMPORT, a_list(ledger), nadia, values)
    job = ask_for_job(request, ledger=ledger, now=now)
    ledger.jobs.claim(worker=f"{socket.gethostname()}:{killed.pid}", lease_until=now + LEASE)

    with host(workspace, "--only", "watch") as process:
        wait_until(lambda: ledger.jobs.get(job.id).has_ended, process=process)

    assert ledger.jobs.get(job.id).state is JobState.DONE
    assert taken_in(ledger) == ROWS
