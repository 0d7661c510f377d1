"""The register of a campaign: who asked to come, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.addresses import require_address
from mailer.errors import Place, Problem, RuleError
from mailer.labels import label_of
from mailer.model.accreditation import AccreditationState
from mailer.operations.people.accreditations import (
    Identity,
    accreditations_of,
    register_accreditation,
)
from mailer.web.views.campaign import page_of, title_of
from mailer.wording import _

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show the register, with those whose identity a person must decide first."""
    entries = sorted(
        accreditations_of(visit.slug, ledger=visit.app.ledger),
        key=lambda entry: (not entry.likely, entry.accreditation.name.casefold()),
    )
    return visit.page(
        "people/register.html.j2",
        title=title_of(visit),
        entries=entries,
        states=[(state.value, visit.say(label_of(state))) for state in AccreditationState],
    )


def save(visit: Visit, form: Form) -> Response:
    """Record an answer or a decision."""
    belongs_to = form.text("for")
    register_accreditation(
        visit.app.campaigns.slug(visit.slug),
        require_address(form.text("address")),
        state=_state(form),
        identity=Identity(
            form.text("name").strip(),
            form.text("organisation").strip(),
            contact=require_address(belongs_to) if "@" in belongs_to else None,
            is_newcomer=belongs_to == "new",
        ),
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.done(page_of(visit, "accreditations"), "saved")


def _state(form: Form) -> AccreditationState:
    try:
        return AccreditationState(form.text("state"))
    except ValueError as error:
        where, what = Place("", key="state"), _("the decision is missing")
        raise RuleError(Problem(where, what, _("Choose what was asked or decided."))) from error
