"""Pause, resume or cancel a launched campaign, on a person's request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.mailing import MailingState
from mailer.model.permission import Act, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.actor import Actor
    from mailer.model.mailing import MailingSummary
    from mailer.ports import Ledger


def pause_campaign(
    campaign: str, *, actor: Actor, why: str, ledger: Ledger, now: datetime
) -> list[MailingSummary]:
    """Pause a campaign: no further message leaves. Returns the mailings that were paused."""
    require(actor, Act.PAUSE)
    return _change_all(campaign, MailingState.PAUSED, actor=actor, why=why, ledger=ledger, now=now)


def resume_campaign(
    campaign: str, *, actor: Actor, why: str, ledger: Ledger, now: datetime
) -> list[MailingSummary]:
    """Resume a paused campaign. Returns the mailings that were resumed.

    Raises RuleError, changing nothing, when the actor may resume only what they paused.
    """
    _require_resume(actor, ledger.mailings.summaries(campaign), ledger)
    return _change_all(campaign, MailingState.ACTIVE, actor=actor, why=why, ledger=ledger, now=now)


def cancel_campaign(
    campaign: str, *, actor: Actor, why: str, ledger: Ledger, now: datetime
) -> list[MailingSummary]:
    """Cancel a campaign, which cannot be undone. Returns the mailings that were cancelled."""
    require(actor, Act.CANCEL)
    return _change_all(
        campaign, MailingState.CANCELLED, actor=actor, why=why, ledger=ledger, now=now
    )


def _change_all(
    campaign: str, to: MailingState, *, actor: Actor, why: str, ledger: Ledger, now: datetime
) -> list[MailingSummary]:
    return [
        mailing
        for mailing in ledger.mailings.summaries(campaign)
        if ledger.mailings.change_state(mailing.id, to=to, actor=actor, why=why, at=now)
    ]


def _require_resume(actor: Actor, mailings: Sequence[MailingSummary], ledger: Ledger) -> None:
    """Require the right to resume what others paused, unless the actor paused all of it."""
    paused = [mailing for mailing in mailings if mailing.state is MailingState.PAUSED]
    is_own = all(_was_paused_by(actor, mailing, ledger) for mailing in paused)
    require(actor, Act.RESUME_OWN_PAUSE if is_own else Act.RESUME)


def _was_paused_by(actor: Actor, mailing: MailingSummary, ledger: Ledger) -> bool:
    entries = ledger.journal.entries(f"{mailing.campaign}/{mailing.step}")
    last = next(entry for entry in reversed(entries) if entry.action == MailingState.PAUSED)
    return (last.person, last.name) == (actor.person, actor.name)
