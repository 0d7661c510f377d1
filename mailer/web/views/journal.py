"""The journal: who did what, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.operations.journal import journal_page

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.visit import Visit

_PER_PAGE = 100


def show(visit: Visit) -> Response:
    """Show the newest lines, of everything or about one subject."""
    before = visit.query("avant")
    lines = journal_page(
        visit.query("sujet"),
        before=int(before) if before.isdigit() else None,
        limit=_PER_PAGE,
        ledger=visit.app.ledger,
    )
    return visit.page(
        "journal.html.j2",
        lines=lines,
        subject=visit.query("sujet"),
        more=len(lines) == _PER_PAGE,
    )
