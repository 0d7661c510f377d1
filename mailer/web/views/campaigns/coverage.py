"""What the press has published about a campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.operations.campaigns.results.coverage import (
    NotedCoverage,
    coverage_of,
    note_coverage,
    remove_coverage,
)
from mailer.web.views.campaign import page_of, title_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show what was noted, and the form for another article."""
    return visit.page(
        "campaigns/coverage.html.j2",
        title=title_of(visit),
        coverage=coverage_of(visit.slug, ledger=visit.app.ledger),
        today=visit.now.date(),
    )


def note(visit: Visit, form: Form) -> Response:
    """Note an article or broadcast, or remove one that was noted by mistake."""
    if (number := form.number("remove")) is not None:
        remove_coverage(
            visit.slug, number, actor=visit.actor, ledger=visit.app.ledger, now=visit.now
        )
    else:
        note_coverage(
            visit.slug,
            NotedCoverage(
                form.text("title"), form.text("outlet"), form.text("day"), form.text("link")
            ),
            actor=visit.actor,
            ledger=visit.app.ledger,
            now=visit.now,
        )
    return visit.done(page_of(visit, "retombees"), "saved")
