"""The registers of all campaigns that invite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.operations.campaigns.overviews.overview import overview

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show the campaigns, each with a link to its register."""
    lines = overview(visit.app.campaigns.names(), ledger=visit.app.ledger)
    return visit.page(
        "people/registers.html.j2",
        lines=[(line.slug, visit.app.drafts.title(line.slug)) for line in lines],
    )
