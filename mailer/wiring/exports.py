"""Writes the exports that somebody asked for: the directory, a list, the report of a campaign."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mailer.files.catalogues import translations_for
from mailer.files.workbook_writing import WORKBOOK, sheets_bytes
from mailer.model.service.exported_file import ExportedFile, ExportKind
from mailer.operations.campaigns.results.report import export_report
from mailer.operations.people.directory import directory_table, export_directory
from mailer.pages.report import coverage_rows, presence_rows, report_rows, report_table
from mailer.wording import Text, _, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from gettext import NullTranslations

    from mailer.model.reports.report import Report
    from mailer.model.service.job import Job
    from mailer.wiring.app import App

    Sheets = Mapping[str, Iterable[Sequence[str]]]

CSV = "text/csv; charset=utf-8"
_NAMES = {ExportKind.CONTACTS: "contacts", ExportKind.REPORT: "bilan"}
"""A file of a list has no other name than one of everybody: what a list is called may say much."""


def write_export(app: App, job: Job, *, advance: Callable[[int, int], None]) -> ExportedFile:
    """Write the file that a job asks for, and return it. Journalled.

    `advance` is told how many of how many rows are written. Raises RuleError when the actor of
    the job may not export people.
    """
    kind = ExportKind(job.request.values["export"])
    said = partial(_said, translations=translations_for(job.request.values["language"]))
    if kind is ExportKind.REPORT_CSV:
        content = report_table(_report(app, job), say=said)
        return ExportedFile(job.id, "bilan.csv", CSV, content, app.clock.now())
    sheets = _people(app, job, said) if kind is ExportKind.CONTACTS else _sheets(app, job, said)
    content = sheets_bytes(sheets, advance=advance)
    return ExportedFile(job.id, f"{_NAMES[kind]}.xlsx", WORKBOOK, content, app.clock.now())


def _people(app: App, job: Job, said: Callable[[Text | str], str]) -> Sheets:
    rows = [[said(cell) for cell in row] for row in _directory_rows(app, job)]
    return {said(_("Contacts")): rows}


def _sheets(app: App, job: Job, said: Callable[[Text | str], str]) -> Sheets:
    report = _report(app, job)
    return {
        said(_("Report")): report_rows(report, say=said),
        **({said(_("Who came")): presence_rows(report, say=said)} if report.presence else {}),
        said(_("Press coverage")): coverage_rows(report, say=said),
    }


def _said(text: Text | str, *, translations: NullTranslations) -> str:
    return text if isinstance(text, str) else say(text, translations)


def _directory_rows(app: App, job: Job) -> Iterator[Sequence[Text | str]]:
    request, now = job.request, app.clock.now()
    entries = export_directory(request.subject, actor=request.actor, ledger=app.ledger, now=now)
    return directory_table(entries)


def _report(app: App, job: Job) -> Report:
    return export_report(
        job.request.subject,
        title=app.drafts.title(job.request.subject),
        actor=job.request.actor,
        ledger=app.ledger,
        now=app.clock.now(),
    )
