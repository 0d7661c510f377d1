"""What somebody of another institution sees: the campaigns that name them, and no list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from mailer.addresses import NotAnAddress, read_address
from mailer.errors import ContentError, Place, Problem, RuleError
from mailer.operations.campaigns.approval.partner_approval import (
    partner_decision,
    refuse_as_partner,
    sign_as_partner,
)
from mailer.operations.campaigns.approval.partners import (
    PartnerPreview,
    campaigns_naming,
    partner_preview,
    texts_of,
)
from mailer.operations.campaigns.sign_offs.partner_words import PART_NAMES
from mailer.operations.people.accreditations import Respondent
from mailer.operations.people.partner_requests import ask_for_place, partner_places
from mailer.pages.received import in_scheme, read_back
from mailer.preview.marked_line import with_passages_marked
from mailer.web.views.campaign import page_of
from mailer.web.views.campaigns.preview import FRAME_POLICY, IN_THE_PAGE
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.model.address import Address
    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def home(visit: Visit) -> Response:
    """Show the campaigns that name the person."""
    drafts = visit.app.page_drafts
    campaigns = campaigns_naming(visit.actor, visit.app.campaigns.names(), drafts=drafts)
    return visit.page("partner/home.html.j2", campaigns=campaigns)


def preview(visit: Visit) -> Response:
    """Show one text of the campaign, as an invented reader would receive it."""
    shown = _shown(visit)
    return visit.page(
        "partner/preview.html.j2",
        shown=shown,
        campaign=shown.draft.campaign,
        received=read_back(shown.sample.message.raw) if shown.sample else None,
    )


def frame(visit: Visit) -> Response:
    """Return the HTML of that mail, for the frame of the page."""
    return framed(_shown(visit))


def framed(shown: PartnerPreview) -> Response:
    """Return the HTML of a mail with an outline around what stands in the partner's name."""
    if shown.sample is None:
        problem = Problem(Place(""), _("there is no mail to show"), _("Go back to the start page."))
        raise ContentError(problem)
    html = read_back(shown.sample.message.raw).shown(policy=IN_THE_PAGE)
    if shown.own:
        html = with_passages_marked(html, shown.own)
    return Response(
        in_scheme(html, is_dark=False),
        media_type="text/html",
        headers={"Content-Security-Policy": FRAME_POLICY},
    )


def sign_off(visit: Visit) -> Response:
    """Show what is signed, and the decisions of the partners."""
    found = partner_decision(visit.slug, actor=visit.actor, drafts=visit.app.page_drafts)
    return visit.page(
        "partner/sign_off.html.j2",
        found=found,
        campaign=found.draft.campaign,
        texts=texts_of(found.draft),
        part_names=PART_NAMES,
    )


def sign(visit: Visit, form: Form) -> Response:
    """Sign off the version whose fingerprint the form carries, or refuse it with a reason."""
    version, drafts = form.text("fingerprint") or "-", visit.app.drafts
    if form.text("decision") == "refuse":
        why = form.text("why")
        refuse_as_partner(visit.slug, version=version, why=why, actor=visit.actor, drafts=drafts)
        return visit.done(page_of(visit, "bon-a-tirer"), "refused")
    sign_as_partner(visit.slug, version=version, actor=visit.actor, drafts=drafts)
    return visit.done(page_of(visit, "bon-a-tirer"), "signed")


def places(visit: Visit) -> Response:
    """Show what the person's institution has asked for, what became of it, and the form."""
    found = partner_places(visit.slug, actor=visit.actor, drafts=visit.app.drafts)
    return visit.page("partner/places.html.j2", found=found, campaign=found.campaign)


def ask_for(visit: Visit, form: Form) -> Response:
    """Ask for a place for somebody."""
    ask_for_place(
        visit.slug,
        _address(form),
        who=Respondent(
            form.text("name"),
            form.text("organisation"),
            seats=form.number("seats") or 0,
            is_freelance=bool(form.text("freelance")),
            card_kind=form.text("card_kind"),
            card_number=form.text("card_number"),
        ),
        actor=visit.actor,
        drafts=visit.app.drafts,
    )
    return visit.done(page_of(visit, "accreditations"), "place-asked")


def _address(form: Form) -> Address:
    try:
        return read_address(form.text("address"))
    except NotAnAddress as error:
        where, remedy = Place("", key="address"), _("Correct the address and try again.")
        raise RuleError(Problem(where, error.reason, remedy)) from error


def _shown(visit: Visit) -> PartnerPreview:
    return partner_preview(
        visit.slug,
        number=number_of_text(visit),
        actor=visit.actor,
        drafts=visit.app.page_drafts,
        composer=visit.app.composer,
    )


def number_of_text(visit: Visit) -> int:
    """Return the number of the text that is asked for, or 1."""
    number = visit.query("texte")
    return int(number) if number.isascii() and number.isdecimal() else 1
