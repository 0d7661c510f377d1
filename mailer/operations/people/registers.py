"""A campaign's register as a whole: its places, its waiting list, and what time does to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.accreditations import Excess, PassedOver, excess, lapse, promotions, seats_taken
from mailer.errors import ContentError
from mailer.model.accreditations.accreditation import (
    Accreditation,
    AccreditationState,
    RegisterUpdate,
)
from mailer.model.team.actor import PROGRAM
from mailer.model.team.permission import Act, require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from mailer.accreditations import Terms
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class RegisterPlaces:
    """How full an event is: derived from the register, kept nowhere."""

    taken: int
    total: int | None
    asked: int
    waiting: tuple[PassedOver, ...]
    over: Excess

    @property
    def free(self) -> int | None:
        return None if self.total is None else max(self.total - self.taken, 0)


def places(register: Sequence[Accreditation], *, terms: Terms, now: datetime) -> RegisterPlaces:
    """Return how full an event is, and why each person of the waiting list waits."""
    return RegisterPlaces(
        taken=seats_taken(register).total(),
        total=terms.rules.total,
        asked=sum(each.state is AccreditationState.ASKED for each in register),
        waiting=promotions(register, terms=terms, now=now).passed_over,
        over=excess(register, terms.rules),
    )


def confirm_answers(campaign: str, *, actor: Actor, ledger: Ledger, now: datetime) -> None:
    """Confirm that the register has every answer that came in by now. Journalled.

    The reminders that were held for that leave. Raises RuleError when the actor may not.
    """
    require(actor, Act.ACCREDIT)
    ledger.register_looks.confirm(campaign, actor=actor, at=now)


def sweep_registers(
    ledger: Ledger, *, terms_for: Callable[[str], Terms], now: datetime
) -> Iterator[Accreditation]:
    """Do what the time asks for in every register. Yields the entries that changed.

    Places that nobody confirmed go to the next of the waiting list, as do those that a higher quota
    has added, and the numbers of press cards are erased when they are due. A campaign whose folder
    cannot be read is left as it is.
    """
    ledger.accreditations.purge_cards(now=now)
    for campaign in ledger.accreditations.campaigns():
        register = ledger.accreditations.of_campaign(campaign)
        if not any(map(_may_change, register)):
            continue
        try:
            terms = terms_for(campaign)
        except ContentError:
            continue
        if lapse(register, terms=terms, now=now).saved:
            yield from _swept(campaign, terms, ledger, now)


def _may_change(entry: Accreditation) -> bool:
    return entry.confirm_by is not None or entry.state is AccreditationState.WAITING


def _swept(campaign: str, terms: Terms, ledger: Ledger, now: datetime) -> Sequence[Accreditation]:
    def decided(register: Sequence[Accreditation]) -> RegisterUpdate:
        return lapse(register, terms=terms, now=now).update

    return ledger.accreditations.revise(campaign, decided, actor=PROGRAM, at=now)
