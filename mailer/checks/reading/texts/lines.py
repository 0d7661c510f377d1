"""Find the line of a text at which a finding points."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.errors import Place
    from mailer.model.drafts.draft import Draft


def line_at(draft: Draft, place: Place) -> str:
    """Return the line of a text at `place`; empty for a place that is not in a text."""
    if not place.line:
        return ""
    for step in draft.campaign.steps:
        for content in step.contents.values():
            if content.file == place.file and place.line >= content.line:
                lines = _lines(content.text)
                number = place.line - content.line
                return lines[number].strip() if number < len(lines) else ""
    return ""


@lru_cache(maxsize=256)  # each finding of a text asks for its line
def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n"))
