"""Uncertain deliveries: nobody knows whether they left, so a person decides each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.operations.sending.resolve import resolve_all, resolve_delivery, uncertain_of
from mailer.web.views.campaign import page_of, title_of
from mailer.wording import _

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.model.mailings.message import DeliveryId
    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show each uncertain delivery with what the line said when it broke."""
    return visit.page(
        "campaigns/uncertain.html.j2",
        title=title_of(visit),
        uncertain=uncertain_of(visit.slug, ledger=visit.app.ledger),
    )


def resolve(visit: Visit, form: Form) -> Response:
    """Record one delivery, or all if their number was typed, as sent or to be sent again."""
    decision = form.text("decision")
    if decision not in {"sent", "resend"}:
        raise RuleError(
            Problem(
                Place("", key="decision"),
                _("nothing was decided"),
                _("Choose whether it counts as sent, or is sent again."),
            )
        )
    if delivery := form.text("delivery"):
        found: DeliveryId = delivery  # type: ignore[assignment]
        resolve_delivery(
            found,
            resend=decision == "resend",
            actor=visit.actor,
            why=form.text("why"),
            ledger=visit.app.ledger,
            now=visit.now,
        )
    else:
        resolve_all(
            visit.slug,
            confirm=form.number("confirm"),
            resend=decision == "resend",
            actor=visit.actor,
            why=form.text("why"),
            ledger=visit.app.ledger,
            now=visit.now,
        )
    return visit.done(page_of(visit, "incertains"), "resolved")
