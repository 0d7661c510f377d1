"""What is kept of people, until when, and the lists for the door that are still about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem
from mailer.model.contacts.retention import end_of_keeping
from mailer.operations.people.retention import confirm_destroyed, retention
from mailer.web.forms import whole_number
from mailer.wording import _

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit

ADDRESS = "/conservation"


def show(visit: Visit) -> Response:
    """Show how much is kept of each kind, the next purge, and the lists for the door."""
    return visit.page(
        "people/retention.html.j2",
        kept=retention(ledger=visit.app.ledger, now=visit.now),
        end_of=end_of_keeping,
    )


def destroyed(visit: Visit, form: Form) -> Response:
    """Note that a list for the door was destroyed."""
    number = whole_number(form.text("number"))
    if number is None:
        what, remedy = _("the list is missing"), _("Press the button beside it.")
        raise ContentError(Problem(Place("", key="number"), what, remedy))
    confirm_destroyed(number, actor=visit.actor, ledger=visit.app.ledger, now=visit.now)
    return visit.done(ADDRESS, "destroyed")
