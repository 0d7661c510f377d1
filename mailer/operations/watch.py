"""What should worry the team: nothing runs, nothing moves, or something was stopped."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.model.mailing import MailingState
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mailer.ports import Ledger

SILENT_FOR = timedelta(minutes=5)
"""A service takes a turn every few seconds, and a long one while it sends."""
STUCK_FOR = timedelta(minutes=30)
SOON = timedelta(hours=24)


def worries(ledger: Ledger, *, now: datetime) -> Iterator[Text]:
    """Each in a sentence, the gravest first."""
    mailings = ledger.mailings()
    next_at = ledger.next_due_at()
    turned_at = ledger.last_turn()
    is_silent = turned_at is None or now - turned_at > SILENT_FOR
    if next_at is not None and is_silent and next_at < now + SOON:
        yield _(
            "Nothing is running that would send: start the service with mailer run (last seen: {at}).",
            at=turned_at.strftime("%Y-%m-%d %H:%M UTC") if turned_at else "-",
        )
    elif next_at is not None and next_at < now - STUCK_FOR:
        yield _(
            "Something has been due since {at} and does not leave; see what mailer run says.",
            at=next_at.strftime("%Y-%m-%d %H:%M UTC"),
        )
    for mailing in mailings:
        name = f"{mailing.campaign}/{mailing.step}"
        if mailing.state is MailingState.PAUSED:
            yield _(
                "{mailing} is paused: {reason} — then: mailer resume {campaign}",
                mailing=name,
                reason=mailing.note or "-",
                campaign=mailing.campaign,
            )
        elif mailing.state is MailingState.MISSED:
            yield _("{mailing} was missed: {reason}", mailing=name, reason=mailing.note)
