"""What becomes of a list as a whole."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListMove:
    """All people of the list `name` go to the list `to`, or to none if it is empty.

    `size` is how many people the list was shown with; `action` and `detail` are those of the
    line in the journal, which is about the list where the people are then.
    """

    name: str
    to: str
    size: int
    action: str
    detail: str
