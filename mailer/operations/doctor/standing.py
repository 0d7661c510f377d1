"""What one way of proving the sender comes to: it passes, it fails, or nobody can tell."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mailer.model.health.health import HealthLine


class ProofState(StrEnum):
    """Whether receivers will find SPF or DKIM in order."""

    PASSES = "passes"
    FAILS = "fails"
    UNKNOWN = "unknown"


class Judged(NamedTuple):
    """The lines about one proof of the sender, and its standing."""

    lines: tuple[HealthLine, ...]
    standing: ProofState
