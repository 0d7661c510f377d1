"""What was played in a rehearsal, beside the figures of its report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.model.mailings.amendment import AmendmentKind


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What people did by the links of their messages, and what they were told on a bad day.

    `answers` counts pressed buttons that changed something, `waited` the people who were put on the
    waiting list at some time, `promoted` those of them who got a place later.
    """

    written: int
    answers: int
    substitutes: int
    waited: int
    promoted: int
    told: tuple[tuple[AmendmentKind, int], ...]
