"""Long work at the desk: it goes on without its page, and nothing of it is half done."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from mailer.files.workbook_writing import workbook_bytes
from mailer.model.service.job import JobEnd, JobKind, JobRequest, JobState
from mailer.model.service.service_process import GONE_AFTER, ServiceProcess
from mailer.model.team.actor import Actor, Via
from mailer.operations.exports import KEPT_FOR
from mailer.operations.jobs import (
    LEASE,
    ask_for_job,
    cancel_job,
    end_abandoned_jobs,
    run_next_job,
)
from mailer.wiring.exports import write_export
from mailer.wiring.jobs import JobRunner
from tests.desk.visitors import CAMPAIGN, EXAMPLE, READER, SIGNATORY, WRITER, Page

NADIA = Actor(WRITER.id, WRITER.name, Via.DESK, WRITER.roles)


def asked(app, *, kind=JobKind.REHEARSAL, subject=EXAMPLE, actor=NADIA, **values):
    """A job of Nadia that waits."""
    request = JobRequest(kind, subject, actor, {"language": "fr"} | values)
    return ask_for_job(request, ledger=app.ledger, now=app.clock.now())


def state(app, job):
    return app.ledger.jobs.get(job.id).state


def run(app, work):
    """Do the job that waits longest as `work` says."""
    works = dict.fromkeys(JobKind, work)
    return run_next_job(works=works, ledger=app.ledger, clock=app.clock, worker=app.worker)


def test_a_page_that_was_left_is_found_again_on_the_start_page(desk):
    job = asked(desk.app)

    start = desk.visitor().get("/")

    assert f'href="/travaux/{job.id}"' in start.html
    assert "Répétition" in start.text


def test_the_page_of_a_job_says_how_far_it_has_come(desk):
    job = asked(desk.app)
    desk.app.ledger.jobs.claim(worker="other:1", lease_until=desk.app.clock.now() + LEASE)
    desk.app.ledger.jobs.report(
        job.id, worker="other:1", done=2, total=4, lease_until=desk.app.clock.now() + LEASE
    )

    page = desk.visitor().get(f"/travaux/{job.id}")

    assert 'max="4" value="2"' in page.html
    assert "2 sur 4" in page.text
    assert "Vous pouvez quitter cette page" in page.text


def test_what_somebody_else_asked_for_is_not_shown(desk):
    job = asked(desk.app)

    assert desk.visitor(SIGNATORY).get(f"/travaux/{job.id}").status == 404
    assert desk.visitor(SIGNATORY).post(f"/travaux/{job.id}").status != 303
    assert f"/travaux/{job.id}" not in desk.visitor(SIGNATORY).get("/").html
    assert state(desk.app, job) is JobState.WAITING


def test_a_job_that_waits_is_cancelled_on_its_page(desk):
    job = asked(desk.app)
    visitor = desk.visitor()

    page = visitor.follow(visitor.post(f"/travaux/{job.id}"))

    assert "annulé" in page.text
    assert state(desk.app, job) is JobState.CANCELLED


def test_a_rehearsal_that_is_cancelled_ends_at_its_next_step(desk):
    job = asked(desk.app)
    steps = []

    def work(job, advance):
        for step in range(4):
            steps.append(step)
            if step == 1:
                desk.visitor().post(f"/travaux/{job.id}")
            advance(step, 4)
        return JobEnd(JobState.DONE)

    assert run(desk.app, work)

    assert steps == [0, 1]
    assert state(desk.app, job) is JobState.CANCELLED


def test_what_cannot_be_done_says_why_and_is_found_again(desk):
    job = asked(desk.app, subject="unknown-campaign")
    visitor = desk.visitor()

    JobRunner(desk.app).start()
    page = visitor.finished(_leading_to(job))

    assert "aucune campagne" in page.text or "pas de campagne" in page.text
    assert state(desk.app, job) is JobState.REFUSED
    assert f"/travaux/{job.id}" in visitor.get("/").html


def test_a_failure_of_the_program_leaves_the_job_as_interrupted(desk):
    job = asked(desk.app)

    def work(_job, _advance):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(desk.app, work)

    assert state(desk.app, job) is JobState.INTERRUPTED
    assert "à moitié" in desk.visitor().get(f"/travaux/{job.id}").text


def test_whoever_clicks_twice_has_a_list_taken_in_once(desk):
    visitor = desk.visitor()
    kept = visitor.upload(list="essai", pasted="ana@radio.example")
    before = asked(desk.app)  # which keeps the work of the list waiting
    desk.app.ledger.jobs.claim(worker="other:1", lease_until=desk.app.clock.now() + LEASE)

    first, second = visitor.post(kept.location), visitor.post(kept.location)

    assert visitor.finished(first).location == "/contacts?fait=taken-in&liste=essai"
    assert first.location == second.location or second.status != 303
    assert [each.action for each in desk.app.ledger.journal.entries("essai")] == ["import"]
    assert state(desk.app, before) is JobState.RUNNING


def test_the_work_of_a_desk_that_was_killed_is_done_by_the_next(desk):
    app, visitor = desk.app, desk.visitor()
    kept = visitor.upload(list="essai", pasted="ana@radio.example")
    subject = kept.location.rpartition("/")[2]
    job = asked(app, kind=JobKind.IMPORT, subject=subject, list="essai", decisions=[])
    killed = subprocess.Popen([sys.executable, "-c", "pass"])
    killed.wait()
    host = app.worker.rpartition(":")[0]
    app.ledger.jobs.claim(worker=f"{host}:{killed.pid}", lease_until=app.clock.now() + LEASE)

    JobRunner(app).start()
    visitor.finished(_leading_to(job))

    assert state(app, job) is JobState.DONE
    assert [str(each.address) for each in app.ledger.contacts.all(("essai",))] == [
        "ana@radio.example"
    ]
    assert [each.action for each in app.ledger.journal.entries("essai")] == ["import"]


def test_a_list_whose_job_was_cut_off_behind_the_taking_in_is_taken_in_once(desk):
    app, visitor = desk.app, desk.visitor()
    kept = visitor.upload(list="essai", pasted="ana@radio.example")
    subject = kept.location.rpartition("/")[2]
    asked(app, kind=JobKind.IMPORT, subject=subject, list="essai", decisions=[])
    job = app.ledger.jobs.claim(worker="killed", lease_until=app.clock.now() + LEASE)
    JobRunner(app)._import(job, lambda _done, _total: None)
    app.ledger.jobs.requeue(job.id, worker="killed")

    JobRunner(app).start()

    led_to = visitor.finished(_leading_to(job)).location
    assert led_to == "/contacts?fait=taken-in&liste=essai"
    assert [each.action for each in app.ledger.journal.entries("essai")] == ["import"]
    assert app.ledger.list_files.waiting() == []


def test_work_that_may_be_done_again_is_begun_once_more_and_not_for_ever(desk):
    app, job = desk.app, asked(desk.app, kind=JobKind.EXPORT, export="contacts")

    def abandoned():
        app.ledger.jobs.claim(worker="w", lease_until=app.clock.now() + LEASE)
        end_abandoned_jobs(
            ledger=app.ledger,
            now=app.clock.now(),
            is_gone=lambda worker: worker == "w",
        )
        return state(app, job)

    assert [abandoned(), abandoned()] == [JobState.WAITING, JobState.INTERRUPTED]


def test_a_worker_elsewhere_is_taken_for_gone_when_it_is_silent_for_long(desk):
    app, job = desk.app, asked(desk.app)
    app.ledger.jobs.claim(worker="elsewhere:1", lease_until=app.clock.now() + LEASE)

    JobRunner(app).start()
    at_first = state(app, job)
    app.clock.wait_until(app.clock.now() + LEASE + timedelta(seconds=1))
    JobRunner(app).start()
    desk.visitor().finished(_leading_to(job))

    assert at_first is JobState.RUNNING
    assert state(app, job) is JobState.DONE


def test_a_worker_of_a_registered_host_is_taken_for_gone_when_the_host_is_silent(desk):
    app, job = desk.app, asked(desk.app)
    now = app.clock.now()
    app.ledger.processes.note(ServiceProcess("elsewhere:1:x", "elsewhere", "1", (), now, now))
    app.ledger.jobs.claim(worker="elsewhere:7", lease_until=now + LEASE)

    JobRunner(app).start()
    at_first = state(app, job)
    app.clock.wait_until(now + GONE_AFTER + timedelta(seconds=1))
    JobRunner(app).start()
    desk.visitor().finished(_leading_to(job))

    assert at_first is JobState.RUNNING
    assert state(app, job) is JobState.DONE


def test_a_job_of_this_very_process_is_not_taken_for_gone(desk):
    app, job = desk.app, asked(desk.app)
    app.ledger.jobs.claim(worker=app.worker, lease_until=app.clock.now() + LEASE)

    JobRunner(app).start()

    assert app.worker.endswith(f":{os.getpid()}")
    assert state(app, job) is JobState.RUNNING


def test_what_waited_when_the_desk_was_ended_is_done_by_the_next(desk):
    job = asked(desk.app)
    visitor = desk.visitor()

    JobRunner(desk.app).start()

    done = visitor.follow(visitor.finished(_leading_to(job)))
    assert done.status == 200
    assert "Répété" in done.text
    assert f"{CAMPAIGN}/repetition" in visitor.get(f"/travaux/{job.id}").location


def _leading_to(job):
    """An answer that leads to the page of a job."""
    return Page(303, {"location": f"/travaux/{job.id}"}, b"")


def workbook_rows(page):
    sheet = load_workbook(BytesIO(page.content)).worksheets[0]
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


def test_a_list_is_written_to_a_file_that_is_found_again_until_it_is_old(desk):
    visitor = desk.visitor()
    press = list(desk.app.ledger.contacts.all(("press",)))
    begun = visitor.post("/contacts/export.xlsx", liste="press")
    work = begun.location.partition("?")[0]

    file = visitor.follow(visitor.finished(begun))
    left_and_found = visitor.get(work)
    start = visitor.get("/")
    desk.app.clock.wait_until(desk.app.clock.now() + KEPT_FOR)
    too_late = visitor.get(f"{work}/fichier")

    rows = workbook_rows(file)
    assert [row[0] for row in rows[1:]] == [str(each.address) for each in press]
    assert [row[10] for row in rows[1:]] == [each.phone for each in press]
    assert f'href="{work}/fichier"' in left_and_found.html
    assert f'href="{work}"' in start.html
    assert too_late.status == 404
    assert f'href="{work}"' not in visitor.get("/").html


def test_a_file_that_is_written_anew_stands_once_among_the_latest_work(desk):
    visitor = desk.visitor()
    works = []
    for name in ("bilan.xlsx", "bilan.xlsx", "bilan.csv"):
        begun = visitor.post(f"{CAMPAIGN}/{name}")
        visitor.finished(begun)
        works.append(begun.location.partition("?")[0])
        desk.app.clock.wait_until(desk.app.clock.now() + timedelta(seconds=1))

    start = visitor.get("/")

    assert [f'href="{work}"' in start.html for work in works] == [False, True, True]
    assert "· Excel ·" in start.text
    assert "· CSV ·" in start.text


def test_an_exported_file_is_for_whoever_asked_for_it_alone(desk):
    begun = desk.visitor().post(f"{CAMPAIGN}/bilan.xlsx")
    file = desk.visitor().finished(begun).location

    assert desk.visitor().get(file).headers["content-disposition"].startswith("attachment")
    assert desk.visitor(SIGNATORY).get(file).status == 404
    assert desk.visitor(READER).get(file).status == 409


def test_an_export_that_is_cancelled_leaves_no_file(desk):
    job = asked(desk.app, kind=JobKind.EXPORT, subject="press", export="contacts")

    def work(claimed, advance):
        cancel_job(claimed.id, person=WRITER.id, ledger=desk.app.ledger, now=desk.app.clock.now())
        return JobRunner(desk.app)._export(claimed, advance)

    run(desk.app, work)

    assert state(desk.app, job) is JobState.CANCELLED
    assert desk.app.ledger.exported_files.get(job.id) is None
    assert list(desk.app.ledger.journal.entries("press", action="export")) == []


@pytest.mark.parametrize("export", ["contacts", "report", "report-csv"])
def test_an_export_that_was_cut_off_behind_its_file_is_told_once(desk, export):
    subject = "press" if export == "contacts" else EXAMPLE
    app, visitor = desk.app, desk.visitor()
    proved = replace(NADIA, proved_at=app.clock.now())
    asked(app, kind=JobKind.EXPORT, subject=subject, actor=proved, export=export)
    job = app.ledger.jobs.claim(worker="killed", lease_until=app.clock.now() + LEASE)
    written = write_export(app, job, advance=lambda _done, _total: None)
    app.ledger.jobs.requeue(job.id, worker="killed")

    JobRunner(app).start()
    visitor.finished(_leading_to(job))

    assert state(app, job) is JobState.DONE
    assert app.ledger.exported_files.get(job.id) == written
    assert len(app.ledger.journal.entries(subject, action="export")) == 1


def test_the_writing_of_a_workbook_says_how_far_it_has_come():
    told = []

    workbook_bytes([["a"]] * 4_001, title="t", advance=lambda *how_far: told.append(how_far))

    assert told == [(0, 4_001), (2_000, 4_001), (4_000, 4_001)]


def test_a_rehearsal_plays_what_was_asked_for_and_leaves_nothing_on_the_machine(desk):
    visitor = desk.visitor()
    number = desk.app.revisions.open_campaign(EXAMPLE).head.number
    job = asked(desk.app, revision=number)
    facts = desk.app.campaigns.folder(EXAMPLE) / "campaign.toml"
    facts.write_text("kind = [", "utf-8")

    JobRunner(desk.app).start()
    visitor.finished(_leading_to(job))

    assert state(desk.app, job) is JobState.DONE
    assert not any((desk.app.workspace / "var" / "rehearsal").iterdir())


def test_the_figures_of_a_rehearsal_are_for_whoever_asked_and_for_some_hours(desk):
    visitor = desk.visitor()
    page = visitor.finished(visitor.post(f"{CAMPAIGN}/repetition")).location

    seen, by_another = visitor.get(page), desk.visitor(SIGNATORY).get(page)
    desk.app.clock.wait_until(desk.app.clock.now() + KEPT_FOR)
    too_late = visitor.get(page)

    assert "Répété" in seen.text
    assert by_another.status == too_late.status == 200
    assert "Répété" not in by_another.text + too_late.text


def test_the_figures_of_a_rehearsal_are_found_again_from_the_start_and_from_its_page(desk):
    visitor = desk.visitor()
    page = visitor.finished(visitor.post(f"{CAMPAIGN}/repetition")).location
    job = page.rpartition("joue=")[2]

    start, again = visitor.get("/").html, visitor.get(f"{CAMPAIGN}/repetition").html

    assert f'href="/travaux/{job}"' in start
    assert f'href="?joue={job}"' in again
    assert f"?joue={job}" not in desk.visitor(SIGNATORY).get(f"{CAMPAIGN}/repetition").html
    assert f'href="?joue={job}"' not in visitor.get(page).html
