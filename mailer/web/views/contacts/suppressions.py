"""Who is not written to, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.operations.feedback.reconcile import lift
from mailer.operations.people.suppressions import suppress, suppressions_page
from mailer.web.forms import Refusals
from mailer.wording import _

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.model.address import Address
    from mailer.web.forms import Form
    from mailer.web.visit import Visit

_PER_PAGE = 60


def show(visit: Visit) -> Response:
    """Show the bars in force, with the evidence of each."""
    found = suppressions_page(
        search=visit.query("q"),
        after=visit.query("apres"),
        limit=_PER_PAGE,
        actor=visit.actor,
        ledger=visit.app.ledger,
    )
    return visit.page(
        "people/suppressions.html.j2",
        found=[each for each in found if each.is_in_force(visit.now)],
        last=found[-1].address.key if found else "",
        more=len(found) == _PER_PAGE,
        asked=visit.query("q"),
    )


def change(visit: Visit, form: Form) -> Response:
    """Bar an address, or lift its bar. Both need the words of the person who asked."""
    is_lift = form.text("act") == "lift"
    address, why = _stated(form, *(("barred", "words") if is_lift else ("address", "why")))
    if is_lift:
        lifted = lift(
            address,
            scope=form.text("scope"),
            actor=visit.actor,
            why=why,
            ledger=visit.app.ledger,
            provider=visit.app.provider_lists,
            now=visit.now,
        )
        return visit.done("/oppositions", "lifted" if lifted else "unchanged")
    barred = suppress(address, actor=visit.actor, why=why, ledger=visit.app.ledger, now=visit.now)
    return visit.done("/oppositions", "barred" if barred else "unchanged")


def _stated(form: Form, address: str, why: str) -> tuple[Address, str]:
    """Return the address and the reason in these fields. Raises RuleError with what is wrong."""
    refusals = Refusals()
    with refusals.collected():
        found = form.address(address)
    with refusals.collected():
        reason = _reason(form, why)
    refusals.raise_any()
    return found, reason


def _reason(form: Form, field: str) -> str:
    if why := form.text(field).strip():
        return why
    raise RuleError(
        Problem(
            Place("", key=field),
            _("the reason is missing"),
            _("Write who asked for it, when and how."),
        )
    )
