"""Suspend everything at once, on anybody's request, until somebody lifts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.team.actor import PROGRAM
from mailer.model.team.permission import Act, require
from mailer.wording import _, as_note

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.mailings.suspension import Suspension
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger


def suspend_everything(*, actor: Actor, why: str, ledger: Ledger, now: datetime) -> bool:
    """Let no message of any campaign leave from now on. Returns False when that was so already.

    The messages that a worker has handed over at this moment leave; no other is begun.
    """
    require(actor, Act.PAUSE)
    return ledger.suspensions.suspend(actor=actor, why=why, at=now)


def lift_suspension(*, actor: Actor, why: str, ledger: Ledger, now: datetime) -> bool:
    """Let the campaigns go on, each in the state it has. Returns False when nothing was suspended.

    What became too late meanwhile is missed. Raises RuleError when the actor may lift only what
    they suspended themselves.
    """
    present = ledger.suspensions.present()
    is_own = present is None or (present.person, present.by) == (actor.person, actor.name)
    require(actor, Act.RESUME_OWN_PAUSE if is_own else Act.RESUME)
    return ledger.suspensions.lift(actor=actor, why=why, at=now)


def suspension_of(*, ledger: Ledger) -> Suspension | None:
    """Return the suspension of everything, or None."""
    return ledger.suspensions.present()


def obey_stop_file(is_there: bool, *, ledger: Ledger, now: datetime) -> None:  # noqa: FBT001 - what was found
    """Suspend everything while the file STOP is in the workspace.

    So it stays suspended when the file is removed: lifting is an act of somebody who looked.
    """
    if is_there and ledger.suspensions.present() is None:
        why = as_note(_("there is a file STOP in the workspace"))
        ledger.suspensions.suspend(actor=PROGRAM, why=why, at=now)
