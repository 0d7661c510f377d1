"""Gather the figures that a monitor watches."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.model.health.figures import Figures

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.ports import Ledger

_REMEMBERED_FOR = timedelta(days=7)
READY_WITHIN = timedelta(seconds=60)


def figures(ledger: Ledger, *, now: datetime) -> Figures:
    """Return the figures of the ledger at one moment."""
    in_progress = ledger.progress.of_mailings(since=now - _REMEMBERED_FOR)
    deliveries: Counter[str] = Counter()
    for mailing in in_progress:
        deliveries.update({str(status): count for status, count in mailing.by_status.items()})
    summaries = ledger.mailings.summaries()
    overdue = ledger.mailings.summaries(overdue_at=now)
    backup_at, clock_at = ledger.condition.newest_backup_at(), ledger.condition.clock_at()
    tasks = ledger.heartbeat.tasks()
    return Figures(
        counts=ledger.condition.counts(),
        deliveries=deliveries,
        mailings=Counter(str(mailing.state) for mailing in summaries),
        due_age_s=max(((now - each.due_at).total_seconds() for each in overdue), default=0.0),
        backup_age_s=(now - backup_at).total_seconds() if backup_at else None,
        database_clock_offset_s=(now - clock_at).total_seconds() if clock_at else None,
        task_ended_at={each.task: each.ended_at for each in tasks},
        task_failures={each.task: each.failures for each in tasks},
        is_suspended=ledger.suspensions.present() is not None,
        is_elsewhere=ledger.home.elsewhere() is not None,
    )


def require_ready(ledger: Ledger) -> None:
    """Raise LedgerError unless the ledger is open, of the known schema, and can be written."""
    ledger.condition.require_writable()
