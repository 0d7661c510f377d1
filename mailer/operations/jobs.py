"""Long work that goes on without the page that asked for it: ask, do, follow and cancel."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.errors import ContentError, MailerError, Place, Problem
from mailer.model.service.job import Job, JobEnd, JobKind, JobState
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from mailer.model.service.job import JobRequest
    from mailer.ports import Clock, Ledger

    Advance = Callable[[int, int], None]
    Work = Callable[[Job, Advance], JobEnd]

LEASE = timedelta(minutes=10)
"""How long a worker may be silent. It reports at each part of its work; none takes so long."""
SHOWN = 20
SHOWN_FOR = timedelta(hours=12)
_WITH_RESULT = frozenset({JobKind.EXPORT, JobKind.REHEARSAL})
"""What makes something to look at, or to fetch, and nothing else in the ledger."""
_TO_BE_SEEN = frozenset({JobState.REFUSED, JobState.INTERRUPTED})


class JobCancelledError(Exception):
    """Somebody cancelled the job that is being done; its work ends here."""


def ask_for_job(request: JobRequest, *, ledger: Ledger, now: datetime) -> Job:
    """Store a job for `run_next_job`. Whether its actor may have it done, its work asks."""
    job = Job(secrets.token_hex(8), request, now, JobState.WAITING)
    ledger.jobs.add(job)
    return job


def run_next_job(
    *,
    works: Mapping[JobKind, Work],
    ledger: Ledger,
    clock: Clock,
    worker: str,
    waited_for: timedelta | None = None,
) -> bool:
    """Do the job that waits longest; returns False when none has waited as long as `waited_for`.

    `works` does each kind. It gets a function that notes how many of how many parts are done, and
    that raises when the job was cancelled. If it fails, or the program ends, the job is
    interrupted: each work changes the ledger in one transaction, or so that asking again goes on.
    """
    now = clock.now()
    job = ledger.jobs.claim(
        worker=worker,
        lease_until=now + LEASE,
        asked_by=None if waited_for is None else now - waited_for,
    )
    if job is None:
        return False

    def advance(done: int, total: int) -> None:
        if not ledger.jobs.report(
            job.id, worker=worker, done=done, total=total, lease_until=clock.now() + LEASE
        ):
            raise JobCancelledError

    end = JobEnd(JobState.INTERRUPTED)
    try:
        end = works[job.request.kind](job, advance)
    except JobCancelledError:
        end = JobEnd(JobState.CANCELLED)
    except MailerError as refused:
        end = JobEnd(JobState.REFUSED, problems=tuple(refused.problems))
    finally:
        ledger.jobs.end(job.id, end, worker=worker, at=clock.now())
    return True


def end_abandoned_jobs(
    *,
    ledger: Ledger,
    now: datetime,
    is_gone: Callable[[str], bool] = lambda _worker: False,
) -> None:
    """Let the jobs wait once more whose worker is gone, or silent for too long.

    `is_gone` says of a worker whether its process has ended. A job that was begun twice, or that
    somebody cancelled, is interrupted instead: it may be what ended its worker.
    """
    for job in ledger.jobs.running():
        is_silent = job.lease_until is not None and job.lease_until < now
        if not (is_silent or is_gone(job.worker)):
            continue
        if job.is_requeued or job.is_cancel_asked:
            ledger.jobs.end(job.id, JobEnd(JobState.INTERRUPTED), worker=job.worker, at=now)
        else:
            ledger.jobs.requeue(job.id, worker=job.worker)


def job_of(job_id: str, *, person: str, ledger: Ledger) -> Job:
    """Return a job of this person. Raises ContentError when they have none with this id: what a
    job says may name people, whom not everybody may see.
    """
    job = ledger.jobs.get(job_id)
    if job is None or job.request.actor.person != person:
        raise ContentError(
            Problem(
                Place(""), _("there is no such work"), _("Ask for it again, or go to the start.")
            )
        )
    return job


def kept_result(
    job_id: str, *, of: str, person: str, ledger: Ledger, now: datetime
) -> bytes | None:
    """Return what a job of this person about the subject `of` has found, while it is kept."""
    job = ledger.jobs.get(job_id) if job_id else None
    if job is None or (job.request.subject, job.request.actor.person) != (of, person):
        return None
    kept = ledger.exported_files.get(job.id)
    return kept.content if kept is not None and now - kept.made_at < SHOWN_FOR else None


def jobs_to_see(*, person: str, ledger: Ledger, now: datetime) -> Sequence[Job]:
    """Return a person's jobs that go on, and those that lately ended without being done or with a
    file to fetch, so that somebody who left their page finds them again. What was tried again
    since stands there once, as it ended last.
    """
    newest = ledger.jobs.newest(person=person, limit=SHOWN)
    return [
        job
        for place, job in enumerate(newest)
        if not job.has_ended
        or (
            _ends_to_be_seen(job)
            and job.ended_at
            and now - job.ended_at < SHOWN_FOR
            and not any(_repeats(later, job) for later in newest[:place])
        )
    ]


def rehearsals_to_see(
    campaign: str, *, person: str, ledger: Ledger, now: datetime
) -> Sequence[Job]:
    """Return the rehearsals of a campaign that a person had done and whose report is still kept."""
    return [
        job
        for job in jobs_to_see(person=person, ledger=ledger, now=now)
        if job.request.kind is JobKind.REHEARSAL
        and job.request.subject == campaign
        and job.state is JobState.DONE
    ]


def cancel_job(job_id: str, *, person: str, ledger: Ledger, now: datetime) -> None:
    """Cancel a job of this person. One that runs ends at its next part; what is being written at
    once is written whole.
    """
    ledger.jobs.ask_to_cancel(job_of(job_id, person=person, ledger=ledger).id, at=now)


def _repeats(later: Job, job: Job) -> bool:
    """Return whether a later job tries again what was not done: the same file for the same list, or
    another that was refused for the same reasons. One that has written an export anew does too.
    """
    if job.state is later.state is JobState.DONE:
        is_export = job.request.kind is JobKind.EXPORT and _about(later) == _about(job)
        return is_export and later.request.values == job.request.values
    if job.state not in _TO_BE_SEEN or _about(later) != _about(job):
        return False
    was, again = (each.request.values.get("file", "") for each in (job, later))
    return was == again or (bool(job.problems) and later.problems == job.problems)


def _about(job: Job) -> tuple[JobKind, str]:
    return job.request.kind, job.request.values.get("list") or job.request.subject


def _ends_to_be_seen(job: Job) -> bool:
    has_result = job.state is JobState.DONE and job.request.kind in _WITH_RESULT
    return has_result or job.state in _TO_BE_SEEN
