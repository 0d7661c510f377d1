"""A job: long work that somebody asked for, which goes on without the page that asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailer.errors import Problem
    from mailer.model.team.actor import Actor


class JobKind(StrEnum):
    """What is done."""

    READING = "reading"
    """The first reading of a list, which changes nobody."""
    IMPORT = "import"
    REHEARSAL = "rehearsal"
    EXPORT = "export"


class JobState(StrEnum):
    """Where a job stands. The last four are its end."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    """It could not be done; the job has the problems."""
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    """The program that did it was ended, or failed."""


@dataclass(frozen=True, slots=True)
class JobRequest:
    """What is asked of a job: about which subject, by whom, with which further values.

    The subject of a reading or an import is the id of the list's file, that of a rehearsal the
    campaign, that of an export the list or the campaign. `values` are as JSON has them.
    """

    kind: JobKind
    subject: str
    actor: Actor
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JobEnd:
    """How a job ended: what it found, as JSON has it, or its problems."""

    state: JobState
    result: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """A job in the ledger. `done` of `total` parts are done; `total` is 0 where nobody knows.

    `worker` is doing it, and is taken for gone at `lease_until`.
    """

    id: str
    request: JobRequest
    asked_at: datetime
    state: JobState
    done: int = 0
    total: int = 0
    worker: str = ""
    lease_until: datetime | None = None
    is_cancel_asked: bool = False
    ended_at: datetime | None = None
    result: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    is_requeued: bool = False
    """Whether a worker that is gone had begun it, and it has not ended since."""

    @property
    def has_ended(self) -> bool:
        return self.state not in {JobState.WAITING, JobState.RUNNING}
