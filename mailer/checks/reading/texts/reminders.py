"""Find the steps that are reminders."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mailer.calendar.timetable import event_start
from mailer.model.campaigns.campaign import CampaignKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.drafts.draft import Draft, PlannedStep

_REPEATING = frozenset({CampaignKind.ADVISORY, CampaignKind.PRESS_RELEASE})


class Reminder(NamedTuple):
    """A step that repeats what one of its lists has already received.

    `before` is the last step that such a list received. `number` counts the reminders of the list
    that was reminded most often, this one included.
    """

    planned: PlannedStep
    before: PlannedStep
    number: int


def reminders(draft: Draft) -> Iterator[Reminder]:
    """Yield the steps that repeat, before the event, what a list has already received.

    Practical information for the accredited (`only`) is not a reminder, nor is the
    invitation that follows a save-the-date.
    """
    begins_at = event_start(draft.campaign.event)
    received: dict[str, list[PlannedStep]] = {}
    for planned in draft.scheduled:
        step = planned.step
        if (step.kind or draft.campaign.kind) not in _REPEATING or step.only:
            continue
        if begins_at and planned.due_at >= begins_at:
            continue
        earlier = [received[name] for name in step.to if name in received]
        if earlier:
            last = max((steps[-1] for steps in earlier), key=lambda each: each.due_at)
            yield Reminder(planned, last, number=max(map(len, earlier)))
        for name in step.to:
            received.setdefault(name, []).append(planned)
