"""The clock of the machine: what a jump holds back, and the word that it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.operations.alerts.clock import confirm_clocks, held_clocks, what_jumped

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.operations.alerts.clock import HeldClocks
    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show each jump that is held, and what leaves when somebody says that the clock is right."""
    app, zone = visit.app, visit.app.settings.office.time_zone
    wall_at = app.clock.possible_times()[-1]
    held = held_clocks(ledger=app.ledger, wall_at=wall_at)
    return visit.page(
        "clock.html.j2",
        wall_at=wall_at,
        jumps=[what_jumped(each, zone=zone) for each in held.clocks],
        mailings=held.mailings,
        shown=_jumps(held),
        titles={each.campaign: app.drafts.title(each.campaign) for each in held.mailings},
    )


def confirm(visit: Visit, form: Form) -> Response:
    """Confirm the jumps that were shown, if there is no other since."""
    app, wall_at = visit.app, visit.app.clock.possible_times()[-1]
    if form.text("shown") != _jumps(held_clocks(ledger=app.ledger, wall_at=wall_at)):
        return visit.done("/horloge", "changed-meanwhile")
    confirm_clocks(actor=visit.actor, ledger=app.ledger, now=wall_at)
    return visit.done("/horloge", "clock-confirmed")


def _jumps(held: HeldClocks) -> str:
    """Return what names the jumps that wait to be confirmed."""
    return " ".join(
        f"{each.boot}@{each.jumped_at.isoformat()}"
        for each in held.clocks
        if each.jumped_at is not None and not each.is_confirmed
    )
