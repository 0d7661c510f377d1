"""Requests that come in together: a partner's list, pasted addresses, saved mails."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.accreditations.decisions import (
    RegisterDecision,
    RegisterRefusal,
    decide,
    request_place,
)
from mailer.model.accreditations.accreditation import AccreditationState, RegisterUpdate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from mailer.accreditations.decisions import RefusalReason
    from mailer.accreditations.terms import Terms
    from mailer.model.accreditations.accreditation import Accreditation


class RequestChoice(StrEnum):
    """What the office makes of one request of several."""

    RULES = "rules"
    """A place if the campaign's rules give one: the quota, the deadline, who accepts."""
    ASKED = "asked"
    """Only noted, on the waiting list after the deadline: the office decides by hand."""
    ACCEPTED = "accepted"
    WAITING = "waiting"
    DECLINED = "declined"
    LEAVE_OUT = "leave-out"


@dataclass(frozen=True, slots=True)
class IncomingRequest:
    """One request with what is known of the person, and what the office makes of it."""

    entry: Accreditation
    choice: RequestChoice = RequestChoice.RULES


@dataclass(frozen=True, slots=True)
class RequestResult:
    """What became of one request: the state of the person now, or why a rule is against it.

    `was_there` says that the person was in the register before.
    """

    entry: Accreditation
    refused: RefusalReason | None = None
    was_there: bool = False


@dataclass(frozen=True, slots=True)
class RequestsDecided:
    """What several requests change in a register, and what became of each."""

    update: RegisterUpdate
    results: tuple[RequestResult, ...]


def take_in(
    register: Iterable[Accreditation],
    requests: Iterable[IncomingRequest],
    *,
    terms: Terms,
    now: datetime,
) -> RequestsDecided:
    """Decide requests one after the other, each with the places that those before it left.

    A request that a rule is against changes nothing, and stops none of the others.
    """
    present = {each.address.key: each for each in register}
    known = frozenset(present)
    saved: dict[str, Accreditation] = {}
    results: list[RequestResult] = []
    for request in requests:
        if request.choice is RequestChoice.LEAVE_OUT:
            continue
        key = request.entry.address.key
        merged = replace(request, entry=_merged(present.get(key), request.entry))
        found = _decided(tuple(present.values()), merged, terms=terms, now=now)
        if isinstance(found, RegisterRefusal):
            results.append(RequestResult(merged.entry, found.reason, was_there=key in known))
            continue
        for entry in found.saved:
            present[entry.address.key] = saved[entry.address.key] = entry
        results.append(RequestResult(found.saved[0], was_there=key in known))
    return RequestsDecided(
        RegisterUpdate(tuple(saved.values())),
        # A later one of them may have made room for an earlier one.
        tuple(
            each if each.refused else replace(each, entry=saved[each.entry.address.key])
            for each in results
        ),
    )


def _decided(
    register: Sequence[Accreditation], request: IncomingRequest, *, terms: Terms, now: datetime
) -> RegisterDecision | RegisterRefusal:
    if request.choice in {RequestChoice.RULES, RequestChoice.ASKED}:
        is_invited = request.choice is RequestChoice.RULES
        return request_place(register, request.entry, terms=terms, now=now, is_invited=is_invited)
    state = AccreditationState(request.choice.value)
    return decide(register, replace(request.entry, state=state), terms=terms, now=now)


def _merged(before: Accreditation | None, entry: Accreditation) -> Accreditation:
    """Return the entry that is there, with what only the list knows of the person."""
    if before is None:
        return entry
    return replace(
        before,
        name=before.name or entry.name,
        organisation=before.organisation or entry.organisation,
        card=before.card if before.card.number else entry.card,
    )
