"""The rehearsal: the whole campaign on a simulated clock, with nothing sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.jobs import rehearsal_folder
from mailer.model.job import JobKind, JobRequest
from mailer.operations.jobs import ask_for_job
from mailer.pages.report import call_in_words, exclusion_reason, kind_in_words, tones_of, why
from mailer.rehearsal import last_rehearsal
from mailer.web.views.campaign import title_of
from mailer.web.views.job import begun

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show what a rehearsal does and the button that starts one, or the report of the last one."""
    folder = rehearsal_folder(visit.app, visit.slug)
    report = last_rehearsal(visit.app, visit.slug, out=folder) if visit.query("joue") else None
    return visit.page(
        "campaigns/rehearsal.html.j2",
        title=title_of(visit),
        played=report,
        report=report,
        tones=tones_of(report.mailings) if report else {},
        why=why,
        left_out_because=exclusion_reason,
        call_in_words=call_in_words,
        kind_in_words=kind_in_words,
    )


def rehearse(visit: Visit, form: Form) -> Response:
    """Have the campaign rehearsed. The real ledger is only read."""
    del form
    slug = visit.app.campaigns.slug(visit.slug)
    request = JobRequest(JobKind.REHEARSAL, slug, visit.actor, {"language": visit.language})
    return begun(visit, ask_for_job(request, ledger=visit.app.ledger, now=visit.now))
