"""Find the replies that nobody has treated for too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.calendar.timetable import working_time
from mailer.model.feedback.reply import ReplySort
from mailer.operations.alerts.alert import Alert, local
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _n

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, timedelta

    from mailer.model.feedback.reply import Reply
    from mailer.ports import Ledger

_MOST = 200
"""More replies are not counted one by one."""


def replies_that_wait(*, ledger: Ledger) -> Sequence[Reply]:
    """Return the oldest replies that nobody has decided."""
    return ledger.replies.waiting(limit=_MOST)


def reply_alerts(
    ledger: Ledger,
    *,
    now: datetime,
    zone: str,
    reply_within: timedelta,
    replies: Sequence[Reply] | None = None,
) -> Iterator[Alert]:
    """Yield one alert when replies wait for more working hours than `reply_within`; 0 for never.

    `replies` are those that wait, where they were read before. Who is away expects no answer. A new alert comes when the oldest of them has been treated, or
    on the next day.
    """
    if not reply_within:
        return
    late = [
        reply
        for reply in (replies_that_wait(ledger=ledger) if replies is None else replies)
        if reply.sort is not ReplySort.ABSENCE
        and working_time(local(reply.at, zone), local(now, zone)) > reply_within
    ]
    if late:
        oldest = min(reply.at for reply in late)
        yield Alert(
            f"replies {oldest.isoformat()} {local(now, zone):%Y-%m-%d}",
            _n(
                "A reply waits for an answer since {at}",
                "{count} replies wait for an answer, the oldest since {at}",
                count=len(late),
                at=local(oldest, zone),
            ),
            _n(
                "read it, and enter it in the register or put it aside",
                "read them, and enter each in the register or put it aside",
                count=len(late),
            ),
            Remedy(RemedyAct.SEE_REPLIES),
        )
