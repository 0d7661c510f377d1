"""The accreditation register of a campaign: who asked to come, and what was decided."""

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
    """Enter somebody's answer, or the office's; the newest entry of a person counts.

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
    """Return the register of a campaign, by address key."""
    return ledger.accreditations.of_campaign(campaign)
