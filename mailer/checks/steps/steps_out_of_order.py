"""Do the steps leave in the order in which they are told?"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mailer.checks.reading.places import place_of, step_key
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "steps-out-of-order"


def check(draft: Draft) -> Iterator[Finding]:
    """The file tells the steps in the order of the calendar.

    A reminder that leaves before its announcement is usually a wrong sign or day.
    """
    planned_of = {planned.step.id: planned for planned in draft.plan}
    in_file = [planned_of[step.id] for step in draft.campaign.steps if step.id in planned_of]
    for before, after in pairwise(in_file):
        if after.due_at >= before.due_at:
            continue
        yield Finding(
            NAME,
            Severity.WARNING,
            place_of(draft.campaign, step_key(draft.campaign, after.step, "send")),
            _(
                "The step “{after}” is written after “{before}” and leaves before it.",
                after=after.step.id,
                before=before.step.id,
            ),
            _("Readers would get the sequel before the beginning."),
            _("Correct the time of one of them, or write them in the order of leaving."),
        )
