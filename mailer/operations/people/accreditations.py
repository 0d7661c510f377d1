"""The accreditations of a campaign: requests to attend, and the decisions on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.accreditation import Accreditation, AccreditationState
from mailer.model.permission import Act, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.actor import Actor
    from mailer.model.address import Address
    from mailer.ports import Ledger


def register_accreditation(
    campaign: str,
    address: Address,
    *,
    state: AccreditationState,
    name: str = "",
    organisation: str = "",
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> Accreditation:
    """Record an accreditation request or its decision. A person's newest entry counts.

    Journalled. Raises RuleError when the actor may not do this.
    """
    require(actor, Act.ACCREDIT)
    accreditation = Accreditation(
        campaign=campaign,
        address=address,
        state=state,
        at=now,
        name=name,
        organisation=organisation,
    )
    ledger.accreditations.save(accreditation, actor=actor)
    return accreditation


def accreditations_of(campaign: str, *, ledger: Ledger) -> Sequence[Accreditation]:
    """Return the accreditations of a campaign, ordered by address key."""
    return ledger.accreditations.of_campaign(campaign)
