"""The list of campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.operations.campaigns.overviews.overview import overview
from mailer.web.labels import STATES

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.visit import Visit

SHOWN = 50
"""How many campaigns one page names."""


def show(visit: Visit) -> Response:
    """Show a page of the campaigns whose name or title has the words of the query `q`."""
    title_of, asked = visit.app.drafts.title, visit.query("q")
    lines = overview(visit.app.campaigns.names(), ledger=visit.app.ledger)
    if words := asked.casefold().split():
        about = {line.slug: f"{line.slug} {title_of(line.slug)}".casefold() for line in lines}
        lines = [line for line in lines if all(word in about[line.slug] for word in words)]
    page = max(visit.query_number("page") or 1, 1)
    begin = (page - 1) * SHOWN
    return visit.page(
        "campaigns/list.html.j2",
        lines=lines[begin : begin + SHOWN],
        count=len(lines),
        page=page,
        more=begin + SHOWN < len(lines),
        title_of=title_of,
        states=STATES,
        asked=asked,
    )
