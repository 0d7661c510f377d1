"""This process among those that serve one ledger: registered, and with a clock that is right."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.service.service_process import BEAT_EVERY, GONE_AFTER, LARGEST_OFFSET_S
from mailer.wording import _, as_note

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import timedelta

    from mailer.model.service.service_process import ServiceProcess
    from mailer.ports import Clock, Ledger


@dataclass(slots=True)
class Membership:
    """Says that a process is there, and refuses its work while its clock is off the database's."""

    process: ServiceProcess
    ledger: Callable[[], Ledger]
    clock: Clock
    every: timedelta = BEAT_EVERY
    _next_at: datetime = field(default=datetime.min.replace(tzinfo=UTC))

    def require(self) -> None:
        """Record that the process is there. Raises RuleError while the clock of its host is more
        than five seconds off.
        """
        offset_s = self.ledger().processes.clock_offset_s(self.clock.now)
        problem = _clock_is_off(self.process.host, offset_s)
        self._beat(as_note(problem.what) if problem is not None else "")
        if problem is not None:
            raise RuleError(problem)

    def _beat(self, trouble: str) -> None:
        """Write the row, unless nothing has changed since a moment ago."""
        now = self.clock.now()
        # A beat further off than the interval was set before the clock was set back.
        is_known = now < self._next_at <= now + self.every
        if is_known and trouble == self.process.trouble:
            return
        self._next_at = now + self.every
        self.process = replace(self.process, seen_at=now, trouble=trouble)
        self.ledger().processes.note(self.process)

    def leave(self) -> None:
        """Record that the process ends in good order."""
        self.ledger().processes.forget(self.process.id)


def present_processes(*, ledger: Ledger, now: datetime) -> Sequence[ServiceProcess]:
    """Return the processes that serve the ledger now."""
    return [each for each in ledger.processes.all() if now - each.seen_at <= GONE_AFTER]


def _clock_is_off(host: str, offset_s: float) -> Problem | None:
    if abs(offset_s) <= LARGEST_OFFSET_S:
        return None
    seconds = round(abs(offset_s))
    ahead = _(
        "The clock of {host} is {seconds} seconds ahead of the database’s.",
        host=host,
        seconds=seconds,
    )
    behind = _(
        "The clock of {host} is {seconds} seconds behind the database’s.",
        host=host,
        seconds=seconds,
    )
    return Problem(
        Place("ledger"),
        ahead if offset_s > 0 else behind,
        _("Set it right; this host sends and collects nothing until then, the others go on."),
    )
