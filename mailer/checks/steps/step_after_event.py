"""Does an invitation leave while one can still come?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.places import place_of, step_key
from mailer.model.campaign import CampaignKind
from mailer.model.finding import Finding, Severity
from mailer.timetable import event_start
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "step-after-event"

INVITING = frozenset({CampaignKind.ADVISORY, CampaignKind.SAVE_THE_DATE})
"""Kinds that ask people to come."""


def check(draft: Draft) -> Iterator[Finding]:
    """A step that invites leaves before the event begins.

    After it, only what thanks or informs may leave: a step for the accredited (`only`), or
    one of another kind (a press kit, a release, a correction).
    """
    begins_at = event_start(draft.campaign.event)
    if begins_at is None:
        return
    for planned in draft.plan:
        step = planned.step
        kind = step.kind or draft.campaign.kind
        if planned.due_at < begins_at or kind not in INVITING or step.only:
            continue
        yield Finding(
            NAME,
            Severity.ERROR,
            place_of(draft.campaign, step_key(draft.campaign, step, "send")),
            _(
                "The step “{step}” leaves on {day}, when the event has begun.",
                step=step.id,
                day=f"{planned.local:%Y-%m-%d %H:%M}",
            ),
            _("An invitation to a past event makes a press office look absent-minded."),
            _("Bring it forward; if it is a follow-up, give it kind = {kind}.", kind='"press-kit"'),
        )
