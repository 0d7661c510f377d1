"""The list of campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.operations.campaigns.overview import overview
from mailer.web.labels import STATES

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show the campaigns whose name or title has the words of the query `q`."""
    lines = overview(visit.app.campaigns.names(), ledger=visit.app.ledger)
    titles = {line.slug: visit.app.drafts.title(line.slug) for line in lines}
    words = visit.query("q").casefold().split()
    found = [
        line
        for line in lines
        if all(word in f"{line.slug} {titles[line.slug]}".casefold() for word in words)
    ]
    return visit.page(
        "campaigns/list.html.j2", lines=found, titles=titles, states=STATES, asked=visit.query("q")
    )
