"""The directory: import and list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli import show
from mailer.cli.campaigns import AsJson
from mailer.cli.language import N_
from mailer.cli.opening import By, acting, opened
from mailer.cli.oppositions import CONTACTS
from mailer.errors import ContentError, Place, Problem
from mailer.model.contact_import import DomainDecision
from mailer.wording import _, _n

if TYPE_CHECKING:
    from mailer.model.contact_import import Import
    from mailer.operations.people.import_contacts import ImportResult


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=N_("An Excel or CSV file, as it comes."))],
    list_name: Annotated[
        str, typer.Option("--list", help=N_("The list these people belong to, e.g. press."))
    ],
    dry_run: Annotated[bool, typer.Option(help=N_("Only say what would happen."))] = False,
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
    json: AsJson = False,
    by: By = "",
) -> None:
    from mailer.files.contact_files import read_contacts
    from mailer.files.quarantine import write_quarantine
    from mailer.operations.people.import_contacts import import_contacts

    decisions = [_decision(each) for each in accept or ()]
    with opened(context) as app:
        now = app.clock.now()
        with show.progress(_("Reading"), None):
            read = read_contacts(
                file,
                list_name=list_name,
                read_on=now.date(),
                encoding=encoding or None,
                decided={each.written: each.meant for each in decisions},
            )
            brought_in = (
                None
                if dry_run
                else import_contacts(
                    read,
                    actor=acting(app, by),
                    ledger=app.ledger,
                    now=now,
                    decisions=decisions,
                )
            )
        quarantine = app.workspace / "var" / "quarantine" / f"{file.stem}.csv"
        if read.quarantined and not dry_run:
            quarantine.parent.mkdir(parents=True, exist_ok=True)
            write_quarantine(read, quarantine, say=show.words)
    if json:
        show.as_json(import_as_json(read))
        return
    tell_import(read, brought_in)
    if read.quarantined and not dry_run:
        show.tell(_("To decide, with row and reason: {file}", file=quarantine))
    if dry_run:
        show.tell(_("Nothing was written (dry run)."))


def _decision(text: str) -> DomainDecision:
    """`wrong=right`; the same on both sides keeps a domain as it is written."""
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


def tell_import(read: Import, brought_in: ImportResult | None) -> None:
    """Where every row of a file went."""
    show.tell(
        _(
            "{file} → {list}: rows read: {read} = ready: {ready} + repaired: {repaired} + "
            "merged: {merged} + to decide: {quarantined}",
            file=read.file,
            list=read.list_name,
            read=read.read,
            ready=len(read.ready),
            repaired=len(read.repaired),
            merged=len(read.merged),
            quarantined=len(read.quarantined),
        )
    )
    for row in read.quarantined:
        show.tell(f"  {row.row.where}: {show.words(row.reason)}")
    for remark in (*read.repairs, *read.remarks):
        show.tell(f"  {remark.where}: {show.words(remark.what)}")
    for merged in read.merged:
        show.tell(f"  {merged.row.where}: {show.words(merged.what)}")
    if read.unknown_columns:
        show.tell(
            _(
                "  Kept for the office only, never in a message: {columns}",
                columns=", ".join(read.unknown_columns),
            )
        )
    if brought_in is not None:
        show.tell(
            _(
                "  Directory: {added} added, {changed} changed, {unchanged} unchanged; "
                "{barred} not to be contacted.",
                barred=brought_in.barred,
                **brought_in.counts,
            )
        )


def import_as_json(read: Import) -> dict[str, object]:
    """The same figures for another program."""
    return {
        "file": read.file,
        "list": read.list_name,
        "read": read.read,
        "ready": len(read.ready),
        "repaired": len(read.repaired),
        "merged": len(read.merged),
        "quarantined": [
            {"row": row.row.where.line, "reason": show.words(row.reason)}
            for row in read.quarantined
        ],
    }


def list_(
    context: typer.Context,
    list_name: Annotated[
        str, typer.Option("--list", help=N_("Only this list."), show_default=False)
    ] = "",
    json: AsJson = False,
) -> None:
    with opened(context) as app:
        contacts = app.ledger.contacts.all((list_name,) if list_name else ())
        now = app.clock.now()
        barred = {bar.address.key for bar in app.ledger.suppressions.all() if bar.is_in_force(now)}
    if json:
        for contact in contacts:
            show.as_json(
                {
                    "address": str(contact.address),
                    "name": contact.name,
                    "organisation": contact.organisation,
                    "lists": sorted(contact.lists),
                    "language": contact.language,
                    "suppressed": contact.address.key in barred,
                }
            )
        return
    show.table(
        (_("Address"), _("Name"), _("Outlet"), _("Lists"), ""),
        (
            (
                contact.address,
                contact.name,
                contact.organisation,
                ", ".join(sorted(contact.lists)),
                _("suppressed") if contact.address.key in barred else "",
            )
            for contact in contacts
        ),
    )
    show.tell(_n("{count} contact.", "{count} contacts.", count=len(contacts)))


COMMANDS = ()
GROUPS = (
    (
        "contacts",
        (
            ("import", import_, N_("Bring an Excel or CSV list into the directory.")),
            ("list", list_, N_("Show the directory.")),
            *CONTACTS,
        ),
        N_("The directory of journalists and associations."),
    ),
)
