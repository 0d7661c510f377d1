"""A secret that does not print."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Secret:
    """`value` is never shown; `origin` (`env:SMTP_PASSWORD`) says where it came from."""

    value: str = field(repr=False)
    origin: str = ""

    def __str__(self) -> str:
        return "***"
