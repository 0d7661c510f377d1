"""The register of the processes of the service, and their clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from mailer.model.service.service_process import ServiceProcess


class ServiceProcesses(Protocol):
    """Who serves this ledger, on which host."""

    def note(self, process: ServiceProcess) -> None:
        """Record that a process is there: its row is written, or the instant it was seen."""

    def forget(self, process_id: str) -> None:
        """Remove a process that ends in good order."""

    def all(self) -> Sequence[ServiceProcess]:
        """Return the processes by host, with the chunks that each holds. Some may be gone."""

    def clock_offset_s(self, read: Callable[[], datetime]) -> float:
        """Return by how many seconds at least the clock that `read` reads is ahead of the
        database's (negative: behind it). 0 where the database has no clock of its own.
        """
