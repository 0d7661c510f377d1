"""One request of a partner, as the office decides about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem, RuleError
from mailer.labels import label_of
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.operations.people.accreditations import Ruling
from mailer.operations.people.partner_requests import accept_place, refuse_place, requests_of
from mailer.web.forms import whole_number
from mailer.web.views.campaign import page_of, title_of
from mailer.wording import _

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.operations.people.partner_requests import AskedPlace
    from mailer.web.forms import Form
    from mailer.web.visit import Visit

_DECISIONS = (
    AccreditationState.ACCEPTED,
    AccreditationState.WAITING,
    AccreditationState.REFUSED,
)


def show(visit: Visit) -> Response:
    """Show what is asked for and by whom, and the form or the decision."""
    return visit.page(
        "people/partner_request.html.j2",
        title=title_of(visit),
        asked=_asked(visit),
        decisions=[(state.value, visit.say(label_of(state))) for state in _DECISIONS],
    )


def decide(visit: Visit, form: Form) -> Response:
    """Take the person into the register, or refuse the request with a reason."""
    campaign, request = visit.app.campaigns.slug(visit.slug), _number(visit)
    ledger, now = visit.app.ledger, visit.now
    if form.text("decision") == AccreditationState.REFUSED:
        why = form.text("reason")
        refuse_place(campaign, request, why=why, actor=visit.actor, ledger=ledger, now=now)
    else:
        accept_place(
            campaign,
            request,
            ruling=Ruling(_accepted(form), force_why=form.text("force_why")),
            terms=visit.app.drafts.terms(visit.slug),
            actor=visit.actor,
            ledger=ledger,
            now=now,
        )
    return visit.done(page_of(visit, "accreditations"), "place-decided")


def _accepted(form: Form) -> AccreditationState:
    if form.text("decision") in _DECISIONS:
        return AccreditationState(form.text("decision"))
    where, what = Place("", key="decision"), _("the decision is missing")
    raise RuleError(Problem(where, what, _("Choose what was asked or decided.")))


def _asked(visit: Visit) -> AskedPlace:
    """Return the request that the address names. Raises ContentError for none."""
    campaign = visit.app.campaigns.slug(visit.slug)
    for each in requests_of(campaign, ledger=visit.app.ledger):
        if each.request.id == _number(visit):
            return each
    what = _("there is no such request")
    raise ContentError(Problem(Place(""), what, _("Look the person up in the register.")))


def _number(visit: Visit) -> int:
    return whole_number(visit.path("request")) or 0
