"""Recompute the instant of a mailing from its local time.

Governments change the clocks at short notice, and a newer time-zone database then puts 09:30 in
Paris at another instant than the one stored at launch. The local time is what people agreed on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mailer.calendar.timetable import recompute_local
from mailer.model.mailings.mailing import MailingState
from mailer.model.team.actor import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.mailings.mailing import MailingSummary
    from mailer.ports import Ledger

_STILL_TO_COME = frozenset({MailingState.SCHEDULED, MailingState.PAUSED})


@dataclass(frozen=True, slots=True)
class Rescheduled:
    """A mailing that keeps its local time and now leaves at another instant than `was_due_at`."""

    mailing: MailingSummary
    was_due_at: datetime


def reschedule_changed(ledger: Ledger, *, now: datetime) -> Iterator[Rescheduled]:
    """Reschedule every mailing that has not begun to the instant of its local time as of today.

    The expiry moves by the same amount. The journal has both instants. It is idempotent.
    """
    for mailing in ledger.mailings.summaries():
        if mailing.has_started or mailing.state not in _STILL_TO_COME:
            continue
        local = recompute_local(mailing.due_at, local=mailing.local_time, zone=mailing.time_zone)
        due_at = local.astimezone(UTC)
        if due_at == mailing.due_at:
            continue
        moved = replace(
            mailing,
            due_at=due_at,
            expires_at=mailing.expires_at + (due_at - mailing.due_at),
            local_time=local.isoformat(timespec="minutes"),
        )
        why = f"{mailing.due_at.isoformat()} -> {due_at.isoformat()}, rules of {mailing.time_zone}"
        if ledger.mailings.reschedule(moved, actor=PROGRAM, why=why, at=now):
            yield Rescheduled(moved, mailing.due_at)
