"""The suspension of everything: one button on every page, and no question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.files.stop_file import StopFile
from mailer.operations.sending.suspend import lift_suspension, suspend_everything

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show whether everything is suspended, and the button that changes it."""
    return visit.page("suspension.html.j2", stop_file=StopFile(visit.app.workspace))


def suspend(visit: Visit, form: Form) -> Response:
    """Suspend everything at once."""
    suspend_everything(
        actor=visit.actor, why=form.text("why"), ledger=visit.app.ledger, now=visit.now
    )
    return visit.done("/tout-suspendre", "suspended")


def lift(visit: Visit, form: Form) -> Response:
    """Let everything go on, and remove the file STOP."""
    lift_suspension(actor=visit.actor, why=form.text("why"), ledger=visit.app.ledger, now=visit.now)
    StopFile(visit.app.workspace).remove()
    return visit.done("/tout-suspendre", "suspension-lifted")
