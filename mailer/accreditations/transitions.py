"""Which state of an accreditation may follow which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.accreditations.accreditation import AccreditationState as State

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLLOWS: Mapping[State | None, frozenset[State]] = {
    # An office notes what it learns in any order, also who came without having asked.
    None: frozenset(State),
    State.ASKED: frozenset(State),
    # "Asked" again: the event was moved, and the person must say whether they still come.
    State.ACCEPTED: frozenset(State),
    State.WAITING: frozenset(State),
    # A refusal can be reconsidered; only the door, where somebody let them in, skips that.
    State.REFUSED: frozenset(State),
    State.DECLINED: frozenset(State),
    # Who was there was there. A tick on the wrong line is taken back to what it was.
    State.ATTENDED: frozenset({State.ATTENDED, State.ACCEPTED}),
}
"""The states that may follow each state; None is a person who is not in the register."""


def may_follow(before: State | None, after: State) -> bool:
    """Return whether an accreditation may go from one state to the other."""
    return after in FOLLOWS[before]
