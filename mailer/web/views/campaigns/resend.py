"""A step again: whom it did not reach, newcomers since, or somebody by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.operations.sending.resend import ResendTo, groups_to_resend, resend, resendable
from mailer.web.views.campaign import page_of, title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from mailer.model.address import Address
    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show, for a step, who would get it again and who is new."""
    steps = tuple(resendable(visit.slug, ledger=visit.app.ledger, now=visit.now))
    step = visit.query("etape") or next(iter(steps), "")
    return visit.page(
        "campaigns/resend.html.j2",
        title=title_of(visit),
        steps=steps,
        step=step,
        groups=groups_to_resend(visit.slug, step, ledger=visit.app.ledger, now=visit.now)
        if step in steps
        else {},
    )


def send(visit: Visit, form: Form) -> Response:
    """Send the step again to the people of one button, if their number was typed."""
    resend(
        visit.slug,
        form.text("step"),
        to=_chosen(form),
        confirm=form.number("confirm"),
        actor=visit.actor,
        why=form.text("why"),
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.done(page_of(visit, "en-cours"), "resent")


def _chosen(form: Form) -> ResendTo | Sequence[Address]:
    if form.text("to") in set(ResendTo):
        return ResendTo(form.text("to"))
    return [form.address("address")]
