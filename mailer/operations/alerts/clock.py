"""Say when the clock has jumped, and confirm that it is right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.model.team.permission import Act, require
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.mailings.mailing import MailingSummary
    from mailer.model.service.trusted_time import TrustedTime
    from mailer.model.team.actor import Actor
    from mailer.ports import Clock, Ledger
    from mailer.wording import Text

SHOWN_FOR = timedelta(days=1)
"""How long a jump that was followed is shown."""


@dataclass(frozen=True, slots=True)
class HeldClocks:
    """The clocks whose jump is held, and the mailings that it makes due."""

    clocks: tuple[TrustedTime, ...]
    mailings: tuple[MailingSummary, ...]


def notice_jump(clock: Clock, *, ledger: Ledger) -> None:
    """Compare the clock of this process with what the ledger knows of it, and record a jump."""
    clock.check(ledger.trusted_time.observe)


def held_clocks(*, ledger: Ledger, wall_at: datetime) -> HeldClocks:
    """Return the clocks whose jump is held, and what leaves when they are confirmed."""
    clocks = tuple(each for each in ledger.trusted_time.all() if each.is_held)
    due = ledger.mailings.summaries(overdue_at=wall_at) if clocks else ()
    return HeldClocks(clocks, tuple(due))


def confirm_clocks(*, actor: Actor, ledger: Ledger, now: datetime) -> Sequence[TrustedTime]:
    """Confirm every clock whose jump is held; returns them. The service then follows its clock,
    and what has become due leaves. Raises RuleError when the actor may not.
    """
    require(actor, Act.CONFIRM_CLOCK)
    return ledger.trusted_time.confirm(actor=actor, at=now)


def what_jumped(trusted: TrustedTime, *, zone: str) -> Text:
    """Say how far a clock has jumped, and what becomes of it."""
    at = (trusted.jumped_at or trusted.at).astimezone(ZoneInfo(zone))
    by = _duration(abs(trusted.jump_s))
    if trusted.is_held and trusted.is_confirmed:
        return _(
            "The clock of {host} jumped forward by {by}, to {at}; it is confirmed, and the service"
            " follows it",
            host=trusted.host,
            by=by,
            at=at,
        )
    if trusted.is_held:
        return _(
            "The clock of {host} jumped forward by {by}, to {at}; what this makes due is held",
            host=trusted.host,
            by=by,
            at=at,
        )
    if trusted.jump_s < 0:
        return _(
            "The clock of {host} was set back by {by}, to {at}", host=trusted.host, by=by, at=at
        )
    return _("The clock of {host} jumped forward by {by}, to {at}", host=trusted.host, by=by, at=at)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
