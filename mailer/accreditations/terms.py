"""The terms of a register at one moment: the campaign's rules, and when its event is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mailer.calendar.timetable import event_start
from mailer.model.campaigns.campaign import AccreditationRules, WhoAccepts

if TYPE_CHECKING:
    from mailer.model.accreditations.accreditation import Accreditation
    from mailer.model.campaigns.campaign import Campaign


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules by which the requests for one event are decided."""

    rules: AccreditationRules = field(default_factory=AccreditationRules)
    begins_at: datetime | None = None
    ends_at: datetime | None = None

    def is_closed(self, now: datetime) -> bool:
        """Return whether it is too late to ask for a place."""
        return _is_past(self.rules.deadline, now) or _is_past(self.begins_at, now)

    def was_in_time(self, asked_at: datetime) -> bool:
        return self.rules.deadline is None or asked_at < self.rules.deadline

    def is_over(self, now: datetime) -> bool:
        """Return whether the event is over, and with it every link to its register."""
        return _is_past(self.ends_at or self.begins_at, now)

    def promotes(self, now: datetime) -> bool:
        """Return whether free places go to the waiting list by themselves.

        Without a quota there is always room: somebody put the others on the list by hand.
        """
        return self.rules.has_quota and not _is_past(self._promotes_until, now)

    @property
    def accepts_by_itself(self) -> bool:
        return self.rules.accept is WhoAccepts.AUTOMATIC

    def confirm_by(self, now: datetime) -> datetime | None:
        """Return until when a person who is promoted now may think; None when they need not say."""
        if self.rules.confirm_within_hours is None:
            return None
        until = now + timedelta(hours=self.rules.confirm_within_hours)
        return min(until, self._promotes_until) if self._promotes_until else until

    def has_lapsed(self, entry: Accreditation, now: datetime) -> bool:
        """Return whether a place that was given or kept for a time is free again.

        After a move it is kept until the new date, or for as long as a promoted person may think.
        """
        if entry.confirm_by is None:
            return False
        until = entry.confirm_by
        if entry.is_asked_again and self.rules.confirm_within_hours is not None:
            until = min(until, entry.at + timedelta(hours=self.rules.confirm_within_hours))
        return until <= now

    def purge_cards_at(self, now: datetime) -> datetime:
        """Return when the number of a press card that is taken down now must be erased."""
        after = self.ends_at or self.begins_at or now
        return max(after, now) + timedelta(days=self.rules.keep_cards_days)

    @property
    def _promotes_until(self) -> datetime | None:
        return self.rules.promote_until or self.begins_at


NO_TERMS = Terms()
"""The terms of an event without a date, a deadline and quotas."""


def terms_of(campaign: Campaign) -> Terms:
    """Return the terms of a campaign's register."""
    event = campaign.event
    return Terms(
        rules=campaign.accreditation,
        begins_at=event_start(event),
        ends_at=event.ends_at if event else None,
    )


def _is_past(instant: datetime | None, now: datetime) -> bool:
    return instant is not None and now >= instant
