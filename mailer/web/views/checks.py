"""The checks of a campaign: what blocks the launch, and what deserves a look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.finding import Severity
from mailer.web.views.campaign import title_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show the findings, the blocking ones first."""
    order = list(Severity)
    found = sorted(
        visit.app.page_drafts.findings(visit.slug), key=lambda each: order.index(each.severity)
    )
    return visit.page(
        "campaigns/checks.html.j2",
        title=title_of(visit),
        found=found,
        blocking=sum(finding.severity is Severity.ERROR for finding in found),
    )
