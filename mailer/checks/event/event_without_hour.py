"""Does a journalist know when to come?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.places import place_of
from mailer.model.campaign import CampaignKind

_DAY_IS_ENOUGH = frozenset({CampaignKind.SAVE_THE_DATE, CampaignKind.FOLLOW_UP})

WHY = _("Day and hour are what a newsroom looks for first.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield an error if the event has no day or hour. A save-the-date and a
    follow-up need only the day.
    """
    event = draft.campaign.event
    if event is None:
        if draft.campaign.kind in {CampaignKind.ADVISORY, CampaignKind.SAVE_THE_DATE}:
            yield error(
                place_of(draft.campaign, "event"),
                what=_("The invitation names no event."),
                why=_("Nobody can come to an event without a date, an hour and a place."),
                remedy=_("Add [event] with name, starts_at and venue."),
            )
    elif event.starts_at is None:
        yield error(
            place_of(draft.campaign, "event.starts_at"),
            what=_("The event has no date."),
            why=WHY,
            remedy=_("Write starts_at = {example}.", example="2017-12-09T09:30:00"),
        )
    elif not event.has_hour and draft.campaign.kind not in _DAY_IS_ENOUGH:
        yield error(
            place_of(draft.campaign, "event.starts_at"),
            what=_("The event has a day and no hour."),
            why=WHY,
            remedy=_(
                "Write starts_at = {example}.", example=f"{event.starts_at:%Y-%m-%d}T09:30:00"
            ),
        )
