"""A finding that somebody accepted: it stays visible, and no longer counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class AcceptedFinding:
    """Who accepted which finding of a campaign, and why.

    `finding` is the id of the finding, which ends with the words that it quotes: once these
    change, no finding has this id any more, and the acceptance holds for none.
    """

    campaign: str
    finding: str
    check: str
    why: str
    at: datetime
    person: str
    by: str
