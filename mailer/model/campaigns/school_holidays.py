"""School holidays, which differ from zone to zone in France."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class SchoolHolidays:
    """One holiday of one zone. On `resumes_on` pupils are back at school."""

    name: str
    zone: str
    begins_on: date
    resumes_on: date

    def has(self, day: date) -> bool:
        """Return whether pupils of the zone are on holiday on this day."""
        return self.begins_on <= day < self.resumes_on
