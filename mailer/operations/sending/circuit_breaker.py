"""Stop a mailing when so many recipients are refused that something must be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.mailings.delivery import Accepted, Concern, Deferred, Outcome, Rejected, Stage
from mailer.wording import _, _n

if TYPE_CHECKING:
    from mailer.wording import Text

MAX_REFUSED_SHARE = 0.3
"""A list with a larger share of refused recipients is probably an old export or has a wrong
column. Lists in use have a few refusals per hundred."""
MIN_REFUSALS = 10
"""Fewer refusals than this say nothing about a list."""
CONTENT_REFUSALS = 3
"""After so many refusals of the content without an acceptance, the rest would be refused too."""


class CircuitBreaker:
    """Counts the outcomes of one chunk in the order in which they come."""

    def __init__(self) -> None:
        self._answered = self._refused = self._contents = 0

    def record(self, outcome: Outcome) -> Text | None:
        """Count an outcome. Returns the reason to stop the mailing, or None to go on."""
        self._answered += 1
        if isinstance(outcome, Accepted):
            self._contents = 0
        if isinstance(outcome, Deferred) and outcome.concern is Concern.CONTENT:
            return self._record_our_fault(outcome)
        if not isinstance(outcome, Rejected):
            return None
        self._refused += 1
        self._contents += outcome.stage is Stage.CONTENT
        if self._contents >= CONTENT_REFUSALS:
            return _("the content is refused: {reply}", reply=outcome.reply)
        if self._refused >= MIN_REFUSALS and self._refused > MAX_REFUSED_SHARE * self._answered:
            return _n(
                "{refused} of {count} recipient refused; the last answer: {reply}",
                "{refused} of {count} recipients refused; the last answer: {reply}",
                count=self._answered,
                refused=self._refused,
                reply=outcome.reply,
            )
        return None

    def _record_our_fault(self, outcome: Deferred) -> Text | None:
        self._contents += 1
        if self._contents < CONTENT_REFUSALS:
            return None
        return _("this is refused whoever the recipient is: {reply}", reply=outcome.reply)
