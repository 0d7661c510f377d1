"""The amendment of a launched campaign that is drafted and waits for its launch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.drafts.revision import Revision
    from mailer.model.mailings.amendment import Amendment, OpenAmendment
    from mailer.model.mailings.mailing import SignOff
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger


def open_draft(campaign: str, *, ledger: Ledger) -> Amendment | None:
    """Return the drafted amendment of a campaign, or None."""
    found = ledger.amendments.of_campaign(campaign)
    return next((each for each in found if each.launched_at is None), None)


@dataclass(frozen=True, slots=True)
class AmendmentToSign:
    """A drafted amendment whose last change nobody but its author is known to have seen.

    `person` and `by` are who made that change: what was saved after the drafting, or the drafting.
    """

    amendment: Amendment
    person: str
    by: str
    at: datetime

    def waits_for(self, actor: Actor, decisions: Sequence[SignOff]) -> bool:
        """Return whether this person did not write it, and has decided nothing since."""
        wrote = self.person == actor.person if self.person else self.by == actor.name
        return not wrote and not any(
            each.person == actor.person and each.at > self.at for each in decisions
        )


def amendment_to_sign(found: OpenAmendment, saved: Revision | None) -> AmendmentToSign:
    """Return a draft with its last change; `saved` is the last that somebody saved of the campaign."""
    drafted = found.amendment
    if saved and (saved.at > drafted.drafted_at or not found.by):
        at = max(saved.at, drafted.drafted_at)
        return AmendmentToSign(drafted, saved.person, saved.name, at)
    return AmendmentToSign(drafted, found.person, found.by, drafted.drafted_at)
