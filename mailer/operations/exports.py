"""Files with people in them, made in the background: ask for one, and fetch it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem
from mailer.model.service.job import JobKind, JobRequest
from mailer.model.team.permission import Act, require, require_recent
from mailer.operations.jobs import SHOWN_FOR, ask_for_job, job_of
from mailer.wording import _

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.service.exported_file import ExportedFile, ExportKind
    from mailer.model.service.job import Job
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger

KEPT_FOR = SHOWN_FOR
"""How long a file waits to be fetched: as long as the start page leads to it."""


def ask_for_export(
    kind: ExportKind, subject: str, *, language: str, actor: Actor, ledger: Ledger, now: datetime
) -> Job:
    """Ask for the job that writes an export, in `language`; returns it.

    `subject` is the list (or "" for everybody) or the campaign. Whoever asks again while it is
    being written gets the same job. The work asks for the permission again, and the journal has
    its line with the file. Raises RuleError when the actor may not export people, and ProofNeeded when
    their password was typed too long ago.
    """
    require(actor, Act.EXPORT_PEOPLE)
    require_recent(actor, now=now)
    values = {"export": kind.value, "language": language}
    request = JobRequest(JobKind.EXPORT, subject, actor, values)
    for job in ledger.jobs.newest(person=actor.person, limit=1):
        same = (job.request.kind, job.request.subject) == (request.kind, request.subject)
        if same and job.request.values == values and not job.has_ended:
            return job
    return ask_for_job(request, ledger=ledger, now=now)


def keep_export(
    file: ExportedFile, request: JobRequest, *, people: int, ledger: Ledger, now: datetime
) -> None:
    """Keep the file that a job has made of so many people. Journalled with it, so that work that
    was cut off before and is taken up again tells of one file once.
    """
    ledger.exported_files.keep_export(
        file,
        actor=request.actor,
        subject=request.subject or "contacts",
        detail=f"{people} people",
        at=now,
    )


def exported_file(job_id: str, *, actor: Actor, ledger: Ledger, now: datetime) -> ExportedFile:
    """Return the file that a job of this person has made. Journalled, each time it is fetched.

    Raises RuleError when the actor may not export people any more, ProofNeeded when their
    password was typed too long ago, and ContentError when there is no such file, or it was made
    before the actor was limited to their lists.
    """
    require(actor, Act.EXPORT_PEOPLE)
    require_recent(actor, now=now)
    job = job_of(job_id, person=actor.person, ledger=ledger)
    file = ledger.exported_files.get(job.id)
    asked_for = job.request.actor.lists
    is_within = not actor.lists or bool(asked_for and asked_for <= actor.lists)
    if file is None or now - file.made_at >= KEPT_FOR or not is_within:
        what = _("this file is not kept any more")
        raise ContentError(Problem(Place(""), what, _("Ask for the export again.")))
    ledger.journal.add(
        at=now, actor=actor, action="fetch-export", subject=job.request.subject, detail=file.name
    )
    return file


def remove_old_exports(*, ledger: Ledger, now: datetime) -> None:
    """Remove the files that nobody has fetched for too long."""
    ledger.exported_files.remove_older(now - KEPT_FOR)
