"""The figures of the ledger that a monitor watches: counts and ages, and nothing about anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailer.model.mailings.progress import Task


@dataclass(frozen=True, slots=True)
class LedgerCounts:
    """What lies in the ledger at one moment."""

    chunks: Mapping[str, int]
    """Chunks by state: `open`, `claimed`, `done`."""
    jobs: Mapping[str, int]
    uncertain: int
    posts: int
    """Webhook posts that wait to be read."""
    dead_letters: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What a monitor is told of a workspace.

    Ages are in seconds, and None where there is nothing of which to tell the age.
    """

    counts: LedgerCounts
    deliveries: Mapping[str, int]
    """Deliveries by status, of mailings under way or ended within a week."""
    mailings: Mapping[str, int]
    due_age_s: float
    """How long the mailing that waits longest has been due; 0 when none waits."""
    backup_age_s: float | None
    database_clock_offset_s: float | None
    task_ended_at: Mapping[Task, datetime]
    task_failures: Mapping[Task, int]
    is_suspended: bool
    is_elsewhere: bool
