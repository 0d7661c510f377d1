"""The clock of a demonstration, which goes on to the next mailing when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.clock import ShiftedClock
from mailer.errors import Place, Problem, RuleError
from mailer.operations.demonstration import go_on_to, next_departure, waits_past_its_hour
from mailer.operations.team.demonstration import DEMONSTRATION_PASSWORD
from mailer.wording import _

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def go_on(visit: Visit, form: Form) -> Response:
    """Go on to the hour that the page showed, and show what leaves."""
    clock, app = _clock_of(visit), visit.app
    found = next_departure(app.campaigns.names(), ledger=app.ledger, now=visit.now)
    if found is None or form.text("at") != found[1].isoformat():
        return visit.done("/", "changed-meanwhile")
    campaign, at = found
    go_on_to(at, advance_to=clock.advance_to, visitor=visit.visitor, ledger=app.ledger)
    return visit.done(f"/campagnes/{campaign.slug}/en-cours", "demonstration-goes-on")


def shown(visit: Visit) -> dict[str, object] | None:
    """Return what the start page says of a demonstration; None in a real office."""
    if not isinstance(visit.app.clock, ShiftedClock):
        return None
    app = visit.app
    found = next_departure(app.campaigns.names(), ledger=app.ledger, now=visit.now)
    is_held = found is None and waits_past_its_hour(ledger=app.ledger, now=visit.now)
    return {"next_at": found and found[1], "is_held": is_held, "password": DEMONSTRATION_PASSWORD}


def _clock_of(visit: Visit) -> ShiftedClock:
    if isinstance(visit.app.clock, ShiftedClock):
        return visit.app.clock
    raise RuleError(
        Problem(
            Place(""),
            _("this is no demonstration"),
            _("The clock of this office is that of the machine."),
        )
    )
