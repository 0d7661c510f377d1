"""Does a follow-up leave when the event is over?"""

from mailer.calendar.timetable import event_start
from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, _, error
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.labels import step_title
from mailer.model.campaigns.campaign import CampaignKind

WHY = _("It would tell of a day that has not been.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield an error for each follow-up that leaves before the event has ended."""
    event = draft.campaign.event
    over_at = (event.ends_at if event else None) or event_start(event)
    if over_at is None:
        return
    for planned in draft.plan:
        step = planned.step
        if (step.kind or draft.campaign.kind) is not CampaignKind.FOLLOW_UP:
            continue
        if planned.due_at < over_at:
            yield error(
                place_of(draft.campaign, step_key(draft.campaign, step, "send")),
                what=_(
                    "The follow-up “{step}” leaves on {day}, before the event is over.",
                    step=step_title(step.id),
                    day=planned.local,
                ),
                why=WHY,
                remedy=_("Fill in {fact}.", fact=FactKey("steps.send", "J+1 10:00")),
            )
