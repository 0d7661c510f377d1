"""A secret value that is never printed."""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003 - pydantic reads the annotation
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret that is never shown; `origin` (`env:SMTP_PASSWORD`) says where it is kept.

    With `read`, it is fetched from there each time it is used, and a command that does not use
    it runs without.
    """

    known: str = field(repr=False)
    origin: str = ""
    read: Callable[[], str] | None = field(default=None, repr=False, compare=False)

    @property
    def value(self) -> str:
        """The secret itself, read now. Raises ConfigError when it cannot be read."""
        return self.known if self.read is None else self.read()

    def __str__(self) -> str:
        return "***"
