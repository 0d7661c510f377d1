"""The report of a campaign: on screen, to print, and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from mailer.files.workbook_writing import WORKBOOK, sheets_bytes
from mailer.operations.campaigns.archive import archive_campaign
from mailer.operations.campaigns.report import export_report
from mailer.operations.campaigns.report import report as report_on
from mailer.pages.archive import archive_as_zip, archive_name
from mailer.pages.report import (
    call_in_words,
    coverage_rows,
    exclusion_reason,
    report_page,
    report_rows,
    report_table,
    tones_of,
    why,
)
from mailer.web.views.campaign import title_of
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.model.report import Report
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
    )


def printable(visit: Visit) -> Response:
    """Return the page to print or to keep, with its style inside."""
    page = report_page(
        _report(visit), say=visit.say, language=visit.language, table="../bilan.xlsx"
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    return Response(page, media_type="text/html", headers={"Content-Security-Policy": policy})


def table(visit: Visit) -> Response:
    """Return one row per person as a CSV file, for programs that read no workbook."""
    return Response(
        report_table(_exported(visit), say=visit.say),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="bilan.csv"'},
    )


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
        archive_as_zip(made, say=visit.say),
        media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{archive_name(made)}.zip"'},
    )


def workbook(visit: Visit) -> Response:
    """Return a sheet with one row per person, in which telephone numbers stay texts, and one with
    the press coverage.
    """
    made = _exported(visit)
    sheets = {
        visit.say(_("Report")): report_rows(made, say=visit.say),
        visit.say(_("Press coverage")): coverage_rows(made, say=visit.say),
    }
    return Response(
        sheets_bytes(sheets),
        media_type=WORKBOOK,
        headers={"Content-Disposition": 'attachment; filename="bilan.xlsx"'},
    )


def _exported(visit: Visit) -> Report:
    return export_report(
        visit.slug,
        title=title_of(visit),
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )


def _report(visit: Visit) -> Report:
    return report_on(visit.slug, title=title_of(visit), ledger=visit.app.ledger, now=visit.now)
