"""`mailer contacts`: import and list contacts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.campaigns.campaigns import AsJson
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import By, current_actor, onlooker, opened
from mailer.errors import ContentError, Place, Problem
from mailer.model.contacts.contact_import import DomainDecision
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.model.contacts.contact_import import Import
    from mailer.operations.people.directory import DirectoryEntry
    from mailer.operations.people.import_contacts import FileImport


def import_(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            help=N_("A file of Excel or LibreOffice, CSV, an address book, as it comes.")
        ),
    ],
    list_name: Annotated[
        str, typer.Option("--list", help=N_("The list these people belong to, e.g. press."))
    ],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Only say what would happen."))
    ] = False,
    encoding: Annotated[
        str,
        typer.Option(help=N_("The file's encoding, if it cannot be told."), show_default=False),
    ] = "",
    accept: Annotated[
        list[str] | None,
        typer.Option(
            help=N_("Decide about a doubtful domain: gmial.example=gmail.example; may be repeated.")
        ),
    ] = None,
    sheet: Annotated[
        list[str] | None,
        typer.Option(
            help=N_("Read only this sheet, even a hidden or an old one; may be repeated.")
        ),
    ] = None,
    json: AsJson = False,
    by: By = "",
) -> None:
    from mailer.files.quarantine import write_quarantine
    from mailer.operations.people.import_contacts import ImportRequest, import_file

    decisions = [_decision(each) for each in accept or ()]
    request = ImportRequest(
        file, list_name, encoding, decisions, sheets=sheet or (), is_dry_run=dry_run
    )
    with opened(context) as app, show.progress(_("Reading"), None):
        quarantine_file = app.workspace / "var" / "quarantine" / f"{file.stem}.csv"
        imported = import_file(
            request,
            read_file=app.children.read_contacts,
            write_quarantine=lambda read: write_quarantine(
                read, quarantine_file, say=show.translated
            ),
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
            leaves_to_desk=True,
        )
    if json:
        show.as_json(import_as_json(imported.read))
        return
    print_import(imported)
    if dry_run:
        show.print_line(_("Nothing was written (dry run)."))


def _decision(text: str) -> DomainDecision:
    """Parse `wrong=right`. The same domain on both sides keeps it as it is written."""
    written, sign, meant = text.partition("=")
    if not (written and sign and meant):
        raise ContentError(
            Problem(
                Place(text),
                _("this decides about no domain"),
                _("Write --accept and both domains, for instance {example}", example="a.fr=b.fr"),
            )
        )
    return DomainDecision(written.strip(), meant.strip())


def print_import(imported: FileImport) -> None:
    """Print what became of every row of a file."""
    read = imported.read
    show.print_line(
        _(
            "{file} → {list}: rows read: {read} = ready: {ready} + repaired: {repaired} + "
            "merged: {merged} + to decide: {quarantined} + barred: {barred}",
            file=read.file,
            list=read.list_name,
            read=read.read,
            ready=len(read.ready),
            repaired=len(read.repaired),
            merged=len(read.merged),
            quarantined=len(read.quarantined),
            barred=len(read.barred),
        )
    )
    _print_remarks(read)
    if imported.result is not None:
        show.print_line(
            _(
                "  Directory: {added} added, {changed} changed, {unchanged} unchanged; "
                "{barred} not to be contacted.",
                barred=imported.result.suppressed,
                **imported.result.counts,
            )
        )
        _print_people_elsewhere(imported.result.counts)
    if imported.quarantine is not None:
        show.print_line(_("To decide, with row and reason: {file}", file=imported.quarantine))
    if imported.waits_at_desk:
        show.print_line(_("The desk asks about these rows as well: Contacts, then Import a list."))


def _print_people_elsewhere(counts: Mapping[str, int]) -> None:
    """Print how many rows are about people who are known under another address, or forgotten."""
    if former := counts.get("former", 0):
        show.print_line(
            _n(
                "  {count} row has the former address of a person; the corrected one stays.",
                "  {count} rows have former addresses of people; the corrected ones stay.",
                count=former,
            )
        )
    if elsewhere := counts.get("elsewhere", 0):
        show.print_line(
            _n(
                "  {count} person is on other lists only, and was left out: who is not limited to"
                " lists can put them on this one.",
                "  {count} people are on other lists only, and were left out: who is not limited to"
                " lists can put them on this one.",
                count=elsewhere,
            )
        )
    if forgotten := counts.get("forgotten", 0):
        show.print_line(
            _n(
                "  {count} person asked to be forgotten and was left out.",
                "  {count} people asked to be forgotten and were left out.",
                count=forgotten,
            )
        )


def _print_remarks(read: Import) -> None:
    for row in read.quarantined:
        show.print_line(f"  {row.row.where}: {show.translated(row.reason)}")
        if row.objection is not None:
            show.print_line(
                _(
                    "    Not to be written to all the same: {addresses} (“{evidence}”)",
                    addresses=", ".join(map(str, row.objection.addresses)),
                    evidence=row.objection.evidence,
                )
            )
    for barred in read.barred:
        show.print_line(
            _(
                "  {where}: {address} is not written to: {why}",
                where=barred.where,
                address=barred.contact.address,
                why=barred.why,
            )
        )
    for remark in (*read.repairs, *read.remarks):
        show.print_line(f"  {remark.where}: {show.translated(remark.what)}")
    for merged in read.merged:
        show.print_line(f"  {merged.row.where}: {show.translated(merged.what)}")
    if read.unknown_columns:
        show.print_line(
            _(
                "  Kept for the office only, never in a message: {columns}",
                columns=", ".join(read.unknown_columns),
            )
        )


def import_as_json(read: Import) -> dict[str, object]:
    """Return the figures of an import as JSON, for other programs."""
    return {
        "file": read.file,
        "list": read.list_name,
        "read": read.read,
        "ready": len(read.ready),
        "repaired": len(read.repaired),
        "merged": len(read.merged),
        "quarantined": [
            {"row": row.row.where.line, "reason": show.translated(row.reason)}
            for row in read.quarantined
        ],
        "barred": [
            {
                "row": barred.where.line,
                "address": str(barred.contact.address),
                "reason": show.translated(barred.why),
            }
            for barred in read.barred
        ],
    }


def list_(
    context: typer.Context,
    list_name: Annotated[
        str, typer.Option("--list", help=N_("Only this list."), show_default=False)
    ] = "",
    json: AsJson = False,
) -> None:
    from mailer.operations.people.directory import directory

    with opened(context) as app:
        entries = directory(list_name, actor=onlooker(app), ledger=app.ledger, now=app.clock.now())
    if json:
        for entry in entries:
            show.as_json(_entry_as_json(entry))
        return
    show.table(
        (_("Address"), _("Name"), _("Outlet"), _("Lists"), ""),
        (
            (
                entry.contact.address,
                entry.contact.name,
                entry.contact.organisation,
                ", ".join(sorted(entry.contact.lists)),
                _("suppressed") if entry.is_suppressed else "",
            )
            for entry in entries
        ),
    )
    show.print_line(_n("{count} contact.", "{count} contacts.", count=len(entries)))


def _entry_as_json(entry: DirectoryEntry) -> dict[str, object]:
    return {
        "address": str(entry.contact.address),
        "name": entry.contact.name,
        "organisation": entry.contact.organisation,
        "lists": sorted(entry.contact.lists),
        "language": entry.contact.language,
        "suppressed": entry.is_suppressed,
    }
