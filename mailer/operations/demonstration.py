"""A demonstration goes on to its next mailing, so that whoever looks at it sees one leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.team.permission import Act, require
from mailer.operations.campaigns.overviews.overview import overview

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from mailer.operations.campaigns.overviews.overview import CampaignLine
    from mailer.operations.team.visitors import Visitor
    from mailer.ports import Ledger


def waits_past_its_hour(*, ledger: Ledger, now: datetime) -> bool:
    """Return whether a mailing has not begun although its hour is past."""
    return bool(ledger.mailings.summaries(overdue_at=now))


def next_departure(
    names: Sequence[str], *, ledger: Ledger, now: datetime
) -> tuple[CampaignLine, datetime] | None:
    """Return the campaign whose mailing leaves next, and when; None if none is to come."""
    to_come = [
        (line, line.next_at)
        for line in overview(names, ledger=ledger)
        if line.next_at is not None and line.next_at > now
    ]
    return min(to_come, key=lambda each: each[1], default=None)


def go_on_to(
    at: datetime, *, advance_to: Callable[[datetime], None], visitor: Visitor, ledger: Ledger
) -> None:
    """Let the clock of a demonstration go on, and note it: a new start goes on from its last line.

    The visitor stays signed in: for them no time has passed.
    """
    require(visitor.actor, Act.LAUNCH)
    ledger.journal.add(at=at, actor=visitor.actor, action="go-on", subject="demonstration")
    ledger.sign_ins.note_use(visitor.session.token_hash, at=at)
    advance_to(at)
