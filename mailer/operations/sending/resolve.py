"""Uncertain deliveries settled by a person, one by one or a campaign at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.permission import Act, require
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.actor import Actor
    from mailer.model.delivery import Delivery
    from mailer.model.message import DeliveryId
    from mailer.ports import Ledger

_NAMED = 20
"""How many people a refusal names: enough to recognise a list, and still one screen."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """How many uncertain deliveries were settled, and how many stay as they were."""

    settled: int
    left: int


def resolve_delivery(
    delivery_id: DeliveryId, *, resend: bool, actor: Actor, why: str, ledger: Ledger, now: datetime
) -> bool:
    """Settle one uncertain delivery: as sent, or to be sent again.

    Returns False, changing nothing, when it is not uncertain, or is to be sent again for a
    mailing that is cancelled or has expired. Raises RuleError when the actor may not do this.
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
    """Settle every uncertain delivery of a campaign, or of one step, in one transaction:
    exactly those that were counted and are still uncertain.

    Raises RuleError, changing nothing, when the actor may not do this, `confirm` is not their
    number, or nothing was launched under that name.
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
    doubts = ledger.uncertain.find(campaign=campaign, step=step)
    if doubts and confirm != len(doubts):
        raise RuleError(_miscounted(where, doubts, confirm, _act(campaign, step)))
    settled = ledger.uncertain.resolve(
        [doubt.id for doubt in doubts], resend=resend, actor=actor, why=why, at=now
    )
    return Resolved(len(settled), len(doubts) - len(settled))


def _act(campaign: str, step: str) -> Remedy:
    if step:
        return Remedy(RemedyAct.RESOLVE_STEP, {"campaign": campaign, "step": step})
    return Remedy(RemedyAct.RESOLVE_CAMPAIGN, {"campaign": campaign})


def _miscounted(
    where: Place, doubts: Sequence[Delivery], confirm: int | None, act: Remedy
) -> Problem:
    return Problem(
        where,
        _n(
            "{count} delivery is uncertain, and nothing was confirmed: {names}",
            "{count} deliveries are uncertain, and nothing was confirmed: {names}",
            count=len(doubts),
            names=_named(doubts),
        )
        if confirm is None
        else _n(
            "{count} delivery is uncertain, and {confirm} was confirmed: {names}",
            "{count} deliveries are uncertain, and {confirm} was confirmed: {names}",
            count=len(doubts),
            confirm=confirm,
            names=_named(doubts),
        ),
        _("Nothing was changed. See who they are, then confirm their number."),
        act,
    )


def _named(doubts: Sequence[Delivery]) -> Text | str:
    names = ", ".join(doubt.name or str(doubt.address) for doubt in doubts[:_NAMED])
    others = len(doubts) - _NAMED
    if others <= 0:
        return names
    return _n("{names} and {count} more", "{names} and {count} more", count=others, names=names)
