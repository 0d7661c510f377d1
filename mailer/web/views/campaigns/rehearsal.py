"""The rehearsal: the whole campaign on a simulated clock, with nothing sent."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mailer.model.mailings.amendment import BadDay
from mailer.model.service.job import JobKind, JobRequest
from mailer.operations.campaigns.launching.rehearsed import rehearsed_in_words
from mailer.operations.jobs import ask_for_job, kept_result, rehearsals_to_see
from mailer.pages.rehearsal_figures import rehearsal_from_json
from mailer.pages.report import call_in_words, presence_table, why
from mailer.web.views.campaign import title_of
from mailer.web.views.job import begun
from mailer.wording import _

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit

_BAD_DAYS = {
    "": _("Nothing: each step leaves at its hour"),
    BadDay.CORRECTION: _("A correction: the event is in another room"),
    BadDay.MOVE: _("A move: the event is a week later"),
    BadDay.CANCELLATION: _("A cancellation"),
}


def show(visit: Visit) -> Response:
    """Show what a rehearsal does and the button that starts one, or the report of one."""
    kept = kept_result(
        visit.query("joue"),
        of=visit.slug,
        person=visit.person.id,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    report = rehearsal_from_json(kept) if kept is not None else None
    return visit.page(
        "campaigns/rehearsal.html.j2",
        title=title_of(visit),
        sentences=rehearsed_in_words(report.played) if report else (),
        bad_days=_BAD_DAYS,
        earlier=rehearsals_to_see(
            visit.slug, person=visit.person.id, ledger=visit.app.ledger, now=visit.now
        ),
        report=report,
        tones=report.tones if report else Counter(),
        why=why,
        call_in_words=call_in_words,
        presence_table=presence_table,
    )


def rehearse(visit: Visit, form: Form) -> Response:
    """Have the campaign rehearsed as it is now. The real ledger is only read."""
    app = visit.app
    slug = app.campaigns.slug(visit.slug)
    bad_day = form.text("bad_day")
    values = {
        "language": visit.language,
        "revision": app.revisions.open_campaign(slug).head.number,
        "seed": form.number("seed") or 0,
        "bad_day": bad_day if bad_day in {*BadDay} else "",
    }
    request = JobRequest(JobKind.REHEARSAL, slug, visit.actor, values)
    return begun(visit, ask_for_job(request, ledger=app.ledger, now=visit.now))
