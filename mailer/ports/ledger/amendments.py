"""The amendments of launched campaigns, and who holds what of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from mailer.model.mailings.amendment import (
        AmendedMailings,
        Amendment,
        Holder,
        OpenAmendment,
    )
    from mailer.model.mailings.mailing import Mailing, MailingId
    from mailer.model.team.actor import Actor


class Amendments(Protocol):
    """Corrections, moves, cancellations and follow-ups, each a version of its campaign."""

    def of_campaign(self, campaign: str) -> Sequence[Amendment]:
        """Return the amendments of a campaign by version; the last one may be a draft."""

    def open(self) -> Sequence[OpenAmendment]:
        """Return the drafts of all campaigns, the oldest first."""

    def draft(self, amendment: Amendment, *, actor: Actor) -> bool:
        """Write or replace the draft of the next version, with a line in the journal.

        Returns False when this version was launched meanwhile.
        """

    def drop(self, amendment: Amendment, *, actor: Actor, at: datetime) -> bool:
        """Remove this draft, with a line in the journal.

        Returns False, and writes nothing, when it was launched, dropped or drafted again meanwhile.
        """

    def launch(
        self,
        amendment: Amendment,
        mailings: Sequence[Mailing],
        amended: AmendedMailings,
        *,
        actor: Actor,
        at: datetime,
    ) -> bool:
        """Launch a drafted amendment in one transaction: its mailings are written, those it
        replaces are removed, those it supersedes or cancels are cancelled. All journalled.

        Returns False, and writes nothing, when the version was launched before, or when one of
        the mailings is no longer in the state that `amended` says.
        """

    def holders(self, campaign: str) -> Mapping[str, Holder]:
        """Return who may hold a message of the campaign, by address key."""

    def not_reached(self, mailing_id: MailingId) -> Mapping[str, Holder]:
        """Return whom a mailing has not reached yet, or had not when a newer version superseded it,
        by address key; `version` is 0.
        """

    def is_being_sent(self, campaign: str) -> bool:
        """Return whether the outcome of a message of the campaign is still to come."""
