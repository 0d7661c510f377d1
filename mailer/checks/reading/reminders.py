"""Find the steps that are reminders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.campaign import CampaignKind
from mailer.timetable import event_start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft, PlannedStep

_REPEATING = frozenset({CampaignKind.ADVISORY, CampaignKind.PRESS_RELEASE})


def reminders(draft: Draft) -> Iterator[PlannedStep]:
    """Yield the steps that repeat, before the event, what a list has already received.

    Practical information for the accredited (`only`) is not a reminder, nor is the
    invitation that follows a save-the-date.
    """
    begins_at = event_start(draft.campaign.event)
    invited: set[str] = set()
    for planned in draft.plan:
        step = planned.step
        if (step.kind or draft.campaign.kind) not in _REPEATING or step.only:
            continue
        if begins_at and planned.due_at >= begins_at:
            continue
        if invited & {*step.to}:
            yield planned
        invited |= {*step.to}
