"""The long work that somebody asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.service.job import Job, JobEnd


class Jobs(Protocol):
    """The jobs, each done by one worker at a time."""

    def add(self, job: Job) -> None:
        """Store a job that waits."""

    def get(self, job_id: str) -> Job | None:
        """Return a job; None when there is none with this id."""

    def newest(self, *, person: str, limit: int) -> Sequence[Job]:
        """Return at most `limit` jobs that a person asked for, the newest first."""

    def claim(
        self, *, worker: str, lease_until: datetime, asked_by: datetime | None = None
    ) -> Job | None:
        """Give a worker the job that waits longest; None when none waits.

        With `asked_by`, only one that was asked for until then.
        """

    def report(
        self, job_id: str, *, worker: str, done: int, total: int, lease_until: datetime
    ) -> bool:
        """Store how far a job has come. Returns whether its worker is to go on with it."""

    def ask_to_cancel(self, job_id: str, *, at: datetime) -> None:
        """Cancel a job that waits. The worker of one that runs is told at its next report."""

    def end(self, job_id: str, end: JobEnd, *, worker: str, at: datetime) -> bool:
        """Store how the job of this worker ended; returns False if it is not the worker's."""

    def requeue(self, job_id: str, *, worker: str) -> bool:
        """Let a job of this worker wait again, marked as `is_requeued`; returns False if it is not
        the worker's.
        """

    def running(self) -> Sequence[Job]:
        """Return the jobs that a worker has."""
