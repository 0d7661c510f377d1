"""Writes the exports that somebody asked for: the directory, a list, the report of a campaign."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mailer.files.catalogues import translations_for
from mailer.files.workbook_writing import WORKBOOK, sheets_bytes
from mailer.model.service.exported_file import ExportedFile, ExportKind
from mailer.operations.campaigns.results.report import people_in, report_to_export
from mailer.operations.exports import keep_export
from mailer.operations.people.directory import directory_table, directory_to_export
from mailer.pages.report import coverage_rows, presence_rows, report_rows, report_table
from mailer.wording import Text, _, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from gettext import NullTranslations

    from mailer.model.reports.report import Report
    from mailer.model.service.job import Job
    from mailer.wiring.app import App

    Advance = Callable[[int, int], None]
    Said = Callable[[Text | str], str]

CSV = "text/csv; charset=utf-8"


def write_export(app: App, job: Job, *, advance: Advance) -> ExportedFile:
    """Write and keep the file that a job asks for, and return it. Journalled with it.

    A job that made its file and was cut off before its end finds it, and makes no other. `advance`
    is told how many of how many rows are written. Raises RuleError when the actor of the job may
    not export people.
    """
    if made := app.ledger.exported_files.get(job.id):
        return made
    kind = ExportKind(job.request.values["export"])
    said = partial(_said, translations=translations_for(job.request.values["language"]))
    write = _people_file if kind is ExportKind.CONTACTS else _report_file
    file, people = write(app, job, said=said, advance=advance)
    now = app.clock.now()
    keep_export(file, job.request, people=people, ledger=app.ledger, now=now)
    return file


def _people_file(app: App, job: Job, *, said: Said, advance: Advance) -> tuple[ExportedFile, int]:
    """Return the file of a list or of everybody, and how many people are in it.

    That of a list has no other name than that of everybody: what a list is called may say much.
    """
    entries = directory_to_export(
        job.request.subject, actor=job.request.actor, ledger=app.ledger, now=app.clock.now()
    )
    rows = [[said(cell) for cell in row] for row in directory_table(entries)]
    content = sheets_bytes({said(_("Contacts")): rows}, advance=advance)
    return ExportedFile(job.id, "contacts.xlsx", WORKBOOK, content, app.clock.now()), len(entries)


def _report_file(app: App, job: Job, *, said: Said, advance: Advance) -> tuple[ExportedFile, int]:
    """Return the file of a report, and how many people are in it."""
    report = report_to_export(
        job.request.subject,
        title=app.drafts.title(job.request.subject),
        actor=job.request.actor,
        ledger=app.ledger,
        now=app.clock.now(),
    )
    if job.request.values["export"] == ExportKind.REPORT_CSV:
        name, kind, content = "bilan.csv", CSV, report_table(report, say=said)
    else:
        content = sheets_bytes(_sheets(report, said), advance=advance)
        name, kind = "bilan.xlsx", WORKBOOK
    return ExportedFile(job.id, name, kind, content, app.clock.now()), people_in(report)


def _sheets(report: Report, said: Said) -> Mapping[str, Iterable[Sequence[str | int]]]:
    return {
        said(_("Report")): report_rows(report, say=said),
        **({said(_("Who came")): presence_rows(report, say=said)} if report.presence else {}),
        said(_("Press coverage")): coverage_rows(report, say=said),
    }


def _said(text: Text | str, *, translations: NullTranslations) -> str:
    return text if isinstance(text, str) else say(text, translations)
