"""What should worry the team: nothing runs, nothing moves, or something was stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.model.actor import Via
from mailer.model.delivery import DeliveryStatus
from mailer.model.mailing import MailingState
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailer.model.progress import MailingProgress
    from mailer.ports import Ledger

SILENT_FOR = timedelta(minutes=5)
"""A service takes a turn every few seconds, and a long one while it sends."""
STUCK_FOR = timedelta(minutes=30)
SOON = timedelta(hours=24)
REMEMBERED_FOR = timedelta(days=7)
"""How long after its day a mailing that has ended is still looked at."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing, and what to do. `key` is the same as long as it is the same occurrence."""

    key: str
    what: Text
    remedy: Text
    act: Remedy | None = None
    """The act that the remedy asks for, where a door can offer it."""
    by_mail: bool = True
    """False for what a person did, and for what only somebody who looks can be told."""

    @property
    def in_short(self) -> Text:
        return Text("{what} — {remedy}", {"what": self.what, "remedy": self.remedy})


def alerts(
    ledger: Ledger, *, now: datetime, zone: str = "UTC", reporter: str = ""
) -> Iterator[Alert]:
    """The gravest first. Instants are told in `zone`.

    `reporter` names the provider whose events reach us, so that their absence says something.
    """
    standings = ledger.progress.of_mailings(
        since=now - REMEMBERED_FOR, unheard_before=now - STUCK_FOR if reporter else None
    )
    yield from _nothing_leaves(ledger, standings, now=now, zone=zone)
    for standing in standings:
        yield from _about(standing, now=now, reporter=reporter)


def downtime(ledger: Ledger, *, now: datetime, zone: str = "UTC") -> Iterator[Alert]:
    """Asked by a service before its first turn: whether nobody was there when it mattered."""
    seen_at = ledger.heartbeat.last()
    if seen_at is None or now - seen_at <= SILENT_FOR:
        return
    standings = ledger.progress.of_mailings(since=now)
    if _somebody_sends(standings, now):
        return
    late = [
        f"{mailing.campaign}/{mailing.step}"
        for mailing in ledger.mailings.summaries(overdue_at=now)
    ]
    late += [_name(each) for each in standings if each.state is MailingState.ACTIVE]
    if late:
        yield Alert(
            f"absent {seen_at.isoformat()}",
            _(
                "The service did not run from {start} to {end}",
                start=_when(seen_at, zone),
                end=_when(now, zone),
            ),
            _(
                "late because of it: {names}. They leave now, unless it is too late to be useful; "
                "the status shows them",
                names=", ".join(dict.fromkeys(late)),
            ),
            Remedy(RemedyAct.SEE_STATUS),
        )


def _nothing_leaves(
    ledger: Ledger, standings: Sequence[MailingProgress], *, now: datetime, zone: str
) -> Iterator[Alert]:
    next_at = ledger.mailings.next_due_at()
    turned_at = ledger.heartbeat.last()
    is_silent = turned_at is None or now - turned_at > SILENT_FOR
    if is_silent and not _somebody_sends(standings, now):
        if next_at is not None and next_at < now + SOON:
            yield Alert(
                "silent",
                _(
                    "Nothing is running that would send (last seen: {at})",
                    at=_when(turned_at, zone) if turned_at else "-",
                ),
                _("start the service"),
                Remedy(RemedyAct.RUN_SERVICE),
                by_mail=False,
            )
        return
    stuck = [each for each in standings if _is_stuck(each, now)]
    for each in stuck:
        yield Alert(
            f"stuck {each.mailing_id} {_moved_at(each).isoformat()}",
            _n(
                "{mailing}: {count} message has been waiting since {at} and does not leave",
                "{mailing}: {count} messages have been waiting since {at} and do not leave",
                count=each.by_status[DeliveryStatus.PENDING],
                mailing=_name(each),
                at=_when(_moved_at(each), zone),
            ),
            _("see what the service says"),
            Remedy(RemedyAct.SEE_STATUS),
        )
    if not stuck and next_at is not None and next_at < now - STUCK_FOR:
        yield Alert(
            f"due {next_at.isoformat()}",
            _(
                "Something has been due since {at} and does not leave",
                at=_when(next_at, zone),
            ),
            _("see what the service says"),
            Remedy(RemedyAct.SEE_STATUS),
        )


