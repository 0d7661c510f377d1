"""Decides about one wish: what it changes in the register, or why it may not be.

Each function takes the whole register as it is at this moment and returns every change at once, the
promotions from the waiting list included.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.accreditations.places import Room, outlet_key
from mailer.accreditations.transitions import may_follow
from mailer.accreditations.waiting_list import PassedOver, promotions
from mailer.model.accreditations.accreditation import AccreditationState as State
from mailer.model.accreditations.accreditation import Forced, RegisterUpdate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from mailer.accreditations.terms import Terms
    from mailer.model.accreditations.accreditation import Accreditation, RegisterChange
    from mailer.model.address import Address

DISOWNED = "answer disowned"
"""Why a person gets a place back above the quota who says that an answer was not theirs."""


class RefusalReason(StrEnum):
    """Why a decision may not be, unless somebody forces it."""

    CLOSED = "closed"
    FULL = "full"
    OUTLET_FULL = "outlet-full"
    NOT_ALLOWED = "not-allowed"
    """This state may not follow the present one; that cannot be forced."""
    NOT_THERE = "not-there"
    """The person whose place is to be taken has none."""
    ALREADY_COMING = "already-coming"
    CHANGED_SINCE = "changed-since"
    """There is a newer answer than the one that is to be undone."""


@dataclass(frozen=True, slots=True)
class RegisterRefusal:
    """A decision that may not be, and the entry as it stays."""

    reason: RefusalReason
    present: Accreditation | None = None


@dataclass(frozen=True, slots=True)
class RegisterDecision:
    """What a decision changes: the entry it is about comes first, then others, as promotions."""

    saved: tuple[Accreditation, ...] = ()
    removed: tuple[Address, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()

    @property
    def update(self) -> RegisterUpdate:
        return RegisterUpdate(self.saved, self.removed)


def find(register: Iterable[Accreditation], key: str) -> Accreditation | None:
    """Return the entry of an address key."""
    return next((each for each in register if each.address.key == key), None)


def decide(
    register: Sequence[Accreditation],
    entry: Accreditation,
    *,
    terms: Terms,
    now: datetime,
    force: Forced | None = None,
) -> RegisterDecision | RegisterRefusal:
    """Give a person the state that the office decided, and fill the places that become free.

    With `force` a person is accepted after the deadline or above a quota, and the entry says who
    did it and why.
    """
    before = find(register, entry.address.key)
    if not may_follow(before.state if before else None, entry.state):
        return RegisterRefusal(RefusalReason.NOT_ALLOWED, before)
    after = _next_answer(before, entry, now)
    against = _rule_against(register, before, after, terms, now)
    if against is not None and force is None:
        return RegisterRefusal(against, before)
    keeps_force = before is not None and before.holds_place and after.holds_place
    forced = force if against else before.forced if before and keeps_force else None
    asked_again = before is not None and before.is_asked_again and after.state is State.ASKED
    confirm_by = before.confirm_by if before and asked_again else None
    after = replace(after, forced=forced, confirm_by=confirm_by)
    return _with_promotions(register, (after,), terms=terms, now=now)


def request_place(
    register: Sequence[Accreditation],
    entry: Accreditation,
    *,
    terms: Terms,
    now: datetime,
    is_invited: bool = True,
) -> RegisterDecision | RegisterRefusal:
    """Ask for a place: it is given at once if there is one, else the person waits.

    The office decides by hand about somebody who was not invited, and about everybody if the
    campaign says so. Asking again keeps a place and the rank on the list, and confirms a place
    that was given for a time; who let that pass goes to the end of the list. More people than the
    place is for need what a new request would: time, room, and the office where it decides.
    """
    by_hand = not (is_invited and terms.accepts_by_itself)
    before = find(register, entry.address.key)
    if before is not None and before.state in {State.REFUSED, State.ATTENDED}:
        return RegisterRefusal(RefusalReason.NOT_ALLOWED, before)
    if before is not None and before.holds_place:
        if entry.seats > before.seats and (terms.is_closed(now) or by_hand):
            is_late = terms.is_closed(now)
            why = RefusalReason.CLOSED if is_late else RefusalReason.NOT_ALLOWED
            return RegisterRefusal(why, before)
        return _confirm(register, before, entry, terms=terms, now=now)
    state = _requested_state(before, terms, now, by_hand=by_hand)
    after = _next_answer(before, replace(entry, state=state), now)
    return _with_promotions(register, (_renewed(before, after, now),), terms=terms, now=now)


def substitute(
    register: Sequence[Accreditation],
    entry: Accreditation,
    *,
    leaving: Address,
    terms: Terms,
    now: datetime,
) -> RegisterDecision | RegisterRefusal:
    """Let somebody come in the place of another, whose place or rank they take over.

    Nobody of the waiting list can take the place in between. Another outlet, or more people, need
    room of their own.
    """
    left, before = find(register, leaving.key), find(register, entry.address.key)
    if left is None or left.state not in {State.ASKED, State.ACCEPTED, State.WAITING}:
        return RegisterRefusal(RefusalReason.NOT_THERE, left)
    if before is not None and before.holds_place:
        return RegisterRefusal(RefusalReason.ALREADY_COMING, before)
    if before is not None and before.state is State.REFUSED:
        return RegisterRefusal(RefusalReason.NOT_ALLOWED, before)
    after = replace(
        entry,
        state=left.state,
        at=now,
        asked_at=left.waits_since,
        confirm_by=left.confirm_by,
        in_place_of=str(left.address),
        answer=before.answer + 1 if before else 1,
    )
    gone = _declined(left, now)
    rest = _changed(register, (gone,))
    if not _is_same_place(left, after) and (against := _no_room(rest, after, terms)):
        return RegisterRefusal(against, left)
    return _with_promotions(register, (after, gone), terms=terms, now=now)


def undo(
    register: Sequence[Accreditation], change: RegisterChange, *, terms: Terms, now: datetime
) -> RegisterDecision | RegisterRefusal:
    """Take back an answer that the person did not give, with the person who came instead.

    A place that was given up by it comes back even if the waiting list has it by now, but not a
    second time above the quota: then the person is on the list, at the rank of their request.
    """
    present = find(register, change.after.address.key)
    if present is None or present.answer != change.after.answer:
        return RegisterRefusal(RefusalReason.CHANGED_SINCE, present)
    instead = tuple(
        _declined(each, now)
        for each in register
        if each.in_place_of == str(present.address) and each.at == change.after.at
    )
    if change.before is None:
        decision = _with_promotions(
            register, instead, removed=(present.address,), terms=terms, now=now
        )
    else:
        back = replace(change.before, at=now, answer=present.answer + 1, card=present.card)
        back = _given_back(back, _changed(register, instead), terms, now)
        decision = _with_promotions(register, (back, *instead), terms=terms, now=now)
    return decision


def lapse(register: Sequence[Accreditation], *, terms: Terms, now: datetime) -> RegisterDecision:
    """Take back the places that were given for a time and not confirmed, and fill what is free.

    Who was asked again after a move stays asked, without a place: they had confirmed once, and get
    no mail for it.
    """
    lapsed = tuple(
        replace(each, confirm_by=None)
        if each.is_asked_again
        else replace(each, state=State.WAITING, at=now, answer=each.answer + 1)
        for each in register
        if each.state in {State.ACCEPTED, State.ASKED} and terms.has_lapsed(each, now)
    )
    return _with_promotions(register, lapsed, terms=terms, now=now)


def _requested_state(
    before: Accreditation | None, terms: Terms, now: datetime, *, by_hand: bool
) -> State:
    """Return the state of a request before the free places are given out."""
    if terms.is_closed(now) or (before is not None and before.state is State.WAITING):
        return State.WAITING
    if by_hand:
        return State.ASKED
    return State.WAITING if terms.rules.has_quota else State.ACCEPTED


def _next_answer(
    before: Accreditation | None, entry: Accreditation, now: datetime
) -> Accreditation:
    """Return the entry with its rank and the number of this answer."""
    if before is None:
        return replace(entry, at=now, asked_at=entry.asked_at or now, answer=1)
    is_new_request = before.state is State.DECLINED
    return replace(
        entry,
        at=now,
        asked_at=now if is_new_request else before.waits_since,
        answer=before.answer + (before.state is not entry.state),
    )


def _renewed(before: Accreditation | None, after: Accreditation, now: datetime) -> Accreditation:
    """Put a person at the end of the list who let a place pass and asks again."""
    if before is not None and before.state is State.WAITING and before.confirm_by is not None:
        return replace(after, asked_at=now, confirm_by=None)
    return replace(after, confirm_by=None)


def _confirm(
    register: Sequence[Accreditation],
    before: Accreditation,
    entry: Accreditation,
    *,
    terms: Terms,
    now: datetime,
) -> RegisterDecision | RegisterRefusal:
    """Confirm a place, with what the person says of themself now."""
    state = State.ACCEPTED if before.is_asked_again else before.state
    after = replace(
        _next_answer(before, replace(entry, state=state), now),
        confirm_by=None,
        forced=before.forced,
        in_place_of=before.in_place_of,
    )
    if not _is_same_place(before, after):
        rest = [each for each in register if each is not before]
        if against := _no_room(rest, after, terms):
            return RegisterRefusal(against, before)
    return _with_promotions(register, (after,), terms=terms, now=now)


def _rule_against(
    register: Sequence[Accreditation],
    before: Accreditation | None,
    after: Accreditation,
    terms: Terms,
    now: datetime,
) -> RefusalReason | None:
    """Return the rule that a decision breaks: the deadline, or a quota."""
    if after.state not in {State.ASKED, State.ACCEPTED}:
        return None
    if before is not None and before.holds_place and _is_same_place(before, after):
        return None
    if terms.is_closed(now) and not terms.was_in_time(after.waits_since):
        return RefusalReason.CLOSED
    if after.state is not State.ACCEPTED:
        return None
    return _no_room([each for each in register if each is not before], after, terms)


def _is_same_place(held: Accreditation, wanted: Accreditation) -> bool:
    """Return whether the wanted place is no more than the held one, even if the event is over
    its quota.
    """
    same_outlet = outlet_key(held.organisation) == outlet_key(wanted.organisation)
    return not wanted.holds_place or (
        held.holds_place and same_outlet and wanted.seats <= held.seats
    )


def _no_room(
    rest: Iterable[Accreditation], wanted: Accreditation, terms: Terms
) -> RefusalReason | None:
    room = Room.left(rest, terms.rules)
    if not room.outlet_has(wanted):
        return RefusalReason.OUTLET_FULL
    return None if room.event_has(wanted) else RefusalReason.FULL


def _declined(entry: Accreditation, now: datetime) -> Accreditation:
    return replace(
        entry, state=State.DECLINED, at=now, confirm_by=None, forced=None, answer=entry.answer + 1
    )


def _given_back(
    back: Accreditation, register: Sequence[Accreditation], terms: Terms, now: datetime
) -> Accreditation:
    """Return the entry that an undone answer had replaced, with its place if it had one."""
    rest = [each for each in register if each.address.key != back.address.key]
    present = find(register, back.address.key)
    keeps = present is not None and present.holds_place and _is_same_place(present, back)
    if keeps or not back.holds_place or _no_room(rest, back, terms) is None:
        return back
    if back.forced is None:
        return replace(back, forced=Forced(str(back.address), DISOWNED))
    return replace(back, state=State.WAITING, at=now, forced=None, confirm_by=None)


def _with_promotions(
    register: Sequence[Accreditation],
    changes: tuple[Accreditation, ...],
    *,
    removed: tuple[Address, ...] = (),
    terms: Terms,
    now: datetime,
) -> RegisterDecision:
    """Return the changes with the promotions that they make possible."""
    gone = {each.key for each in removed}
    after = [each for each in _changed(register, changes) if each.address.key not in gone]
    found = promotions(after, terms=terms, now=now)
    own = {each.address.key: each for each in changes}
    for each in found.promoted:
        if each.address.key in own:
            # Who asks and gets a place at once has said that they come, and gets one mail.
            change = own[each.address.key]
            own[each.address.key] = replace(change, state=each.state, answer=_once(register, each))
        else:
            own[each.address.key] = each
    return RegisterDecision(tuple(own.values()), removed, found.passed_over)


def _once(register: Sequence[Accreditation], promoted: Accreditation) -> int:
    before = find(register, promoted.address.key)
    return before.answer + 1 if before else 1


def _changed(
    register: Sequence[Accreditation], changes: Iterable[Accreditation]
) -> list[Accreditation]:
    """Return the register after these changes."""
    merged = {each.address.key: each for each in register}
    merged.update({each.address.key: each for each in changes})
    return list(merged.values())
