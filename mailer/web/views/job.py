"""Long work: how far it has come, and its end. The page may be left and found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from mailer.model.service.job import JobKind, JobState
from mailer.operations.exports import ask_for_export, exported_file
from mailer.operations.jobs import cancel_job, job_of
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.model.service.exported_file import ExportKind
    from mailer.model.service.job import Job
    from mailer.web.forms import Form
    from mailer.web.visit import Visit

MOST_WORK_IS_DONE_IN_S = 2.0
"""How long the page waits for the end before it shows how far the work has come."""
NAMES: Mapping[JobKind, Text] = {
    JobKind.READING: _("Reading a list"),
    JobKind.IMPORT: _("Taking in a list"),
    JobKind.REHEARSAL: _("Rehearsal"),
    JobKind.EXPORT: _("Writing a file"),
}
STATES: Mapping[JobState, Text] = {
    JobState.WAITING: _("It waits for other work to end."),
    JobState.RUNNING: _("It is being done. You may leave this page; the start page leads back."),
    JobState.DONE: _("It is done."),
    JobState.REFUSED: _("It could not be done."),
    JobState.CANCELLED: _("It was cancelled."),
    JobState.INTERRUPTED: _(
        "It was interrupted, because the program was ended or failed. Nothing is half done: ask"
        " for it again, and it goes on."
    ),
}


def show(visit: Visit) -> Response:
    """Show how far the work has come, or lead to what it has made."""
    job = _job(visit)
    if not job.has_ended:
        visit.jobs.wake()  # no host may have taken it
        visit.jobs.wait_ended(job.id, MOST_WORK_IS_DONE_IN_S)
        job = _job(visit)
    is_shown_done = job.request.kind is JobKind.EXPORT and not visit.query("aussitot")
    is_left = job.state is JobState.DONE or was_refused_at_field(job)
    if is_left and not visit.query("vif") and not is_shown_done:
        return _led_on(visit, job)
    template = "jobs/live.html.j2" if visit.query("vif") else "jobs/job.html.j2"
    return visit.page(template, job=job, name=NAMES[job.request.kind], states=STATES)


def file(visit: Visit) -> Response:
    """Return the file that the work has made."""
    found = exported_file(
        visit.path("job"), actor=visit.actor, ledger=visit.app.ledger, now=visit.now
    )
    return Response(
        found.content,
        media_type=found.media_type,
        headers={"Content-Disposition": f'attachment; filename="{found.name}"'},
    )


def cancel(visit: Visit, form: Form) -> Response:
    """Cancel the work; what is being written at once is written whole."""
    del form
    cancel_job(visit.path("job"), person=visit.person.id, ledger=visit.app.ledger, now=visit.now)
    return visit.done(f"/travaux/{visit.path('job')}")


def was_refused_at_field(job: Job) -> bool:
    """Return whether what is wrong belongs to a field of the form that asked for the work."""
    return job.state is JobState.REFUSED and bool(job.request.values.get("field"))


def begun(visit: Visit, job: Job) -> Response:
    """Have a job done, and lead to its page."""
    visit.jobs.wake()
    return visit.done(f"/travaux/{job.id}")


def exported(visit: Visit, kind: ExportKind, subject: str) -> Response:
    """Have a file written, and lead to it: at once if it is written soon, else to its page."""
    job = ask_for_export(
        kind,
        subject,
        language=visit.language,
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    visit.jobs.wake()
    return visit.done(f"/travaux/{job.id}", aussitot="1")


def _job(visit: Visit) -> Job:
    return job_of(visit.path("job"), person=visit.person.id, ledger=visit.app.ledger)


def _led_on(visit: Visit, job: Job) -> Response:
    subject = job.request.subject
    match job.request.kind:
        case JobKind.READING if was_refused_at_field(job):
            return visit.done("/contacts/importer", refuse=job.id)
        case JobKind.READING:
            return visit.done(f"/imports/{subject}")
        case JobKind.EXPORT:
            return visit.done(f"/travaux/{job.id}/fichier")
        case JobKind.REHEARSAL:
            return visit.done(f"/campagnes/{subject}/repetition", joue=job.id)
        case JobKind.IMPORT if job.result["waiting"]:
            return visit.done(f"/imports/{subject}", "taken-in-part")
        case JobKind.IMPORT:
            notice = "taken-in-elsewhere" if job.result.get("elsewhere") else "taken-in"
            return visit.done("/contacts", notice, liste=job.request.values["list"])
