"""Comments of the team at a passage of a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class CommentAnswer:
    """What somebody answered to a comment."""

    words: str
    person: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody says about a passage of a text. `file` is the text of a step and a version.

    `quote` is the passage as it stood; empty when the comment is about the whole text. `id` is 0
    until it is stored.
    """

    campaign: str
    file: str
    quote: str
    words: str
    person: str
    by: str
    at: datetime
    answers: tuple[CommentAnswer, ...] = ()
    closed_at: datetime | None = None
    closed_by: str = ""
    id: int = 0

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def last_speaker(self) -> str:
        """The id of the person who spoke last: the others are waited for."""
        return self.answers[-1].person if self.answers else self.person

    @property
    def speakers(self) -> frozenset[str]:
        """The ids of those who have said something."""
        return frozenset({self.person, *(answer.person for answer in self.answers)})
