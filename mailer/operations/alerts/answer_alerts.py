"""Find the reminders that wait, or will wait, for somebody to look at the answers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.labels import mailing_name
from mailer.operations.alerts.alert import Alert, local
from mailer.operations.sending.answers_seen import stale_answers
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mailer.ports import Ledger

WARN_BEFORE = timedelta(hours=18)
"""A reminder of 09:30 is announced on the afternoon before, while somebody is in the office."""


def answer_alerts(
    ledger: Ledger, *, now: datetime, zone: str, fresh_for: timedelta
) -> Iterator[Alert]:
    """Yield an alert for each reminder that is held, and for each that would be at its hour.

    No reminder is announced earlier than a look at the answers would hold until its hour.
    """
    if not fresh_for:
        return
    ahead = now + min(WARN_BEFORE, fresh_for)
    for mailing in ledger.mailings.summaries(overdue_at=ahead):
        at = max(now, mailing.due_at)
        stale = stale_answers(mailing, at=at, fresh_for=fresh_for, ledger=ledger)
        if stale is None or now >= mailing.expires_at:
            continue
        is_held = mailing.due_at <= now
        what = (
            _("{mailing} is held: {reason}", mailing=mailing_name(mailing), reason=stale.what)
            if is_held
            else _(
                "{mailing} will be held on {at}: {reason}",
                mailing=mailing_name(mailing),
                at=local(mailing.due_at, zone),
                reason=stale.what,
            )
        )
        yield Alert(
            f"answers {mailing.id} {stale.known_at.isoformat()} {'held' if is_held else 'soon'}",
            what,
            _("look at the register and the mailbox, then confirm that you have looked"),
            Remedy(RemedyAct.CONFIRM_ANSWERS, {"campaign": mailing.campaign}),
        )
