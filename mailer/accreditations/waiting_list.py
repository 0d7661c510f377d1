"""The waiting list: who gets a place that is free, in which order, and who is passed over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.accreditations.places import Room
from mailer.model.accreditations.accreditation import AccreditationState, WaitReason
from mailer.model.campaigns.campaign import QueueOrder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from mailer.accreditations.terms import Terms
    from mailer.model.accreditations.accreditation import Accreditation


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A person who goes on waiting, and why."""

    entry: Accreditation
    reason: WaitReason


@dataclass(frozen=True, slots=True)
class Promotions:
    """Who of the waiting list gets a place now, and who does not."""

    promoted: tuple[Accreditation, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()


def queue(register: Iterable[Accreditation]) -> list[Accreditation]:
    """Return the waiting list in its order: by the instant of the request."""
    waiting = [each for each in register if each.state is AccreditationState.WAITING]
    return sorted(waiting, key=lambda each: (each.waits_since, each.address.key))


def promotions(register: Iterable[Accreditation], *, terms: Terms, now: datetime) -> Promotions:
    """Give the free places to the waiting list.

    An outlet that is full is passed over, because no place of the others would help it. A request
    that is too large for what is left stops the list, or is passed over, by the campaign's order.
    """
    register = tuple(register)
    room, closed = Room.left(register, terms.rules), not terms.promotes(now)
    promoted: list[Accreditation] = []
    passed: list[PassedOver] = []
    is_stopped = False
    for entry in queue(register):
        reason = WaitReason.CLOSED if closed else _why_not(entry, room, terms, behind=is_stopped)
        if reason is None:
            room.give(entry)
            promoted.append(_promoted(entry, terms, now))
            continue
        passed.append(PassedOver(entry, reason))
        is_stopped |= reason is WaitReason.NO_ROOM and terms.rules.order is QueueOrder.STRICT
    return Promotions(tuple(promoted), tuple(passed))


def _why_not(entry: Accreditation, room: Room, terms: Terms, *, behind: bool) -> WaitReason | None:
    """Return why somebody does not get one of the places that are left."""
    if entry.confirm_by is not None:
        return WaitReason.LAPSED
    if not terms.was_in_time(entry.waits_since):
        return WaitReason.LATE
    if not room.outlet_has(entry):
        return WaitReason.OUTLET_FULL
    if not room.event_has(entry):
        return WaitReason.NO_ROOM
    return WaitReason.BEHIND if behind else None


def _promoted(entry: Accreditation, terms: Terms, now: datetime) -> Accreditation:
    return replace(
        entry,
        state=AccreditationState.ACCEPTED,
        at=now,
        answer=entry.answer + 1,
        confirm_by=terms.confirm_by(now),
    )
