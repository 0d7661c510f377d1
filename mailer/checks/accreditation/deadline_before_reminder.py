"""Does the last reminder come in time to be followed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.places import place_of, step_key
from mailer.checks.steps.step_after_event import INVITING
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "deadline-before-reminder"


def check(draft: Draft) -> Iterator[Finding]:
    """No step asks for what is no longer possible."""
    deadline = draft.campaign.accreditation.deadline
    if deadline is None:
        return
    for planned in draft.plan:
        step = planned.step
        if step.only or (step.kind or draft.campaign.kind) not in INVITING:
            continue
        if planned.due_at >= deadline:
            yield Finding(
                NAME,
                Severity.WARNING,
                place_of(draft.campaign, step_key(draft.campaign, step, "send")),
                _("The step “{step}” leaves after accreditation has closed.", step=step.id),
                _("It invites people whose request would be refused."),
                _(
                    "Send it earlier, close accreditation later, or write it to the accredited (only)."
                ),
            )
