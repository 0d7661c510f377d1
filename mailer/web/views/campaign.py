"""What the pages of one campaign share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.operations.campaigns.sign_offs.sign_offs import voided_by_save

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.drafts.revision import Revision
    from mailer.model.mailings.mailing import SignOff
    from mailer.web.visit import Visit


def title_of(visit: Visit) -> str:
    """Return the title of the campaign that the address names, or its name."""
    return visit.app.drafts.title(visit.slug)


def page_of(visit: Visit, name: str) -> str:
    """Return the address of another page of this campaign; "" is its board."""
    return f"/campagnes/{visit.slug}/{name}".rstrip("/")


def signed_before(visit: Visit, head: Revision) -> Sequence[SignOff]:
    """Return the sign-offs that what was just saved may have voided."""
    if visit.query("fait") not in {"saved", "step-added", "step-removed"}:
        return ()
    people = visit.app.roster.signing_team().partners
    return voided_by_save(visit.slug, head, partner_people=people, ledger=visit.app.ledger)
