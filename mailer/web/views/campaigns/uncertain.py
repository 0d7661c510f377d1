"""Uncertain deliveries: nobody knows whether they left, so a person decides each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.operations.sending.resolve import (
    Resolved,
    resolve_all,
    resolve_delivery,
    uncertain_of,
)
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
    """Record one delivery, or all if their number was typed, as sent or to be sent again.

    Raises RuleError, with what stands now, when that changed nothing: somebody else was faster.
    """
    decision = form.text("decision")
    if decision not in {"sent", "resend"}:
        raise RuleError(
            Problem(
                Place("", key="decision"),
                _("nothing was decided"),
                _("Choose whether it counts as sent, or is sent again."),
            )
        )
    is_resend, why = decision == "resend", form.text("why").strip()
    if not (delivery := form.text("delivery")):
        resolved = resolve_all(
            visit.slug,
            confirm=form.number("confirm"),
            resend=is_resend,
            actor=visit.actor,
            why=why,
            ledger=visit.app.ledger,
            now=visit.now,
        )
        return _answer(visit, resolved)
    found: DeliveryId = delivery  # type: ignore[assignment]
    is_resolved = resolve_delivery(
        found,
        resend=is_resend,
        actor=visit.actor,
        why=why,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return _answer(visit, Resolved(int(is_resolved), int(not is_resolved)))


def _answer(visit: Visit, resolved: Resolved) -> Response:
    if not resolved.count:
        raise RuleError(
            Problem(
                Place(""),
                _(
                    "Nothing was changed: somebody has decided it meanwhile, or its mailing is"
                    " cancelled or too late to be sent again."
                ),
                _("This is how it stands now."),
            )
        )
    notice = "resolved-in-part" if resolved.unchanged else "resolved"
    return visit.done(page_of(visit, "incertains"), notice)
