"""The rehearsal: the whole campaign on a simulated clock, with nothing sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.pages.report import exclusion_reason, tones_of, why
from mailer.rehearsal import rehearse_campaign
from mailer.web.views.campaign import title_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show what a rehearsal does, and the button that starts one."""
    return visit.page("campaigns/rehearsal.html.j2", title=title_of(visit), played=None)


def rehearse(visit: Visit, form: Form) -> Response:
    """Rehearse the campaign now, and show its report. The real ledger is only read."""
    del form
    played = rehearse_campaign(
        visit.app,
        visit.slug,
        out=visit.app.workspace / "var" / "rehearsal" / visit.slug,
        language=visit.language,
    )
    return visit.page(
        "campaigns/rehearsal.html.j2",
        title=played.report.title,
        played=played,
        report=played.report,
        tones=tones_of(played.report.mailings),
        why=why,
        left_out_because=exclusion_reason,
    )
