"""The suspension of everything: no message of any campaign leaves until somebody lifts it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Suspension:
    """Who suspended everything, when and why."""

    at: datetime
    person: str
    by: str
    why: str
