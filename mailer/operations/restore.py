"""Replace the ledger by a backup, on a person's request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.permission import Act, require

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from mailer.model.actor import Actor
    from mailer.ports import RestoreBackup


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
