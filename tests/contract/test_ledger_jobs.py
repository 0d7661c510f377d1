"""The jobs, each done by one worker at a time: one suite for both databases."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from mailer.errors import Place, Problem
from mailer.ledger.directory import contacts as saving
from mailer.model.contacts.contact_import import ImportOrigin, TakenList
from mailer.model.contacts.list_file import ListFile
from mailer.model.service.exported_file import ExportedFile
from mailer.model.service.job import Job, JobEnd, JobKind, JobRequest, JobState
from mailer.model.team.actor import Actor, Via
from mailer.model.team.person import Role
from mailer.wording import _
from tests.counterparts.builders import NOON, a_contact, after

ADA = Actor("a.roy", "Ada Roy", Via.DESK, frozenset(Role), proved_at=NOON)
LEASE = after(minutes=10)


def a_job(job_id="first", *, subject="meeting", asked_at=NOON, actor=ADA):
    request = JobRequest(JobKind.REHEARSAL, subject, actor, {"language": "fr"})
    return Job(job_id, request, asked_at, JobState.WAITING)


def test_a_job_is_kept_as_it_was_asked_for(ledger):
    ledger.jobs.add(a_job())

    assert ledger.jobs.get("first") == a_job()
    assert ledger.jobs.get("unknown") is None


def test_the_job_that_waits_longest_is_done_first_and_by_one_worker(ledger):
    ledger.jobs.add(a_job("late", asked_at=after(minutes=1)))
    ledger.jobs.add(a_job("early"))

    found = [ledger.jobs.claim(worker=f"w{number}", lease_until=LEASE) for number in range(3)]

    assert [each and (each.id, each.worker) for each in found] == [
        ("early", "w0"),
        ("late", "w1"),
        None,
    ]
    assert [each.id for each in ledger.jobs.running()] == ["early", "late"]


def test_of_many_workers_at_once_each_gets_another_job(ledger):
    for number in range(6):
        ledger.jobs.add(a_job(f"job{number}"))

    with ThreadPoolExecutor(8) as threads:
        found = list(
            threads.map(
                lambda number: ledger.jobs.claim(worker=f"w{number}", lease_until=LEASE), range(8)
            )
        )

    assert sorted(each.id for each in found if each) == [f"job{number}" for number in range(6)]


def test_how_far_a_job_has_come_is_known_and_its_worker_goes_on(ledger):
    ledger.jobs.add(a_job())
    ledger.jobs.claim(worker="w", lease_until=LEASE)

    goes_on = ledger.jobs.report("first", worker="w", done=2, total=4, lease_until=after(hours=1))

    job = ledger.jobs.get("first")
    assert goes_on
    assert (job.done, job.total, job.lease_until) == (2, 4, after(hours=1))


def test_a_job_that_waits_is_cancelled_at_once_and_a_running_one_at_its_next_report(ledger):
    for job_id in ("first", "second"):
        ledger.jobs.add(a_job(job_id))
    ledger.jobs.claim(worker="w", lease_until=LEASE)

    for job_id in ("first", "second"):
        ledger.jobs.ask_to_cancel(job_id, at=after(minutes=1))

    assert ledger.jobs.get("second").state is JobState.CANCELLED
    assert ledger.jobs.get("second").ended_at == after(minutes=1)
    assert ledger.jobs.get("first").state is JobState.RUNNING
    assert not ledger.jobs.report("first", worker="w", done=1, total=4, lease_until=LEASE)
    assert ledger.jobs.claim(worker="w", lease_until=LEASE) is None


def test_a_job_that_has_ended_stays_as_it_ended(ledger):
    ledger.jobs.add(a_job())
    ledger.jobs.claim(worker="w", lease_until=LEASE)
    problem = Problem(
        Place("liste.csv", 3, key="address"), _("Nobody of {list}.", list="press"), _("Look.")
    )
    end = JobEnd(JobState.REFUSED, {"waiting": 2}, (problem,))

    assert ledger.jobs.end("first", end, worker="w", at=LEASE)
    assert not ledger.jobs.end("first", JobEnd(JobState.DONE), worker="w", at=after(days=1))
    ledger.jobs.ask_to_cancel("first", at=after(days=1))

    job = ledger.jobs.get("first")
    assert (job.state, job.result, job.problems) == (end.state, end.result, end.problems)
    assert job.ended_at == LEASE


def test_a_worker_ends_no_job_of_another(ledger):
    ledger.jobs.add(a_job())
    ledger.jobs.claim(worker="w", lease_until=LEASE)

    assert not ledger.jobs.end("first", JobEnd(JobState.DONE), worker="other", at=NOON)
    assert not ledger.jobs.report("first", worker="other", done=1, total=1, lease_until=LEASE)
    assert ledger.jobs.get("first").state is JobState.RUNNING


def test_somebody_finds_their_own_jobs_the_newest_first(ledger):
    ledger.jobs.add(a_job("old"))
    ledger.jobs.add(a_job("new", asked_at=after(hours=1)))
    ledger.jobs.add(a_job("other", actor=replace(ADA, person="b.bon")))

    assert [each.id for each in ledger.jobs.newest(person="a.roy", limit=5)] == ["new", "old"]
    assert [each.id for each in ledger.jobs.newest(person="a.roy", limit=1)] == ["new"]


def a_file(job_id="first", *, content=b"table", made_at=NOON):
    return ExportedFile(job_id, "contacts.xlsx", "text/csv", content, made_at)


def test_an_exported_file_is_kept_until_it_is_old(ledger):
    ledger.exported_files.keep(a_file(content=b"half"))
    ledger.exported_files.keep(a_file())
    ledger.exported_files.keep(a_file("late", made_at=after(minutes=1)))

    removed = ledger.exported_files.remove_older(after(minutes=1))

    assert removed == 1
    assert ledger.exported_files.get("first") is None
    assert ledger.exported_files.get("late") == a_file("late", made_at=after(minutes=1))


def test_an_export_is_journalled_with_its_file_and_once(ledger):
    def keep(content):
        ledger.exported_files.keep_export(
            a_file(content=content), actor=ADA, subject="press", detail="2 people", at=NOON
        )

    keep(b"table")
    keep(b"written again")

    assert ledger.exported_files.get("first") == a_file()
    told = [(each.action, each.detail) for each in ledger.journal.entries("press")]
    assert told == [("export", "2 people")]


def test_an_uploaded_list_ends_with_the_last_part_of_its_import(ledger, monkeypatch):
    monkeypatch.setattr(saving, "_AT_ONCE", 1)
    ledger.list_files.keep(ListFile("list", "a.csv", "press", b"...", "Ada Roy", NOON))

    def people():
        yield a_contact("ada@press.example")
        yield a_contact("bea@press.example")
        assert ledger.list_files.get("list") is not None

    origin = ImportOrigin("a.csv", "press", taken=TakenList("first", {"waiting": 0}, "list"))
    ledger.contacts.save(people(), actor=ADA, at=NOON, origin=origin)

    assert ledger.list_files.get("list") is None
    assert json.loads(ledger.exported_files.get("first").content) == {"waiting": 0}
    assert [each.action for each in ledger.journal.entries("press")] == ["import", "import"]


def test_forgetting_somebody_removes_every_exported_file(ledger):
    ledger.exported_files.keep(a_file())

    ledger.erasure.forget(a_contact("ada@lab.example").address, actor=ADA, why="asked", at=NOON)

    assert ledger.exported_files.get("first") is None


def test_a_worker_may_leave_to_others_what_was_asked_for_lately(ledger):
    ledger.jobs.add(a_job("list"))
    ledger.jobs.add(a_job("play", asked_at=after(minutes=1)))

    def claimed(asked_by):
        job = ledger.jobs.claim(worker="w", lease_until=LEASE, asked_by=asked_by)
        return job and job.id

    found = [claimed(after(seconds=-1)), claimed(NOON), claimed(NOON), claimed(None)]

    assert found == [None, "list", None, "play"]


def test_a_job_whose_worker_is_gone_waits_again_and_is_known_to_have_done_so(ledger):
    ledger.jobs.add(a_job())
    ledger.jobs.claim(worker="gone", lease_until=LEASE)
    ledger.jobs.report("first", worker="gone", done=1, total=4, lease_until=LEASE)

    assert not ledger.jobs.requeue("first", worker="other")
    assert ledger.jobs.requeue("first", worker="gone")

    assert ledger.jobs.get("first") == replace(a_job(), is_requeued=True)
    assert ledger.jobs.claim(worker="w", lease_until=LEASE).is_requeued
    assert not ledger.jobs.report("first", worker="gone", done=2, total=4, lease_until=LEASE)
    assert ledger.jobs.end("first", JobEnd(JobState.DONE), worker="w", at=NOON)
    assert not ledger.jobs.get("first").is_requeued
