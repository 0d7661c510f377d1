"""The journal: who did what, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.visit import Visit

_PER_PAGE = 100


def show(visit: Visit) -> Response:
    """Show the newest lines, of everything or about one subject."""
    before = visit.query("avant")
    lines = visit.app.ledger.journal.page(
        visit.query("sujet"),
        after=int(before) if before.isdigit() else None,
        limit=_PER_PAGE,
    )
    return visit.page(
        "journal.html.j2",
        lines=lines,
        subject=visit.query("sujet"),
        more=len(lines) == _PER_PAGE,
    )
