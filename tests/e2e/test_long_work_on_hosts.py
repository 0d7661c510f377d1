"""Long work that was asked for at a desk is done by a host of the service, whatever dies."""

import shutil
import socket
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from mailer.model.contacts.list_file import ListFile
from mailer.model.service.job import JobKind, JobRequest, JobState
from mailer.model.team.actor import PROGRAM, Actor, Via
from mailer.model.team.identity import SignInMethod
from mailer.model.team.person import Role
from mailer.operations.jobs import LEASE, ask_for_job
from mailer.operations.team.sign_in import new_session
from tests.counterparts.hosts import delete_all_jobs, host, office
from tests.counterparts.team import a_person
from tests.counterparts.waiting import wait_until
from tests.counterparts.webhook import free_port
from tests.e2e.commands import EXAMPLE, a_workspace, mailer
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


def sign_in(ledger, port):
    """Return a cookie of Nadia for the desk of this port."""
    opened = new_session(NADIA, method=SignInMethod.PASSWORD, agent="", now=datetime.now(UTC))
    ledger.sign_ins.open_session(opened.session, actor=opened.actor)
    return f"desk-{port}={opened.token}"


def taken_in(ledger):
    return len(ledger.contacts.all(("essai",)))


def test_a_list_is_taken_in_by_a_host_although_the_desk_was_killed(workspace, ledger):
    port, file = free_port(), a_list(ledger)
    address = f"http://127.0.0.1:{port}/imports/{file}"

    with desk(workspace, port):
        status, headers, _text = asked(address, {"act": "take-in"}, sign_in(ledger, port))
    job = ledger.jobs.get(headers["location"].rpartition("/")[2].partition("?")[0])
    assert (status, job.state) == (303, JobState.WAITING)
    with host(workspace, "--only", "watch") as process:
        wait_until(lambda: ledger.jobs.get(job.id).has_ended, process=process)

    assert ledger.jobs.get(job.id).state is JobState.DONE
    assert taken_in(ledger) == ROWS


def test_a_list_is_read_by_a_host_and_shown_by_a_desk_that_did_not_read_it(workspace, ledger):
    port, sent = free_port(), {"list": "essai", "pasted": CONTENT}
    with desk(workspace, port):
        status, headers, _text = asked(
            f"http://127.0.0.1:{port}/contacts/importer", sent, sign_in(ledger, port)
        )
    job = ledger.jobs.get(headers["location"].rpartition("/")[2])
    assert (status, job.state) == (303, JobState.WAITING)
    with host(workspace, "--only", "watch") as process:
        wait_until(lambda: ledger.jobs.get(job.id).has_ended, process=process)

    another = free_port()
    with desk(workspace, another):
        shown = f"http://127.0.0.1:{another}/imports/{job.request.subject}"
        _status, _headers, text = asked(shown, None, sign_in(ledger, another))

    assert ledger.jobs.get(job.id).state is JobState.DONE
    assert f"{ROWS} " in text
    assert len(ledger.jobs.newest(person=NADIA.id, limit=9)) == 1  # nobody had it read again


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


@pytest.fixture
def written_elsewhere(tmp_path, workspace):
    """The workspace of a desk, whose campaign the machine of the host does not have."""
    folder = a_workspace(tmp_path / "desk", lists=False)
    shutil.copy(workspace / "config.toml", folder / "config.toml")
    for file, name in (("journalistes.xlsx", "press"), ("associations.csv", "associations")):
        path = folder / "campaigns" / EXAMPLE / "lists" / file
        mailer("contacts", "import", path, "--list", name, "--by", "nadia", workspace=folder)
    return folder


def test_a_rehearsal_is_played_by_a_host_and_shown_by_a_desk_from_rows_alone(
    workspace, ledger, written_elsewhere
):
    port, another = free_port(), free_port()
    page = f"/campagnes/{EXAMPLE}/repetition"
    with desk(written_elsewhere, port):
        asked(f"http://127.0.0.1:{port}{page}", {}, sign_in(ledger, port))
    (job,) = ledger.jobs.newest(person=NADIA.id, limit=9)
    assert (job.request.kind, job.state) == (JobKind.REHEARSAL, JobState.WAITING)
    with host(workspace, "--only", "watch") as process:
        wait_until(lambda: ledger.jobs.get(job.id).has_ended, process=process)
    played = ledger.jobs.get(job.id)
    assert (played.state, played.problems) == (JobState.DONE, ())

    with desk(written_elsewhere, another):
        at, cookie = f"http://127.0.0.1:{another}", sign_in(ledger, another)
        _status, led, _text = asked(f"{at}/travaux/{job.id}", None, cookie)
        status, _headers, text = asked(at + led["location"], None, cookie)

    assert status == 200
    assert f"Répété : {played.result['messages']} " in text.replace("\xa0", " ")
    assert not any((workspace / "var" / "rehearsal").iterdir())
    assert not ledger.mailings.summaries()


def test_a_host_that_is_killed_in_a_rehearsal_leaves_it_to_the_next(
    workspace, ledger, ledger_url, written_elsewhere
):
    port = free_port()
    with desk(written_elsewhere, port):
        page = f"http://127.0.0.1:{port}/campagnes/{EXAMPLE}/repetition"
        asked(page, {}, sign_in(ledger, port))
    (job,) = ledger.jobs.newest(person=NADIA.id, limit=9)
    with host(workspace, "--only", "watch") as process:
        wait_until(lambda: ledger.jobs.get(job.id).state is JobState.RUNNING, process=process)
        process.kill()
    assert not ledger.jobs.get(job.id).has_ended
    delete_all_jobs(ledger_url)

    with host(workspace, "--only", "watch") as process:
        wait_until(lambda: ledger.jobs.get(job.id).has_ended, process=process)

    assert ledger.jobs.get(job.id).state is JobState.DONE
    assert not any((workspace / "var" / "rehearsal").iterdir())
