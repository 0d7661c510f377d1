"""What an upgrade of the ledger would do, and what is in its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.model.service.service_process import ServiceProcess


@dataclass(frozen=True, slots=True)
class MissingMigration:
    """A migration that the ledger has not had yet."""

    revision: str
    what: str
    """What it does, in a sentence of the program."""
    breaks: bool
    """Whether programs without it can no longer use the ledger."""


@dataclass(frozen=True, slots=True)
class UpgradeCheck:
    """What is missing, how long it takes, and who is at work."""

    missing: tuple[MissingMigration, ...]
    deliveries: int
    """How many rows the largest table has."""
    tried_s: float | None
    """How long it took on a copy; None where none can be made."""
    at_work: tuple[ServiceProcess, ...]
    """The processes that use the ledger now, of whatever version."""
    engine_missing: int = 0
    """How many migrations of the engine's own tables would be applied."""
    engine_applied: int = 0
    """How many migrations of the engine's own tables were applied."""
    engine_waiting: int = 0
    """How many of these wait until every host has this version."""

    @property
    def is_due(self) -> bool:
        """Whether an upgrade would do something."""
        return bool(self.missing or self.engine_missing)

    @property
    def is_blocked(self) -> bool:
        """Whether somebody at work could no longer use the ledger."""
        return bool(self.at_work) and any(each.breaks for each in self.missing)
