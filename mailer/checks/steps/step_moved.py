"""Did a weekend or public holiday move a step?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.places import place_of, step_key
from mailer.model.finding import Finding, Severity
from mailer.render.facts.dates import day_in_words
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "step-moved"


def check(draft: Draft) -> Iterator[Finding]:
    """Says so, that nobody is surprised."""
    language = draft.campaign.language
    for planned in draft.plan:
        if planned.moved_from is None:
            continue
        yield Finding(
            NAME,
            Severity.NOTE,
            place_of(draft.campaign, step_key(draft.campaign, planned.step, "send")),
            _(
                "The step “{step}” falls on {meant}; it leaves on {day}.",
                step=planned.step.id,
                meant=day_in_words(planned.moved_from.date(), language),
                day=day_in_words(planned.local.date(), language),
            ),
            _("That day is no working day: newsrooms would not see the message."),
            _("Nothing to do; to keep the day all the same, write fixed = true."),
        )
