"""What a provider keeps by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.address import Address


@dataclass(frozen=True, slots=True)
class Listed:
    """An address on one of a provider's own suppression lists: mail to it is dropped there.

    `reason` is one of the reader's reason names (`provider-bounced` …).
    """

    address: Address
    list: str
    reason: str
    since: datetime
    said: str = ""
    """The provider's or the receiver's words."""
