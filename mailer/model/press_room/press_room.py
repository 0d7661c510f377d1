"""What the ledger says of the press room: the releases that were launched or withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.mailings.mailing import MailingId


@dataclass(frozen=True, slots=True)
class ReleaseKey:
    """Identifies a release in the ledger: the version of a mailing that it was compiled with."""

    mailing_id: MailingId
    list: str
    language: str


@dataclass(frozen=True, slots=True)
class LaunchedRelease:
    """What the ledger says of a release without its text.

    `started_at` is when its mailing began to leave. `stopped_at` is when it was paused or
    cancelled, if it still is, and `superseded_at` when a later version was launched.
    `tells_amendment` is true for the message that tells a correction,
    a move or a cancellation.
    """

    key: ReleaseKey
    campaign: str
    step: str
    version: int
    kind: str
    label: str
    headline: str
    summary: str
    code: str
    public_from: datetime | None
    due_at: datetime
    started_at: datetime | None
    stopped_at: datetime | None
    superseded_at: datetime | None
    tells_amendment: bool

    @property
    def language(self) -> str:
        return self.key.language


@dataclass(frozen=True, slots=True)
class ReleaseWithdrawal:
    """An act that takes every version of a campaign up to `version` out of the press room."""

    campaign: str
    version: int
    at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class PressRoomRecord:
    """All that the ledger says of the press room. `suspended_at` is set while everything is
    suspended.
    """

    releases: tuple[LaunchedRelease, ...] = ()
    withdrawals: tuple[ReleaseWithdrawal, ...] = ()
    suspended_at: datetime | None = None
