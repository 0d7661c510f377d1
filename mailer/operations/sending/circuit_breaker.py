"""When to stop a mailing rather than go on: too many refusals mean that something is wrong."""

from __future__ import annotations

from mailer.model.delivery import Accepted, Outcome, Rejected, Stage

MOST_REFUSED = 0.3
"""Above this share of refused recipients a list is not what it should be: an old export, a
wrong column. Lists in use have a few in a hundred."""
FEWEST_REFUSED = 10
"""Fewer say nothing about a list."""
CONTENT_REFUSALS = 3
"""So many contents refused in a row, and the others would be refused as well."""


class CircuitBreaker:
    """Watches the outcomes of one chunk, in the order they come."""

    def __init__(self) -> None:
        self._answered = self._refused = self._contents = 0

    def after(self, outcome: Outcome) -> str:
        """Why the mailing should stop now; empty: go on."""
        self._answered += 1
        if isinstance(outcome, Accepted):
            self._contents = 0
        if not isinstance(outcome, Rejected):
            return ""
        self._refused += 1
        self._contents += outcome.stage is Stage.CONTENT
        if self._contents >= CONTENT_REFUSALS:
            return f"the content is refused: {outcome.reply}"
        if self._refused >= FEWEST_REFUSED and self._refused > MOST_REFUSED * self._answered:
            return f"{self._refused} of {self._answered} recipients refused; last: {outcome.reply}"
        return ""
