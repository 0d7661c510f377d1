"""The commands about single people: suppress, lift, forget, correct, export."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.terminal import show
from mailer.cli.terminal.asking import confirmed
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import By, current_actor, opened
from mailer.errors import ContentError, Place, Problem
from mailer.labels import label_of, step_title
from mailer.model.contacts.suppression import EVERYWHERE, SuppressionReason
from mailer.wording import _, _n, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mailer.wording import Text

AddressText = Annotated[str, typer.Argument(help=N_("The person's e-mail address."))]
OnlyList = Annotated[
    str, typer.Option("--list", help=N_("Only this list; default: all."), show_default=False)
]

ExportTo = Annotated[
    Path | None,
    typer.Option(help=N_("Write all of them to a file: .xlsx or .csv."), show_default=False),
]


def suppress(
    context: typer.Context,
    address: AddressText,
    why: Annotated[str, typer.Option(help=N_("How you know: call, letter, mail …"))],
    by: By = "",
    list_name: OnlyList = EVERYWHERE,
    reason: Annotated[
        SuppressionReason, typer.Option(help=N_("What it is."))
    ] = SuppressionReason.OPT_OUT,
) -> None:
    from mailer.addresses import require_address
    from mailer.operations.people.suppressions import suppress as suppress_address

    known = require_address(address)
    with opened(context) as app:
        is_new = suppress_address(
            known,
            reason=reason,
            scope=list_name,
            actor=current_actor(app, by),
            why=why,
            ledger=app.ledger,
            now=app.clock.now(),
        )
    show.print_line(
        _("{address}: no longer written to ({reason}).", address=known, reason=label_of(reason))
        if is_new
        else _("{address}: was not written to already.", address=known)
    )


def lift(
    context: typer.Context,
    address: AddressText,
    why: Annotated[str, typer.Option(help=N_("On whose word, and why."))],
    by: By = "",
    list_name: OnlyList = EVERYWHERE,
) -> None:
    from mailer.addresses import require_address
    from mailer.operations.feedback.reconcile import lift as lift_suppressions

    known = require_address(address)
    with opened(context) as app:
        lifted = lift_suppressions(
            known,
            scope=list_name,
            actor=current_actor(app, by),
            why=why,
            ledger=app.ledger,
            provider=app.provider_lists,
            now=app.clock.now(),
        )
    show.print_line(
        _n("{count} suppression lifted.", "{count} suppressions lifted.", count=lifted)
        if lifted
        else _("There is no such suppression; nothing changed.")
    )


def forget(
    context: typer.Context,
    address: AddressText,
    by: By = "",
    why: Annotated[str, typer.Option(help=N_("The request, e.g. letter of 3 May."))] = "",
    yes: Annotated[bool, typer.Option("--yes", help=N_("Do not ask."))] = False,
) -> None:
    from mailer.addresses import require_address
    from mailer.operations.people.suppressions import forget as forget_person

    known = require_address(address)
    if not yes:
        question = _("Erase everything about {address}? This cannot be undone.", address=known)
        if not confirmed(question):
            raise typer.Abort
    with opened(context) as app:
        was_known = forget_person(
            known, actor=current_actor(app, by), why=why, ledger=app.ledger, now=app.clock.now()
        )
    show.print_line(
        _("Forgotten. Figures of past campaigns stay; no import brings this address back.")
        if was_known
        else _("Nothing was known; no import will bring this address in.")
    )
    show.print_line(_("Copies made by others, and .eml files already written, are yours to clear."))


def data(
    context: typer.Context,
    address: AddressText,
    out: Annotated[Path, typer.Option(help=N_("The file to write (JSON)."))],
    why: Annotated[str, typer.Option(help=N_("The request, e.g. letter of 3 May."))],
    by: By = "",
) -> None:
    from mailer.addresses import require_address
    from mailer.files.outputs import refuse_foreign_page
    from mailer.host.atomic_write import make_private_folder, write_atomically
    from mailer.operations.people.personal_data import DATA_MARK, as_json, counts, personal_data

    known = require_address(address)
    refuse_foreign_page(out, mark=DATA_MARK)
    # Before the journal says that the data were handed over.
    make_private_folder(out.parent)
    with opened(context) as app:
        found = personal_data(
            known, actor=current_actor(app, by), why=why, ledger=app.ledger, now=app.clock.now()
        )
    write_atomically(out, as_json(found))
    if not found.records:
        show.print_line(_("Nothing is kept under this address."))
    for kind, count in counts(found).items():
        show.print_line(_("{what}: {count}", what=label_of(kind), count=count))
    show.print_line(_("Written: {file}. Hand it to nobody but the person.", file=out))


def correct(
    context: typer.Context,
    old: Annotated[str, typer.Argument(help=N_("The address that is wrong."))],
    new: Annotated[str, typer.Argument(help=N_("The right one."))],
    by: By = "",
    why: Annotated[str, typer.Option(help=N_("How you know."))] = "",
) -> None:
    from mailer.addresses import require_address
    from mailer.operations.people.correct import correct_address

    wrong, right = require_address(old), require_address(new)
    with opened(context) as app:
        corrected = correct_address(
            wrong,
            right,
            actor=current_actor(app, by),
            why=why,
            ledger=app.ledger,
            now=app.clock.now(),
        )
    name = corrected.contact.name or corrected.contact.organisation or wrong
    show.print_line(_("{name}: {old} is now {new}.", name=name, old=wrong, new=right))
    if corrected.resent is None:
        show.print_line(_("No missed step is still useful; nothing is sent again."))
    else:
        show.print_line(
            _(
                "{campaign}, {step}: leaves for this person alone, with the next mailer run.",
                campaign=corrected.resent.campaign,
                step=step_title(corrected.resent.step),
            )
        )


def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help=N_("The file to write: .xlsx or .csv."))],
    list_name: OnlyList = EVERYWHERE,
    by: By = "",
) -> None:
    from mailer.host.atomic_write import make_private_folder, write_atomically
    from mailer.operations.people.directory import HEADINGS, directory_table, export_directory

    table_bytes = table_writer(out, title=_("Contacts"))
    refuse_foreign(out, HEADINGS)
    with opened(context) as app:
        entries = export_directory(
            list_name, actor=current_actor(app, by), ledger=app.ledger, now=app.clock.now()
        )
    make_private_folder(out.parent)
    rows = (tuple(map(show.translated, row)) for row in directory_table(entries))
    write_atomically(out, table_bytes(rows))
    count = len(entries)
    show.print_line(
        _n("{count} contact: {file}", "{count} contacts: {file}", count=count, file=out)
    )


def refuse_foreign(out: Path, headings: Sequence[Text]) -> None:
    """Raise ContentError when there is a file that is no earlier export of anybody's."""
    from mailer.files.catalogues import SPOKEN, translations_for
    from mailer.files.outputs import refuse_foreign_table

    known = [[say(each, translations_for(code)) for each in headings] for code in SPOKEN]
    refuse_foreign_table(out, headings=known)


def table_writer(out: Path, *, title: Text) -> Callable[[Iterable[Sequence[str | int]]], bytes]:
    """Return the function that makes a file of this kind. Raises ContentError for another kind."""
    match out.suffix.lower():
        case ".xlsx":
            from mailer.files.workbook_writing import workbook_bytes

            return partial(workbook_bytes, title=show.translated(title))
        case ".csv":
            from mailer.excel_csv import excel_csv

            return excel_csv
        case _:
            raise ContentError(
                Problem(
                    Place(str(out)),
                    _("a file of this kind cannot be written"),
                    _("Give it a name that ends in .xlsx or .csv."),
                )
            )
