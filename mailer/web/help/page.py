"""A help page: questions with their answers, and what the program never does by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mailer.wording import Text


class HelpPage(NamedTuple):
    """The help of one part of the desk."""

    title: Text
    answers: tuple[tuple[Text, Text], ...]
    never: Text
    """What the program never does by itself there."""
