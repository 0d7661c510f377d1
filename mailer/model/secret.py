"""A secret value that is never printed."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Secret:
    """`value` is never shown; `origin` (`env:SMTP_PASSWORD`) names its source."""

    value: str = field(repr=False)
    origin: str = ""

    def __str__(self) -> str:
        return "***"
