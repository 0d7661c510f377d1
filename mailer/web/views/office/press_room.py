"""The press room: what is public, what will be and when, and what stays back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.team.permission import Act
from mailer.operations.press_room.overview import ReleaseState, press_room_overview
from mailer.operations.press_room.withdraw import withdraw_release
from mailer.publication.press_codes import spelled
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit

STATES: Mapping[ReleaseState, Text] = {
    ReleaseState.PUBLIC: _("public"),
    ReleaseState.SUPERSEDED: _("replaced"),
    ReleaseState.WITHDRAWN: _("withdrawn from publication"),
    ReleaseState.TIMED: _("public when its hour comes"),
    ReleaseState.WAITING: _("public when it has left"),
    ReleaseState.HELD: _("held back: it was stopped before its hour"),
}


def show(visit: Visit) -> Response:
    """Show every text that was launched for the press room, what comes next first."""
    return visit.page(
        "press_room.html.j2",
        releases=press_room_overview(ledger=visit.app.ledger, now=visit.now),
        states=STATES,
        spelled=spelled,
        url=visit.app.settings.press_room.public_url,
        can_withdraw=visit.may(Act.CANCEL),
    )


def withdraw(visit: Visit, form: Form) -> Response:
    """Take the text of a campaign out of the press room."""
    was_done = withdraw_release(
        form.text("campaign"),
        why=form.text("why"),
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.done("/salle-de-presse", "withdrawn" if was_done else "unchanged")
