"""A launched campaign paused, resumed or cancelled by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.mailing import MailingState

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.mailing import Mailing
    from mailer.ports import Ledger


def pause_campaign(
    campaign: str, *, by: str, why: str, ledger: Ledger, now: datetime
) -> list[Mailing]:
    """Let no further message of a campaign leave. Returns the mailings that were paused."""
    return _change_all(campaign, MailingState.PAUSED, by=by, why=why, ledger=ledger, now=now)


def resume_campaign(
    campaign: str, *, by: str, why: str, ledger: Ledger, now: datetime
) -> list[Mailing]:
    """Let a paused campaign go on. Returns the mailings that were resumed."""
    return _change_all(campaign, MailingState.ACTIVE, by=by, why=why, ledger=ledger, now=now)


def cancel_campaign(
    campaign: str, *, by: str, why: str, ledger: Ledger, now: datetime
) -> list[Mailing]:
    """Stop a campaign for good. Returns the mailings that were cancelled."""
    return _change_all(campaign, MailingState.CANCELLED, by=by, why=why, ledger=ledger, now=now)


def _change_all(
    campaign: str, to: MailingState, *, by: str, why: str, ledger: Ledger, now: datetime
) -> list[Mailing]:
    return [
        mailing
        for mailing in ledger.mailings.all(campaign)
        if ledger.mailings.change_state(mailing.id, to=to, by=by, why=why, at=now)
    ]
