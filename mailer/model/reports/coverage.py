"""What the press has published about a campaign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Coverage:
    """One article or broadcast about a campaign. `number` counts them in the ledger; 0 before."""

    campaign: str
    title: str
    outlet: str
    published_on: date
    link: str
    at: datetime
    person: str
    by: str
    number: int = 0
