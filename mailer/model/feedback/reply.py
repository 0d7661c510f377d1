"""What people write back: sorted, and shown to a person who decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.model.feedback.inbox import MAILBOX
from mailer.model.feedback.proposal import ID_LENGTH

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.mailings.message import DeliveryId


class ReplySort(StrEnum):
    """What a reply says. The value of an opposition is the reason of its event."""

    REQUEST = "asks-to-come"
    REFUSAL = "will-not-come"
    OPPOSITION = "stop-asked"
    ABSENCE = "is-away"
    OTHER = "to-be-read"


FORM_RULE = "reply-form"
"""The rule of an event whose mail is a filled-in reply that says nothing else."""

SHOWN_SORTS = (ReplySort.REQUEST, ReplySort.REFUSAL, ReplySort.ABSENCE, ReplySort.OTHER)
"""The sorts that wait for a person as replies, in this order. An opposition is proposed as a bar."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that nobody has decided."""

    key: str
    """The key of its event."""
    address: Address
    """Who wrote it, which may be another person than the one we wrote to."""
    sort: ReplySort
    at: datetime
    campaign: str = ""
    """The campaign it is about; empty when we do not know."""
    delivery_id: DeliveryId | None = None
    """The message it answers, if a code of ours or the address names one."""
    quote: str = ""
    is_form: bool = False
    """Whether it is a filled-in reply that says nothing else."""

    @property
    def id(self) -> str:
        """The short name of the reply, as people type it."""
        return self.key.removeprefix(f"{MAILBOX}:")[:ID_LENGTH]


@dataclass(frozen=True, slots=True)
class ReplyTally:
    """How many replies of each sort wait for a person."""

    count_by_sort: tuple[tuple[ReplySort, int], ...] = ()

    @property
    def count(self) -> int:
        return sum(count for _sort, count in self.count_by_sort)
