"""Let a person resolve uncertain deliveries, one by one or all of a campaign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.team.permission import Act, require
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.mailings.delivery import Delivery
    from mailer.model.mailings.message import DeliveryId
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger

_NAMED = 20
"""How many people the error names: enough to recognise a list, and it still fits one screen."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """How many uncertain deliveries were resolved, and how many are unchanged."""

    count: int
    unchanged: int


def resolve_delivery(
    delivery_id: DeliveryId, *, resend: bool, actor: Actor, why: str, ledger: Ledger, now: datetime
) -> bool:
    """Resolve one uncertain delivery: record it as sent, or requeue it if `resend`.

    Returns False, changing nothing, if it is not uncertain, or if it should be resent but its
    mailing is cancelled or expired. Raises RuleError when the actor may not do this.
    """
    require(actor, Act.RESOLVE)
    resolved = ledger.uncertain.resolve([delivery_id], resend=resend, actor=actor, why=why, at=now)
    return bool(resolved)


def resolve_all(
    campaign: str,
    *,
    step: str = "",
    confirm: int | None,
    resend: bool,
    actor: Actor,
    why: str,
    ledger: Ledger,
    now: datetime,
) -> Resolved:
    """Resolve every uncertain delivery of a campaign, or of one step, in one transaction.

    Only deliveries that were counted and are still uncertain change. Raises RuleError, changing
    nothing, when the actor may not do this, `confirm` is not their number, or nothing was
    launched under that name.
    """
    require(actor, Act.RESOLVE)
    where = Place(f"{campaign}/{step}" if step else campaign)
    if not any(step in {"", mailing.step} for mailing in ledger.mailings.summaries(campaign)):
        raise RuleError(
            Problem(
                where,
                _("nothing was launched under this name"),
                _("The status shows the names."),
                Remedy(RemedyAct.SEE_STATUS),
            )
        )
    uncertain = ledger.uncertain.find(campaign=campaign, step=step)
    if uncertain and confirm != len(uncertain):
        raise RuleError(_miscounted(where, uncertain, confirm, _act(campaign, step)))
    resolved = ledger.uncertain.resolve(
        [delivery.id for delivery in uncertain], resend=resend, actor=actor, why=why, at=now
    )
    return Resolved(len(resolved), len(uncertain) - len(resolved))


def uncertain_of(campaign: str, *, ledger: Ledger) -> Sequence[Delivery]:
    """Return the uncertain deliveries of a campaign."""
    return ledger.uncertain.find(campaign=campaign)


def _act(campaign: str, step: str) -> Remedy:
    if step:
        return Remedy(RemedyAct.RESOLVE_STEP, {"campaign": campaign, "step": step})
    return Remedy(RemedyAct.RESOLVE_CAMPAIGN, {"campaign": campaign})


def _miscounted(
    where: Place, uncertain: Sequence[Delivery], confirm: int | None, act: Remedy
) -> Problem:
    return Problem(
        where,
        _n(
            "{count} delivery is uncertain, and nothing was confirmed: {names}",
            "{count} deliveries are uncertain, and nothing was confirmed: {names}",
            count=len(uncertain),
            names=_named(uncertain),
        )
        if confirm is None
        else _n(
            "{count} delivery is uncertain, and {confirm} was confirmed: {names}",
            "{count} deliveries are uncertain, and {confirm} was confirmed: {names}",
            count=len(uncertain),
            confirm=confirm,
            names=_named(uncertain),
        ),
        _("Nothing was changed. See who they are, then confirm their number."),
        act,
    )


def _named(uncertain: Sequence[Delivery]) -> Text | str:
    names = ", ".join(delivery.name or str(delivery.address) for delivery in uncertain[:_NAMED])
    others = len(uncertain) - _NAMED
    if others <= 0:
        return names
    return _n("{names} and {count} more", "{names} and {count} more", count=others, names=names)
