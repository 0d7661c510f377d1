"""Accreditations: the register that decides who may come, and who receives a reminder."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.team.actor import Actor


class AccreditationState(StrEnum):
    """The answer of a person, and our decision about it."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    REFUSED = "refused"
    DECLINED = "declined"
    ATTENDED = "attended"


class WaitReason(StrEnum):
    """Why a person on the waiting list does not get a place."""

    OUTLET_FULL = "outlet-full"
    NO_ROOM = "no-room"
    BEHIND = "behind"
    """There is room, but somebody before them needs more of it than there is."""
    LAPSED = "lapsed"
    """They had a place and did not confirm it in time."""
    LATE = "late"
    """They asked after the deadline."""
    CLOSED = "closed"
    """Promotion has ended, or the office decides by hand."""


HOLDS_PLACE = frozenset({AccreditationState.ACCEPTED, AccreditationState.ATTENDED})
"""The states of those for whom a place is kept."""


@dataclass(frozen=True, slots=True)
class PressCard:
    """The card that a journalist shows at the door, until the day when the office must erase it."""

    kind: str = ""
    number: str = ""
    purge_at: datetime | None = None


NO_CARD = PressCard()


@dataclass(frozen=True, slots=True)
class Forced:
    """Who accepted a person against a rule of the register, and why."""

    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Accreditation:
    """One entry of a campaign's register; an address has at most one."""

    campaign: str
    address: Address
    state: AccreditationState
    at: datetime
    """When the state was reached, or last confirmed."""
    name: str = ""
    organisation: str = ""
    note: str = ""
    is_newcomer: bool = False
    """Nobody in the directory has the address, and a person said that this is nobody there."""
    asked_at: datetime | None = None
    """When the person asked for a place. It orders the waiting list; None means `at`."""
    seats: int = 1
    """How many people come: a reporter with a camera operator are two."""
    reason: str = ""
    """Why the office refused."""
    forced: Forced | None = None
    confirm_by: datetime | None = None
    """Until when a person who was promoted may think; of one who is asked again after a move, until
    when their place is kept. One on the waiting list who has this let it pass, and is not promoted
    again without asking again."""
    in_place_of: str = ""
    """The address of the person whose place this one takes."""
    is_freelance: bool = False
    card: PressCard = NO_CARD
    answer: int = 1
    """Counts the answers of this person to the campaign: each gets its own mail, once."""

    @property
    def holds_place(self) -> bool:
        """Return whether a place is kept for the person, whether or not they have confirmed it."""
        return self.state in HOLDS_PLACE or self.is_asked_again

    @property
    def is_asked_again(self) -> bool:
        """Return whether the event has moved and the person must say whether they still come."""
        return self.state is AccreditationState.ASKED and self.confirm_by is not None

    @property
    def is_expected(self) -> bool:
        """Return whether the door lets the person in."""
        return self.state in HOLDS_PLACE

    @property
    def waits_since(self) -> datetime:
        return self.asked_at or self.at


@dataclass(frozen=True, slots=True)
class RegisterUpdate:
    """What one decision changes in a register, all or nothing."""

    saved: tuple[Accreditation, ...] = ()
    removed: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterChange:
    """One line of a register's history: an entry before and after somebody changed it."""

    before: Accreditation | None
    after: Accreditation
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class AnswerSources:
    """When each source of the answers to a campaign was last looked at; None for never."""

    first_sent_at: datetime | None = None
    """When its first message left: nobody can have answered before."""
    looked_at: datetime | None = None
    """When a person of the office last changed the register, or confirmed that it is complete."""
    newest_reply_at: datetime | None = None
    """When the newest reply, or request of a partner, came that waits for a person."""
    mailbox_read_at: datetime | None = None
    """When the program last read the mailbox without a failure."""
