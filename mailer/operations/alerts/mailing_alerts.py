"""Find what needs attention in a mailing that is being sent, or has ended lately."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.labels import mailing_name, step_title
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.model.mailings.mailing import MailingState
from mailer.model.team.actor import Via
from mailer.operations.alerts.alert import Alert
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import Text, _, _n, from_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from mailer.model.mailings.progress import MailingProgress

STUCK_FOR = timedelta(minutes=30)


def mailing_alerts(progress: MailingProgress, *, now: datetime, reporter: str) -> Iterator[Alert]:
    """Yield the alerts of one mailing. `reporter` is that of `watch.alerts`."""
    name, campaign = mailing_name(progress), progress.campaign
    rows = sum(progress.by_status.values())
    if rows != progress.audience:
        yield Alert(
            f"rows {progress.mailing_id} {rows}",
            _(
                "{mailing}: the ledger has {rows} rows for {audience} recipients",
                mailing=name,
                rows=rows,
                audience=progress.audience,
            ),
            _("pause the campaign, and compare with the newest backup before it goes on"),
            Remedy(RemedyAct.PAUSE, {"campaign": campaign}),
        )
    if progress.state is MailingState.MISSED:
        yield Alert(
            f"missed {progress.mailing_id}",
            _("{mailing} was missed: {reason}", mailing=name, reason=from_note(progress.note)),
            _("nothing was sent; write a new campaign if it still has something to say"),
        )
    elif progress.state is MailingState.PAUSED:
        yield from _uncertain_in_pause(progress)
    elif progress.state is not MailingState.ACTIVE:
        yield from _uncertain_after_end(progress, now=now)
    if progress.without_feedback:
        yield Alert(
            f"unheard {progress.mailing_id}",
            _n(
                "{mailing}: {count} message was accepted by {provider}, and no sign of life since",
                "{mailing}: {count} messages were accepted by {provider}, and no sign of life since",
                count=progress.without_feedback,
                mailing=name,
                provider=reporter,
            ),
            _("look at {provider}’s own pages; nothing is sent again", provider=reporter),
        )


def paused_alerts(in_progress: Iterable[MailingProgress]) -> Iterator[Alert]:
    """Yield an alert for each pause, which may be of several steps of a campaign."""
    pauses: dict[tuple[object, ...], list[MailingProgress]] = {}
    for each in in_progress:
        if each.state is MailingState.PAUSED:
            pause = (each.campaign, each.note, each.state_changed_via, each.state_changed_at)
            pauses.setdefault(pause, []).append(each)
    for paused in pauses.values():
        first = paused[0]
        id_or_campaign = first.mailing_id if len(paused) == 1 else first.campaign
        yield Alert(
            f"paused {id_or_campaign} {first.state_changed_at.isoformat()}",
            _what_is_paused(paused),
            _("put it right, then resume the campaign"),
            Remedy(RemedyAct.RESUME, {"campaign": first.campaign}),
            by_mail=first.state_changed_via is Via.PROGRAM,
        )


def _what_is_paused(paused: Sequence[MailingProgress]) -> Text:
    first, reason = paused[0], from_note(paused[0].note)
    if len(paused) == 1:
        name = mailing_name(first)
        if not first.note:
            return _("{mailing} is paused", mailing=name)
        return _("{mailing} is paused: {reason}", mailing=name, reason=reason)
    steps = tuple(step_title(each.step) for each in paused)
    if not first.note:
        return _("{campaign} is paused ({steps})", campaign=first.campaign, steps=steps)
    return _(
        "{campaign} is paused ({steps}): {reason}",
        campaign=first.campaign,
        steps=steps,
        reason=reason,
    )


def _uncertain_in_pause(progress: MailingProgress) -> Iterator[Alert]:
    """Yield an alert for what is uncertain while nothing leaves: now is the time to find out.

    It is not mailed, because the pause is.
    """
    uncertain = progress.by_status.get(DeliveryStatus.UNCERTAIN, 0)
    if uncertain:
        yield Alert(
            f"uncertain in pause {progress.mailing_id} {progress.state_changed_at.isoformat()}",
            _n(
                "{mailing} is paused, and {count} delivery is uncertain",
                "{mailing} is paused, and {count} deliveries are uncertain",
                count=uncertain,
                mailing=mailing_name(progress),
            ),
            _("find out what became of it before the campaign goes on"),
            Remedy(RemedyAct.RESOLVE_STEP, {"campaign": progress.campaign, "step": progress.step}),
            by_mail=False,
        )


def _uncertain_after_end(progress: MailingProgress, *, now: datetime) -> Iterator[Alert]:
    """Yield an alert for deliveries that are still uncertain some time after the end."""
    uncertain = progress.by_status.get(DeliveryStatus.UNCERTAIN, 0)
    if uncertain and now - progress.state_changed_at >= STUCK_FOR:
        yield Alert(
            f"uncertain {progress.mailing_id} {progress.state_changed_at.isoformat()}",
            _n(
                "{mailing} has ended, and {count} delivery is still uncertain",
                "{mailing} has ended, and {count} deliveries are still uncertain",
                count=uncertain,
                mailing=mailing_name(progress),
            ),
            _n(
                "the status names it; resolve it",
                "the status names them; resolve each of them, or all at once",
                count=uncertain,
            ),
            Remedy(RemedyAct.RESOLVE_STEP, {"campaign": progress.campaign, "step": progress.step}),
        )


def stuck_since(
    progress: MailingProgress, *, now: datetime, jumped_at: datetime | None
) -> datetime | None:
    """Return since when messages wait and none has left, None if that is no while yet.

    What a clock said before it was set back, and that is later than `now`, counts from the jump.
    """
    if progress.state is not MailingState.ACTIVE:
        return None
    if not progress.by_status.get(DeliveryStatus.PENDING):
        return None
    changed_at = last_change_at(progress)
    since = changed_at if changed_at <= now else min(jumped_at or now, now)
    return since if now - since > STUCK_FOR else None


def last_change_at(progress: MailingProgress) -> datetime:
    """Return when a message last left, or somebody last acted on the mailing."""
    return max(progress.last_journal_at, progress.settled_at or progress.last_journal_at)
