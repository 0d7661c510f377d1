"""What the mail programs of its readers make of a campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.compatibility.clients import CLIENTS
from mailer.compatibility.gaps import LOSSES
from mailer.operations.campaigns.drafts.compatibility import compatibility_of
from mailer.web.views.campaign import title_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show the features that a program lacks, those that matter first."""
    found = compatibility_of(visit.app.page_drafts.draft(visit.slug))
    return visit.page(
        "campaigns/compatibility.html.j2",
        title=title_of(visit),
        found=found,
        telling=[gap for gap in found.gaps if gap.is_telling],
        rest=[gap for gap in found.gaps if not gap.is_telling],
        clients=CLIENTS,
        losses=LOSSES,
        reading=sorted(
            ((client, part) for client, part in found.shares.items() if part),
            key=lambda each: -each[1],
        ),
    )
