"""Counts that describe the progress of a mailing, and the notices sent to the team about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailer.model.mailings.delivery import DeliveryStatus
    from mailer.model.mailings.mailing import MailingId, MailingState
    from mailer.model.team.actor import Via


@dataclass(frozen=True, slots=True)
class MailingProgress:
    """Progress of a mailing that has started or was missed, without its content and recipients."""

    mailing_id: MailingId
    campaign: str
    step: str
    state: MailingState
    note: str
    audience: int
    """Number of recipients at the start, plus those added since."""
    by_status: Mapping[DeliveryStatus, int]
    without_feedback: int
    """Deliveries queued by a provider that has reported no event since; 0 unless the caller asked
    for it.
    """
    settled_at: datetime | None
    """Time of the newest final outcome of a mailing under way; None before the first, and after the
    end.
    """
    last_journal_at: datetime
    """Time of the newest journal entry."""
    state_changed_at: datetime
    """When the mailing entered its current state."""
    state_changed_via: Via | None
    """The interface through which it was changed; `Via.PROGRAM` when no person did it."""


@dataclass(frozen=True, slots=True)
class MailingsInState:
    """Mailings of one campaign that are in the same state, and have all started or not.

    `due_at` is when the first of them is due.
    """

    campaign: str
    state: MailingState
    has_started: bool
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice to the team, in the language of the office. Each `key` is sent at most once."""

    key: str
    what: str
    remedy: str
    found_at: datetime


class Task(StrEnum):
    """What a service does again and again; each fails and goes on by itself."""

    SENDING = "service"
    POSTS = "posts"
    MAILBOX = "mailbox"
    PROVIDER_LISTS = "provider-lists"
    EVENTS = "events"
    NOTICES = "notices"
    BACKUP = "backup"
    PRESS_ROOM = "press-room"


@dataclass(frozen=True, slots=True)
class TaskState:
    """When a task last ended a round, well or not, and what has failed since its last success."""

    task: Task
    ended_at: datetime
    every_s: int
    """How often it is to run; 0 where that is not known."""
    failures: int = 0
    """How many rounds in a row have failed."""
    failing_since: datetime | None = None
    failure: str = ""
    """The last failure, as `wording.as_note` writes it."""
    succeeded_at: datetime | None = None
    """When a round last ended well; None before the first."""
