"""Back up the database that several hosts share, once a day: one of them, whichever looks first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from mailer.errors import LedgerError, Place, Problem
from mailer.model.journal.line import JournalFilter
from mailer.model.team.actor import PROGRAM
from mailer.wording import _, as_note, from_note

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import time

    from mailer.model.journal.line import JournalEntry
    from mailer.ports import Ledger

BEGIN_DUMP = "begin-dump"
DUMP = "dump"
FAIL_DUMP = "fail-dump"
_TRY_AGAIN = timedelta(hours=1)
"""How long a dump that was begun is waited for, and how long after a failure the next try is made."""
_AGAIN = _("It is tried again within the hour.")


class Dumps(Protocol):
    """Verified dumps of the database in a folder of this host: `ledger.storage.dumps`."""

    def make(self, *, at: datetime, stopping: Callable[[], bool]) -> str:
        """Make a dump, read it whole, and return its name; empty if `stopping` ended it before.

        Raises LedgerError when it cannot be made.
        """

    def remove_made_before(self, instant: datetime) -> None:
        """Remove the dumps that were made before."""


def dump_if_due(
    *,
    dumps: Dumps,
    ledger: Ledger,
    hour: time,
    zone: str,
    host: str,
    now: datetime,
    stopping: Callable[[], bool] = lambda: False,
) -> str:
    """Make the dump of the day if its hour has come, and no host has made it or is making it.

    Returns its name; an empty text if there was nothing to do. The journal decides: a dump begins
    with a line that only one host can write. The erasure of a person removes the dumps of this host
    that still hold them, and makes the next one due at once. Raises LedgerError when a dump fails,
    and at each look from then on until the next try.
    """
    made, due_at = _newest(ledger, DUMP), _last(hour, zone=zone, now=now)
    if erased := _newest(ledger, "forget"):
        dumps.remove_made_before(erased.at)
        due_at = max(due_at, erased.at)
    if (made and made.at >= due_at) or not _begins(ledger, made, due_at=due_at, now=now):
        return ""
    try:
        name = dumps.make(at=now, stopping=stopping)
    except LedgerError as error:
        _note(ledger, FAIL_DUMP, as_note(error.problems[0].what), at=now)
        raise
    if name:
        _note(ledger, DUMP, f"{name}, {host}", at=now)
    return name


def _begins(ledger: Ledger, made: JournalEntry | None, *, due_at: datetime, now: datetime) -> bool:
    """Return whether the next try is ours. Raises LedgerError while a failed one is waited for."""
    begun, failed = _newest(ledger, BEGIN_DUMP), _newest(ledger, FAIL_DUMP)
    is_open = begun and not (made and made.id > begun.id)
    if begun and is_open and begun.at <= now < begun.at + _TRY_AGAIN:
        if failed and failed.id > begun.id:
            raise LedgerError(
                Problem(Place("config.toml", key="ledger.dumps"), from_note(failed.detail), _AGAIN)
            )
        return False
    day, _separator, tries = (begun.detail if begun else "").partition(" #")
    number = int(tries) + 1 if day == str(due_at) else 1
    return ledger.journal.add_if_changed(
        at=now, actor=PROGRAM, action=BEGIN_DUMP, subject="ledger", detail=f"{due_at} #{number}"
    )


def _last(hour: time, *, zone: str, now: datetime) -> datetime:
    """Return when it was this hour last, by the clocks of the office."""
    local = now.astimezone(ZoneInfo(zone))
    today = datetime.combine(local.date(), hour, local.tzinfo)
    last = (
        today
        if today <= local
        else datetime.combine(local.date() - timedelta(days=1), hour, local.tzinfo)
    )
    return last.astimezone(UTC)


def _newest(ledger: Ledger, action: str) -> JournalEntry | None:
    return next(iter(ledger.journal.page(JournalFilter(action=action), limit=1)), None)


def _note(ledger: Ledger, action: str, detail: str, *, at: datetime) -> None:
    ledger.journal.add(at=at, actor=PROGRAM, action=action, subject="ledger", detail=detail)
