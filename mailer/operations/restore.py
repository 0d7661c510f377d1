"""Replace the ledger by a backup, on a person's request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mailer.model.permission import Act, require

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from mailer.model.actor import Actor


class RestoreBackup(Protocol):
    """Puts a backup in the place of a workspace's ledger, which is closed: `ledger.restore`."""

    def __call__(self, copy: Path | None, *, actor: Actor, at: datetime) -> Path:
        """Replace the ledger by `copy`, or by the newest intact one; returns its path."""


def restore_ledger(
    backup: Path | None, *, restore: RestoreBackup, actor: Actor, now: datetime
) -> Path:
    """Replace the ledger by `backup`, or by the newest intact one; returns the one that was used.

    `restore` works on the closed ledger of the workspace, which cannot be opened when it is
    damaged. Journalled in the restored ledger. Raises RuleError, changing nothing, when the actor
    may not do this.
    """
    require(actor, Act.RESTORE_LEDGER)
    return restore(backup, actor=actor, at=now)
