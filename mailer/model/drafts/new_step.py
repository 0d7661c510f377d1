"""A step that a campaign may get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class OfferedStep:
    """A step that can be added. `id` is the name it would have, `like` that of the step of a new
    campaign whose text it begins with, and `send` when such a step usually leaves.
    """

    id: str
    like: str
    send: str


class AddedStep(NamedTuple):
    """The facts with one more step, and the text that it begins with."""

    facts: bytes
    text: bytes
