"""A sign-off that comes after the hour of a step: it moves nothing by itself, and that is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.calendar.timetable import plan
from mailer.labels import step_title
from mailer.wording import Text, _n

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.drafts.draft import PlannedStep
    from mailer.operations.campaigns.drafts.drafts import Drafts


def held_without_signature(reference: str, *, drafts: Drafts) -> Text | None:
    """Return what to tell who signs this campaign off after the hour of a step; None in time, and
    for a launched campaign.
    """
    campaign = drafts.readable_campaign(reference)
    if drafts.ledger.mailings.summaries(campaign.slug):
        return None
    return told_of(plan(campaign, office=drafts.office), now=drafts.clock.now())


def told_of(steps: Sequence[PlannedStep], *, now: datetime) -> Text | None:
    """Return the sentence on the steps whose hour is past; None when there is none."""
    late = [each for each in steps if each.due_at < now and not each.step.on]
    if not late:
        return None
    return _n(
        "The hour of a step has passed without its sign-off: {steps}. It is held, and no signature"
        " sends it. To release it, give it a new hour, sign that version off and launch it; or"
        " remove it.",
        "The hours of {count} steps have passed without their sign-off: {steps}. They are held, and"
        " no signature sends them. To release them, give them new hours, sign that version off and"
        " launch it; or remove them.",
        count=len(late),
        steps=tuple(step_title(each.step.id) for each in late),
    )
