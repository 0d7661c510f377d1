"""Find what needs attention: no service runs, a mailing is stuck, or a mailing was stopped."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.labels import mailing_name
from mailer.model.journal.line import JournalFilter
from mailer.model.mailings.mailing import MailingState
from mailer.operations.alerts.alert import Alert
from mailer.operations.alerts.answer_alerts import answer_alerts
from mailer.operations.alerts.clock import SHOWN_FOR, what_jumped
from mailer.operations.alerts.mailing_alerts import STUCK_FOR, mailing_alerts, paused_alerts
from mailer.operations.alerts.reply_alerts import reply_alerts
from mailer.operations.alerts.service_alerts import SILENT_FOR, service_alerts, task_alerts
from mailer.operations.feedback.receive import UNSUBSCRIBE_KEYS
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _, _n, to_administrator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailer.model.feedback.reply import Reply
    from mailer.model.service.ledger_home import Elsewhere
    from mailer.ports import Ledger

_MAX_FAILED_LINKS = 100
REMEMBERED_FOR = timedelta(days=7)
"""How long a mailing that has ended is still examined."""


def alerts(
    ledger: Ledger,
    *,
    now: datetime,
    zone: str = "UTC",
    reporter: str = "",
    fresh_for: timedelta = timedelta(),
    reply_within: timedelta = timedelta(),
    provider: str = "",
    replies: Sequence[Reply] | None = None,
) -> Iterator[Alert]:
    """Yield all alerts, the most serious first. Instants are written in `zone`.

    `reporter` names the provider whose events reach us, or "" if missing events mean nothing.
    `fresh_for` is how long reminders may rely on the register after somebody has looked, and
    `reply_within` how many working hours a reply may wait. `provider` is that by which we send;
    `replies` are those that wait, where they were read before.
    """
    in_progress = ledger.progress.of_mailings(
        since=now - REMEMBERED_FOR, queued_before=now - STUCK_FOR if reporter else None
    )
    if (found := ledger.home.elsewhere()) is not None:
        yield _not_here(found)
    else:
        yield from _clock_alerts(ledger, now=now, zone=zone)
        tasks = ledger.heartbeat.tasks()
        next_at = ledger.mailings.next_due_at()
        is_late = next_at is not None and next_at <= now - SILENT_FOR
        other_ways = list(_other_way_alerts(ledger, now=now, provider=provider)) if is_late else []
        yield from other_ways
        yield from (
            alert
            for alert in service_alerts(
                ledger, in_progress, tasks, next_at=next_at, now=now, zone=zone
            )
            if not (other_ways and alert.key.startswith("due "))  # it is told with its reason
        )
        yield from task_alerts(tasks, now=now, zone=zone)
    yield from paused_alerts(in_progress)
    for progress in in_progress:
        yield from mailing_alerts(progress, now=now, reporter=reporter)
    yield from answer_alerts(ledger, now=now, zone=zone, fresh_for=fresh_for)
    yield from reply_alerts(ledger, now=now, zone=zone, reply_within=reply_within, replies=replies)
    yield from _proposal_alerts(ledger)
    yield from _unsubscribe_alerts(ledger, now=now)


def _unsubscribe_alerts(ledger: Ledger, *, now: datetime) -> Iterator[Alert]:
    """Yield an alert if people could not unsubscribe by the link in their message."""
    lines = ledger.journal.page(JournalFilter(UNSUBSCRIBE_KEYS), limit=_MAX_FAILED_LINKS)
    recent = [line for line in lines if now - line.at < REMEMBERED_FOR]
    if recent:
        yield Alert(
            f"unsubscribe {recent[0].at.date().isoformat()}",
            _n(
                "{count} person could not unsubscribe: the key or the ledger of their link is"
                " not the present one",
                "{count} people could not unsubscribe: the key or the ledger of their links is"
                " not the present one",
                count=len(recent),
            ),
            to_administrator(
                _(
                    "write the former key below the present one in [unsubscribe] keys, and suppress"
                    " those whom the journal names: {deliveries}",
                    deliveries=", ".join(line.subject.rpartition("/")[2] for line in recent[:5]),
                )
            ),
        )


def _not_here(found: Elsewhere) -> Alert:
    problem = found.problem
    return Alert(
        f"elsewhere {found.since.isoformat()}",
        problem.what,
        problem.remedy,
        problem.act,
        by_mail=False,
    )


def _clock_alerts(ledger: Ledger, *, now: datetime, zone: str) -> Iterator[Alert]:
    """Yield an alert for each clock whose jump is held, or was followed within a day."""
    for trusted in ledger.trusted_time.all():
        if trusted.jumped_at is None:
            continue
        key = f"clock {trusted.boot} {trusted.jumped_at.isoformat()}"
        what = what_jumped(trusted, zone=zone)
        if trusted.is_held:
            yield Alert(
                key,
                what,
                _("set the clock right; or, if it is right now, confirm it"),
                Remedy(RemedyAct.CONFIRM_CLOCK),
            )
        elif abs(now - trusted.jumped_at) < SHOWN_FOR:
            yield Alert(
                f"{key} followed",
                what,
                _("see that it is right now; what was waiting waits no longer for it"),
                Remedy(RemedyAct.SEE_STATUS),
            )


def _other_way_alerts(ledger: Ledger, *, now: datetime, provider: str) -> Iterator[Alert]:
    """Yield an alert for each mailing that no service starts because ours send in another way.

    One that sends in the right way would have started it within a moment.
    """
    from mailer.operations.sending.start import (  # noqa: PLC0415 - few offices are ever late
        Guards,
        left_to_another,
    )

    ours = Guards(provider=provider)
    for held in left_to_another(ledger, now=now - SILENT_FOR, guards=ours):
        if held.mailing.state is MailingState.SCHEDULED:
            yield Alert(
                f"other way {held.mailing.id} {provider}",
                _(
                    "{mailing} does not leave: {reason}",
                    mailing=mailing_name(held.mailing),
                    reason=held.problem.what,
                ),
                _(
                    "start a service that sends by {launched}, or resume it for this one",
                    launched=held.mailing.provider,
                ),
                held.problem.act,
            )


def _proposal_alerts(ledger: Ledger) -> Iterator[Alert]:
    """Yield an alert when mails wait for a decision; a new one at most once a day.

    Anybody can send such mails, and should not be able to send a notice with each.
    """
    waiting = ledger.proposals.tally()
    if waiting.newest_at is not None:
        yield Alert(
            f"proposals {waiting.newest_at:%Y-%m-%d}",
            _n(
                "A mail asks that somebody be no longer written to, and nothing proves who wrote it",
                "Mails ask that {count} people be no longer written to, and nothing proves who"
                " wrote them",
                count=waiting.count,
            ),
            _("read them, and accept or dismiss each"),
            Remedy(RemedyAct.SEE_PROPOSALS),
        )
