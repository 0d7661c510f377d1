"""`mailer accreditations import` and `export`: the register from files, and as a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from mailer.cli.accreditations.accreditations import print_unknown
from mailer.cli.campaigns.campaigns import Campaign
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import By, current_actor, opened
from mailer.labels import label_of
from mailer.wording import _, _n, said_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.accreditations import RequestsDecided
    from mailer.operations.people.accreditations import RegisterEntry
    from mailer.operations.people.register_import import RequestRow, SurveyedRequest
    from mailer.wiring.app import App

_MAIL = ".eml"
_TYPED = Path("-")
_FEWER = _("Keep only the columns you need, or split the list into several files.")


def import_(
    context: typer.Context,
    campaign: Campaign,
    files: Annotated[
        list[Path],
        typer.Argument(help=N_("Lists (.xlsx, .csv, text) or saved mails (.eml); - is typed in.")),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Only show what each request would become."))
    ] = False,
    by: By = "",
) -> None:
    from mailer.operations.people.accreditations import accreditations_of
    from mailer.operations.people.register_import import (
        DecidedRow,
        survey_requests,
        take_in_requests,
    )

    with opened(context) as app:
        slug, terms, now = app.campaigns.slug(campaign), app.drafts.terms(campaign), app.clock.now()
        rows = [row for file in files for row in _rows(app, file)]
        surveyed = survey_requests(slug, rows, terms=terms, ledger=app.ledger, now=now)
        if dry_run:
            _print_survey(surveyed)
            return
        done = take_in_requests(
            slug,
            [DecidedRow(each.row, each.proposed) for each in surveyed],
            terms=terms,
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=now,
        )
        register = accreditations_of(slug, ledger=app.ledger)
    _print_done(surveyed, done)
    _print_unknown(register, done)


def _rows(app: App, file: Path) -> Iterator[RequestRow]:
    from mailer.operations.people.register_import import row_of_mail, rows_of_list

    if file.suffix.lower() == _MAIL:
        yield row_of_mail(file.name, app.children.mail_excerpt(_content(file)))
        return
    name = "typed.txt" if file == _TYPED else file.name
    read = app.children.read_contact_bytes(
        name, _content(file), list_name="register", read_on=app.clock.now().date()
    )
    yield from rows_of_list(read)


def _content(file: Path) -> bytes:
    from mailer.contacts.tables import MAX_BYTES, too_large
    from mailer.files.given_files import given_bytes

    if file == _TYPED:
        typed = sys.stdin.buffer.read(MAX_BYTES + 1)
        if len(typed) > MAX_BYTES:
            raise too_large("-")
        return typed
    return given_bytes(file, most_bytes=MAX_BYTES, if_too_large=_FEWER)


def _print_survey(surveyed: Sequence[SurveyedRequest]) -> None:
    show.table(
        (_("Address"), _("Name"), _("Outlet"), _("Register"), _("By the rules")),
        (
            (
                each.row.address or each.row.where,
                each.row.name,
                each.row.organisation,
                label_of(each.present) if each.present else "",
                label_of(each.by_rules) if each.by_rules else each.row.why or "",
            )
            for each in surveyed
        ),
    )


def _print_done(surveyed: Sequence[SurveyedRequest], done: RequestsDecided) -> None:
    """Say what became of each request; none is left out in silence."""
    from mailer.operations.people.accreditations import why_refused

    for result in done.results:
        state = why_refused(result.refused) if result.refused else label_of(result.entry.state)
        show.print_line(_("{address}: {state}.", address=result.entry.address, state=state))
    there = sum(each.present is not None for each in surveyed)
    if there:
        show.print_line(
            _n(
                "{count} person was in the register already and stays as they are.",
                "{count} people were in the register already and stay as they are.",
                count=there,
            )
        )
    for each in surveyed:
        if each.row.address is None:
            show.warn(
                _(
                    "Not taken in, {where}: {why} {said}",
                    where=each.row.where,
                    why=each.row.why,
                    said=each.row.said,
                )
            )


def _print_unknown(register: Sequence[RegisterEntry], done: RequestsDecided) -> None:
    """Say of whom nobody in the directory has the address, among those who were taken in."""
    taken = {each.entry.address.key for each in done.results if not each.refused}
    for entry in register:
        answer = entry.accreditation
        if answer.address.key in taken and not entry.is_known and not answer.is_newcomer:
            print_unknown(entry)


def export(
    context: typer.Context,
    campaign: Campaign,
    out: Annotated[Path, typer.Option(help=N_("The file to write: .xlsx or .csv."))],
    by: By = "",
) -> None:
    from mailer.cli.contacts.people import refuse_foreign, table_writer
    from mailer.host.atomic_write import make_private_folder, write_atomically
    from mailer.operations.people.register_export import (
        REGISTER_HEADINGS,
        export_register,
        register_table,
    )

    table_bytes = table_writer(out, title=_("Accreditations"))
    refuse_foreign(out, REGISTER_HEADINGS)
    with opened(context) as app:
        register = export_register(
            app.campaigns.slug(campaign),
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        )
        zone = ZoneInfo(app.settings.office.time_zone)
    make_private_folder(out.parent)
    rows = (said_row(row, show.translated) for row in register_table(register, zone=zone))
    write_atomically(out, table_bytes(rows))
    count = len(register)
    show.print_line(_n("{count} person: {file}", "{count} people: {file}", count=count, file=out))
