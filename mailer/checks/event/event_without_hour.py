"""Does a journalist know when to come?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.places import place_of
from mailer.model.campaign import CampaignKind
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "event-without-hour"


def check(draft: Draft) -> Iterator[Finding]:
    """An event needs its day and its hour; a save-the-date may give the day alone."""
    event = draft.campaign.event
    if event is None:
        if draft.campaign.kind in {CampaignKind.ADVISORY, CampaignKind.SAVE_THE_DATE}:
            yield Finding(
                NAME,
                Severity.ERROR,
                place_of(draft.campaign, "event"),
                _("The invitation names no event."),
                _("Nobody can come to an event without a date, an hour and a place."),
                _("Add [event] with name, starts_at and venue."),
            )
    elif event.starts_at is None:
        yield Finding(
            NAME,
            Severity.ERROR,
            place_of(draft.campaign, "event.starts_at"),
            _("The event has no date."),
            _("Day and hour are what a newsroom looks for first."),
            _("Write starts_at = {example}.", example="2017-12-09T09:30:00"),
        )
    elif not event.has_hour and draft.campaign.kind is not CampaignKind.SAVE_THE_DATE:
        yield Finding(
            NAME,
            Severity.ERROR,
            place_of(draft.campaign, "event.starts_at"),
            _("The event has a day and no hour."),
            _("Day and hour are what a newsroom looks for first."),
            _("Write starts_at = {example}.", example=f"{event.starts_at:%Y-%m-%d}T09:30:00"),
        )
