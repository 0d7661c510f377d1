"""State that a provider keeps on its own side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.address import Address


@dataclass(frozen=True, slots=True)
class ProviderSuppression:
    """An entry of a provider's own suppression list: the provider drops mail to this address.

    `reason` is the name of a `feedback.reading.Reason` (`provider-bounced` …).
    """

    address: Address
    list: str
    reason: str
    since: datetime
    said: str = ""
    """Explanation given by the provider or the receiving server."""
