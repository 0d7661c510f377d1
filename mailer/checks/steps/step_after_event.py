"""Does an invitation leave while one can still come?"""

from mailer.calendar.timetable import event_start
from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, _, error
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.labels import step_title
from mailer.model.campaigns.campaign import CampaignKind

INVITING = frozenset({CampaignKind.ADVISORY, CampaignKind.SAVE_THE_DATE})
"""Kinds that ask people to come."""

WHY = _("An invitation to a past event makes a press office look absent-minded.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield an error for each invitation that leaves after the event has begun.

    Later steps may be for the accredited (`only`), or of another kind (a follow-up, a press kit,
    a release, a correction).
    """
    begins_at = event_start(draft.campaign.event)
    if begins_at is None:
        return
    for planned in draft.plan:
        step = planned.step
        kind = step.kind or draft.campaign.kind
        if planned.due_at < begins_at or kind not in INVITING or step.only:
            continue
        yield error(
            place_of(draft.campaign, step_key(draft.campaign, step, "send")),
            what=_(
                "The step “{step}” leaves on {day}, when the event has begun.",
                step=step_title(step.id),
                day=planned.local,
            ),
            why=WHY,
            remedy=_(
                "Bring it forward; if it is a follow-up, fill in {fact}.",
                fact=FactKey("steps.kind", "follow-up"),
            ),
        )
