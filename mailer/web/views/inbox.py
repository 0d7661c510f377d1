"""Mail that waits for a person: what asks for something without proof, and what nobody could read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.operations.feedback.dead_letters import dead_letters
from mailer.operations.feedback.proposals import (
    accept_proposals,
    dismiss_proposals,
    waiting_proposals,
)

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show each proposal with its mail as text, and the mails that could not be read."""
    return visit.page(
        "people/inbox.html.j2",
        waiting=waiting_proposals(excerpt=visit.app.children.mail_excerpt, ledger=visit.app.ledger),
        letters=dead_letters(ledger=visit.app.ledger),
    )


def decide(visit: Visit, form: Form) -> Response:
    """Obey one mail, or go on writing to its sender."""
    decide_proposals = accept_proposals if form.text("act") == "accept" else dismiss_proposals
    decided = decide_proposals(
        [form.text("proposal")],
        actor=visit.actor,
        why=form.text("why").strip(),
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.done("/courrier", "resolved" if decided else "unchanged")
