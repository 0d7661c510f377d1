"""The page of a link that leads somebody of another institution to what they sign.

It shows what they see at the desk, and no list, count or finding of the office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.operations.campaigns.approval.partner_by_link import linked_passages
from mailer.operations.campaigns.approval.partners import partner_preview, texts_of
from mailer.operations.campaigns.approval.sign_by_link import LinkState
from mailer.operations.campaigns.sign_offs.partner_words import PART_NAMES
from mailer.pages.received import read_back
from mailer.web.views.sign_off.partner import framed, number_of_text

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.operations.campaigns.approval.partner_by_link import LinkedPassages
    from mailer.operations.campaigns.approval.partners import PartnerPreview
    from mailer.signed_links.sign_off import SignOffLink
    from mailer.web.visit import Visit


def show(visit: Visit, link: SignOffLink) -> Response:
    """Show what the person signs, and the whole mail around it."""
    linked = linked_passages(link, drafts=visit.app.page_drafts)
    shown = _preview(visit, linked)
    return visit.page(
        "partner/sign_by_link.html.j2",
        linked=linked,
        texts=texts_of(linked.found.draft) if linked.found else (),
        shown=shown,
        received=read_back(shown.sample.message.raw) if shown and shown.sample else None,
        part_names=PART_NAMES,
        here=f"/signer/{visit.path('token')}",
        status=410 if linked.state in {LinkState.ENDED, LinkState.NO_SIGNATORY} else 200,
    )


def frame(visit: Visit, link: SignOffLink) -> Response | None:
    """Return the HTML of one mail; None when the link no longer leads to what is signed."""
    shown = _preview(visit, linked_passages(link, drafts=visit.app.page_drafts))
    return framed(shown) if shown else None


def _preview(visit: Visit, linked: LinkedPassages) -> PartnerPreview | None:
    if linked.state is not LinkState.OPEN:
        return None
    return partner_preview(
        linked.link.campaign,
        number=number_of_text(visit),
        actor=linked.actor,
        drafts=visit.app.page_drafts,
        composer=visit.app.composer,
    )
