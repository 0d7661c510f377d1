"""The report of a campaign: on screen, to print, and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from mailer.model.service.exported_file import ExportKind
from mailer.operations.campaigns.results.archive import archive_campaign
from mailer.operations.campaigns.results.report import report_for
from mailer.pages.archive import archive_as_zip, archive_name
from mailer.pages.report import (
    call_in_words,
    exclusion_reason,
    presence_table,
    report_page,
    tones_of,
    why,
)
from mailer.web.views.campaign import title_of
from mailer.web.views.job import exported

if TYPE_CHECKING:
    from mailer.model.reports.report import Report
    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show the figures, whom to call, and who was not written to."""
    made = _report(visit)
    return visit.page(
        "campaigns/report.html.j2",
        report=made,
        tones=tones_of(made.mailings),
        why=why,
        left_out_because=exclusion_reason,
        call_in_words=call_in_words,
        presence_table=presence_table,
    )


def printable(visit: Visit) -> Response:
    """Return the page to print or to keep, with its style inside."""
    page = report_page(
        _report(visit), say=visit.say, language=visit.language, table="../bilan.xlsx"
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    return Response(page, media_type="text/html", headers={"Content-Security-Policy": policy})


def archive(visit: Visit) -> Response:
    """Return what an office keeps of the campaign, as one file; no recipient is named."""
    made = archive_campaign(
        visit.slug,
        with_people=False,
        drafts=visit.app.drafts,
        revisions=visit.app.revisions,
        composer=visit.app.composer,
        ledger=visit.app.ledger,
        actor=visit.actor,
        now=visit.now,
    )
    return Response(
        archive_as_zip(made, say=visit.say_plainly),
        media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{archive_name(made)}.zip"'},
    )


def export(visit: Visit, form: Form) -> Response:
    """Have one row per person written to a workbook, in which telephone numbers stay texts."""
    del form
    return exported(visit, ExportKind.REPORT, visit.slug)


def export_csv(visit: Visit, form: Form) -> Response:
    """Have one row per person written to a CSV file, for programs that read no workbook."""
    del form
    return exported(visit, ExportKind.REPORT_CSV, visit.slug)


def _report(visit: Visit) -> Report:
    return report_for(
        visit.actor, visit.slug, title=title_of(visit), ledger=visit.app.ledger, now=visit.now
    )
