"""Write the new date of an event that moves into the facts of its campaign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from mailer.calendar.timetable import NotATime, parse_moment
from mailer.errors import ContentError, Place, Problem
from mailer.model.drafts.revision import EditConflict
from mailer.wording import FactKey, _

if TYPE_CHECKING:
    from mailer.model.campaigns.campaign import Event
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.campaigns.writing.editing import CampaignEditing


@dataclass(frozen=True, slots=True)
class NewDate:
    """Moves the event of a launched campaign in its folder, so that the move can be told."""

    editing: CampaignEditing
    drafts: Drafts

    def write(self, slug: str, written: str, *, actor: Actor) -> None:
        """Write the new beginning of the event, and an end that is as much later as it was.

        A date alone keeps the hour. Raises ContentError when it cannot be read, and when the facts
        would be wrong with it; then nothing is written.
        """
        event = self.drafts.load(slug).event
        if event is None or event.starts_at is None:
            raise ContentError(_no_date(slug))
        base = self.editing.facts(slug).opened.head.number
        fields = _fields(event, _read(written))
        saved = self.editing.amend_facts(slug, fields, base=base, actor=actor)
        if isinstance(saved, EditConflict):
            raise ContentError(_changed_meanwhile(slug))


def _no_date(slug: str) -> Problem:
    return Problem(
        Place(slug, key="event.starts_at"),
        _("the campaign has no event with a date"),
        _("Fill in {fact}.", fact=FactKey("event.starts_at")),
    )


def _changed_meanwhile(slug: str) -> Problem:
    return Problem(
        Place(slug),
        _("somebody changed the facts at this moment"),
        _("Look at them, then move the event again."),
    )


def _read(written: str) -> date:
    try:
        return parse_moment(written)
    except NotATime as refused:
        example = _("Write for instance {example}.", example="2026-03-31 09:30")
        raise ContentError(Problem(Place("--to"), refused.reason, example)) from refused


def _fields(event: Event, moment: date) -> dict[str, str]:
    """Return the fields of the form of facts that change."""
    assert event.starts_at is not None
    day = moment.date() if isinstance(moment, datetime) else moment
    hour = moment.time() if isinstance(moment, datetime) else event.starts_at.time()
    begins = datetime.combine(day, hour)
    fields = {"event.starts_at.day": f"{day:%Y-%m-%d}"}
    if event.has_hour or isinstance(moment, datetime):
        fields["event.starts_at.hour"] = f"{hour:%H:%M}"
    if event.ends_at is not None:
        lasts: timedelta = _naive(event.ends_at) - _naive(event.starts_at)
        ends = begins + lasts
        fields["event.ends_at.day"] = f"{ends:%Y-%m-%d}"
        if event.has_hour:
            fields["event.ends_at.hour"] = f"{ends:%H:%M}"
    return fields


def _naive(at: datetime) -> datetime:
    """Return the local time: an event of an hour lasts an hour on the clock also when it changes."""
    return at.replace(tzinfo=None)
