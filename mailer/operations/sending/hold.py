"""A launched campaign held, let go on, or stopped for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.mailing import MailingState
from mailer.model.permission import Act, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.actor import Actor
    from mailer.model.mailing import Mailing
    from mailer.ports import Ledger

_ACTS = {MailingState.PAUSED: Act.PAUSE, MailingState.CANCELLED: Act.CANCEL}


def hold(
    campaign: str, *, to: MailingState, actor: Actor, why: str, ledger: Ledger, now: datetime
) -> Sequence[Mailing]:
    """Pause, resume (`to` active) or cancel every mailing of a campaign that can be; returns
    those that changed. Journalled.

    Raises RuleError, changing nothing, when the actor may not do this.
    """
    mailings = ledger.mailings.all(campaign)
    if to is MailingState.ACTIVE:
        _require_resume(actor, mailings, ledger)
    else:
        require(actor, _ACTS[to])
    return [
        mailing
        for mailing in mailings
        if ledger.mailings.change_state(mailing.id, to=to, actor=actor, why=why, at=now)
    ]


def _require_resume(actor: Actor, mailings: Sequence[Mailing], ledger: Ledger) -> None:
    """Ask for the right to resume what others paused, unless the actor paused all of it."""
    paused = [mailing for mailing in mailings if mailing.state is MailingState.PAUSED]
    is_own = all(_was_paused_by(actor, mailing, ledger) for mailing in paused)
    require(actor, Act.RESUME_OWN_PAUSE if is_own else Act.RESUME)


def _was_paused_by(actor: Actor, mailing: Mailing, ledger: Ledger) -> bool:
    lines = ledger.journal.entries(f"{mailing.campaign}/{mailing.step}")
    last = next(line for line in reversed(lines) if line.action == MailingState.PAUSED)
    return (last.person, last.name) == (actor.person, actor.name)