def _about(standing: MailingProgress, *, now: datetime, reporter: str) -> Iterator[Alert]:
    name, campaign = _name(standing), standing.campaign
    rows = sum(standing.by_status.values())
    if rows != standing.audience:
        yield Alert(
            f"rows {standing.mailing_id} {rows}",
            _(
                "{mailing}: the ledger has {rows} rows for {audience} recipients",
                mailing=name,
                rows=rows,
                audience=standing.audience,
            ),
            _("pause the campaign, and compare with the newest backup before it goes on"),
            Remedy(RemedyAct.PAUSE, {"campaign": campaign}),
        )
    if standing.state is MailingState.PAUSED:
        yield Alert(
            f"paused {standing.mailing_id} {standing.state_changed_at.isoformat()}",
            _("{mailing} is paused: {reason}", mailing=name, reason=standing.note or "-"),
            _("put it right, then resume the campaign"),
            Remedy(RemedyAct.RESUME, {"campaign": campaign}),
            by_mail=standing.state_changed_via is Via.PROGRAM,
        )
    elif standing.state is MailingState.MISSED:
        yield Alert(
            f"missed {standing.mailing_id}",
            _("{mailing} was missed: {reason}", mailing=name, reason=standing.note),
            _("nothing was sent; write a new campaign if it still has something to say"),
        )
    elif standing.state is not MailingState.ACTIVE:
        yield from _after_the_end(standing, now=now)
    if standing.without_feedback:
        yield Alert(
            f"unheard {standing.mailing_id}",
            _n(
                "{mailing}: {count} message was accepted by {provider}, and no sign of life since",
                "{mailing}: {count} messages were accepted by {provider}, and no sign of life since",
                count=standing.without_feedback,
                mailing=name,
                provider=reporter,
            ),
            _("look at {provider}’s own pages; nothing is sent again", provider=reporter),
        )


def _after_the_end(standing: MailingProgress, *, now: datetime) -> Iterator[Alert]:
    """Doubts that evidence has had time to settle, and has not."""
    uncertain = standing.by_status.get(DeliveryStatus.UNCERTAIN, 0)
    if uncertain and now - standing.state_changed_at >= STUCK_FOR:
        yield Alert(
            f"uncertain {standing.mailing_id} {standing.state_changed_at.isoformat()}",
            _n(
                "{mailing} has ended, and {count} delivery is still uncertain",
                "{mailing} has ended, and {count} deliveries are still uncertain",
                count=uncertain,
                mailing=_name(standing),
            ),
            _n(
                "the status names it; settle it",
                "the status names them; settle each of them, or all at once",
                count=uncertain,
            ),
            Remedy(RemedyAct.RESOLVE_STEP, {"campaign": standing.campaign, "step": standing.step}),
        )


def _is_stuck(standing: MailingProgress, now: datetime) -> bool:
    return (
        standing.state is MailingState.ACTIVE
        and bool(standing.by_status.get(DeliveryStatus.PENDING))
        and now - _moved_at(standing) > STUCK_FOR
    )


def _moved_at(standing: MailingProgress) -> datetime:
    return max(standing.last_journal_at, standing.settled_at or standing.last_journal_at)


def _somebody_sends(standings: Sequence[MailingProgress], now: datetime) -> bool:
    """A turn is written down when it ends, and one that sends to many lasts long."""
    return any(
        each.state is MailingState.ACTIVE and each.settled_at and now - each.settled_at < SILENT_FOR
        for each in standings
    )


def _name(standing: MailingProgress) -> str:
    return f"{standing.campaign}/{standing.step}"


def _when(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M %Z")
