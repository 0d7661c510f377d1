"""`mailer contacts written`: whom the office wrote to lately, and how often."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.calendar.timetable import in_zone
from mailer.cli.campaigns.campaigns import AsJson
from mailer.cli.contacts.people import ExportTo, refuse_foreign, table_writer
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import By, current_actor, opened
from mailer.model.mailings.history import MOST_DAYS, USUAL_DAYS
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mailer.model.mailings.history import WrittenTo
    from mailer.wiring.app import App


def written(
    context: typer.Context,
    days: Annotated[
        int, typer.Option(min=1, max=MOST_DAYS, help=N_("Over how many days until now."))
    ] = USUAL_DAYS,
    at_least: Annotated[
        int, typer.Option(min=1, help=N_("Only those to whom at least so many mails left."))
    ] = 1,
    last: Annotated[int, typer.Option(min=1, help=N_("How many people are shown at most."))] = 50,
    export: ExportTo = None,
    by: By = "",
    json: AsJson = False,
) -> None:
    from mailer.operations.people.often_written import often_written

    with opened(context) as app:
        zone = app.settings.office.time_zone
        if export is not None:
            _export(export, days=days, at_least=at_least, app=app, by=by)
            return
        found = often_written(
            days=days, at_least=at_least, limit=last, ledger=app.ledger, now=app.clock.now()
        )
    if json:
        show.as_json([{**each._asdict(), "last_at": each.last_at.isoformat()} for each in found])
    else:
        _print(found, zone=zone)


def _print(found: Sequence[WrittenTo], *, zone: str) -> None:
    show.table(
        (_("Name"), _("Outlet or association"), _("Address"), _("Mails"), _("Last one")),
        (
            (
                each.name,
                each.organisation,
                each.address,
                each.mails,
                show.wall_time(in_zone(each.last_at, zone)),
            )
            for each in found
        ),
    )
    show.print_line(_n("{count} person", "{count} people", count=len(found)))


def _export(out: Path, *, days: int, at_least: int, app: App, by: str) -> None:
    from zoneinfo import ZoneInfo

    from mailer.host.atomic_write import make_private_folder, write_atomically
    from mailer.operations.people.often_written import (
        OFTEN_HEADINGS,
        export_often_written,
        often_table,
    )

    table_bytes: Callable[[Iterable[Sequence[str]]], bytes] = table_writer(
        out, title=_("Mails by person")
    )
    refuse_foreign(out, OFTEN_HEADINGS)
    found = export_often_written(
        days=days,
        at_least=at_least,
        actor=current_actor(app, by),
        ledger=app.ledger,
        now=app.clock.now(),
    )
    make_private_folder(out.parent)
    rows = often_table(found, zone=ZoneInfo(app.settings.office.time_zone))
    write_atomically(out, table_bytes(tuple(map(show.translated, row)) for row in rows))
    show.print_line(
        _n("{count} person: {file}", "{count} people: {file}", count=len(found), file=out)
    )
