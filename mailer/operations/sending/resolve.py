"""A person's word on all the doubts of a campaign at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.delivery import DeliveryStatus
from mailer.model.permission import Act, require
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.actor import Actor
    from mailer.model.delivery import Delivery
    from mailer.model.mailing import Mailing
    from mailer.ports import Ledger

_NAMED = 20
"""How many people a refusal names: enough to recognise a list, and still one screen."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """How many doubts were settled, and how many stay as they were."""

    settled: int
    left: int


def uncertain_deliveries(mailing: Mailing, *, ledger: Ledger) -> list[Delivery]:
    """Its uncertain deliveries, in order."""
    return [
        delivery
        for delivery in ledger.deliveries.of_mailing(mailing.id)
        if delivery.status is DeliveryStatus.UNCERTAIN
    ]


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
    """Settles every doubt of a campaign, or of one step, in one transaction: exactly those
    that were counted, and still are doubts then.

    Raises RuleError, changing nothing, when the actor may not do this, `confirm` is not their
    number, or nothing was launched under that name.
    """
    require(actor, Act.RESOLVE)
    where = Place(f"{campaign}/{step}" if step else campaign)
    mailings = [each for each in ledger.mailings.all(campaign) if step in {"", each.step}]
    if not mailings:
        raise RuleError(
            Problem(
                where,
                _("nothing was launched under this name"),
                _("See mailer status for the names."),
            )
        )
    doubts = [
        doubt for mailing in mailings for doubt in uncertain_deliveries(mailing, ledger=ledger)
    ]
    if doubts and confirm != len(doubts):
        raise RuleError(_miscounted(where, doubts, confirm))
    settled = ledger.uncertain.resolve(
        [doubt.id for doubt in doubts], resend=resend, actor=actor, why=why, at=now
    )
    return Resolved(len(settled), len(doubts) - len(settled))


def _miscounted(where: Place, doubts: Sequence[Delivery], confirm: int | None) -> Problem:
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
        _("Nothing was changed. See who they are, then add --confirm and their number."),
    )


def _named(doubts: Sequence[Delivery]) -> Text | str:
    names = ", ".join(doubt.name or str(doubt.address) for doubt in doubts[:_NAMED])
    others = len(doubts) - _NAMED
    if others <= 0:
        return names
    return _n("{names} and {count} more", "{names} and {count} more", count=others, names=names)
