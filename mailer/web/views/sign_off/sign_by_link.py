"""The sign-off by the link of a test mail, for somebody who need not be signed in.

Looking changes nothing. The decision takes the password of the person whom the link names.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import Response

from mailer.errors import ContentError, Place, Problem, RuleError
from mailer.operations.campaigns.approval.partner_by_link import decide_for_partner, is_for_partner
from mailer.operations.campaigns.approval.sign_by_link import (
    LinkState,
    decide_by_link,
    linked_version,
)
from mailer.operations.campaigns.previews.preview_room import mail_of
from mailer.operations.sight import draft_within
from mailer.operations.team.sign_off_tokens import link_of
from mailer.pages.received import read_back
from mailer.web.views.campaigns.comments import before_signing
from mailer.web.views.campaigns.preview import FRAME_POLICY, IN_THE_PAGE
from mailer.web.views.sign_off import partner_by_link
from mailer.web.views.sign_off.sign_off import held_of
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.operations.campaigns.approval.sign_by_link import LinkedVersion
    from mailer.operations.campaigns.previews.preview_room import PreviewedMail
    from mailer.signed_links.sign_off import SignOffLink
    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show the exact version of the link, what differs in it, and what was decided."""
    link = link_of(visit.path("token"), ledger=visit.app.ledger)
    if link is None:
        return visit.page("campaigns/sign_by_link.html.j2", linked=None, status=410)
    if is_for_partner(link, drafts=visit.app.page_drafts):
        return partner_by_link.show(visit, link)
    linked = _linked(visit, link)
    shown = _mail(visit, linked)
    return visit.page(
        "campaigns/sign_by_link.html.j2",
        linked=linked,
        held=held_of(linked.board, now=visit.now),
        comments=before_signing(visit, link.campaign) if linked.state is LinkState.OPEN else (),
        shown=shown,
        received=read_back(shown.sample.message.raw) if shown and shown.sample else None,
        here=f"/signer/{visit.path('token')}",
        status=410 if linked.state in {LinkState.ENDED, LinkState.NO_SIGNATORY} else 200,
    )


def frame(visit: Visit) -> Response:
    """Return the HTML of one mail of the version, for the frame of the page."""
    link = link_of(visit.path("token"), ledger=visit.app.ledger)
    if link and is_for_partner(link, drafts=visit.app.page_drafts):
        if (shown_to_partner := partner_by_link.frame(visit, link)) is None:
            raise ContentError(_nothing_to_show())
        return shown_to_partner
    shown = _mail(visit, _linked(visit, link)) if link else None
    if shown is None or shown.sample is None:
        raise ContentError(_nothing_to_show())
    html = read_back(shown.sample.message.raw).shown(policy=IN_THE_PAGE)
    return Response(html, media_type="text/html", headers={"Content-Security-Policy": FRAME_POLICY})


def decide(visit: Visit, form: Form) -> Response:
    """Sign off or refuse, then show what was done."""
    link = link_of(visit.path("token"), ledger=visit.app.ledger)
    if link is None:
        raise RuleError(_nothing_to_show())
    by_office = partial(
        decide_by_link, signatures_required=visit.app.settings.team.signatures_required
    )
    deciding = decide_for_partner if is_for_partner(link, drafts=visit.app.drafts) else by_office
    deciding(
        link,
        decision=form.text("decision"),
        why=form.text("why"),
        password=form.text("password"),
        code=form.text("code"),
        gate=visit.app.gate,
        drafts=visit.app.drafts,
    )
    return visit.done(f"/signer/{visit.path('token')}")


def _linked(visit: Visit, link: SignOffLink) -> LinkedVersion:
    return linked_version(
        link,
        signatures_required=visit.app.settings.team.signatures_required,
        drafts=visit.app.page_drafts,
        revisions=visit.app.revisions,
    )


def _mail(visit: Visit, linked: LinkedVersion) -> PreviewedMail | None:
    """Return the mail that was asked for; None when the link no longer leads to its version, or
    when that cannot be shown.
    """
    draft = linked.board.draft
    if linked.state is not LinkState.OPEN or draft is None or draft.problems:
        return None
    return mail_of(
        draft_within(draft, linked.lists),
        step=visit.query("etape"),
        version=visit.query("version"),
        composer=visit.app.composer,
    )


def _nothing_to_show() -> Problem:
    return Problem(
        Place(""),
        _("this link shows no mail"),
        _("Open the link of the last test mail, or look at the campaign at the desk."),
    )
