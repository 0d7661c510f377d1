"""Findings: the results of checks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.errors import Place
    from mailer.remedies import Remedy
    from mailer.wording import Text


class Severity(StrEnum):
    """ERROR blocks a launch; a WARNING needs a look; a NOTE is for information."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: where, what, why it matters, and what to do.

    `act` is the act that the remedy asks for, where an interface can offer it.
    """

    check: str
    severity: Severity
    where: Place
    what: Text
    why: Text
    remedy: Text
    act: Remedy | None = None
