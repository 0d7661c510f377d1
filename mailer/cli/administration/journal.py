"""`mailer journal`: who did what, and whether somebody changed what the journal says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.campaigns.campaigns import AsJson
from mailer.cli.contacts.people import ExportTo, refuse_foreign, table_writer
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import By, current_actor, opened
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.journal.chain import Verified
    from mailer.model.journal.line import JournalEntry, JournalFilter
    from mailer.wiring.app import App

_BROKEN = 1


def list_(  # noqa: PLR0917 - Typer calls it by keyword; each is an option
    context: typer.Context,
    about: Annotated[str, typer.Option(help=N_("Only about this campaign, address or list."))] = "",
    who: Annotated[str, typer.Option(help=N_("Only what this person did: id or name."))] = "",
    act: Annotated[str, typer.Option(help=N_("Only this act, such as launch or lift."))] = "",
    since: Annotated[str, typer.Option(help=N_("From this day on, as 2017-12-04."))] = "",
    until: Annotated[str, typer.Option(help=N_("Until this day included."))] = "",
    last: Annotated[
        int, typer.Option(min=1, help=N_("How many lines; the newest are shown."))
    ] = 50,
    export: ExportTo = None,
    by: By = "",
    json: AsJson = False,
) -> None:
    from mailer.model.journal.line import JournalFilter
    from mailer.operations.journal import begin_of_day, known_act, newest_lines

    with opened(context) as app:
        zone = app.settings.office.time_zone
        wanted = JournalFilter(
            subject=about,
            who=who,
            action=known_act(act),
            since=begin_of_day(since, zone=zone),
            before=begin_of_day(until, zone=zone, days_later=1),
        )
        if export is not None:
            _export(export, wanted, app=app, by=by)
            return
        lines = newest_lines(wanted, limit=last, ledger=app.ledger)
    if json:
        show.as_json([_as_json(line) for line in lines])
    else:
        _print(lines, zone=zone)


def verify(
    context: typer.Context,
    anchor: Annotated[
        list[str] | None,
        typer.Option(
            help=N_(
                "COUNT:HASH as a status or report shows it, or a file: a report, a backup, the list"
                " of anchors beside the backups. May be repeated."
            ),
            show_default=False,
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    from mailer.operations.journal import problem_of, verify_journal

    with opened(context) as app:
        anchors = [each for text in anchor or () for each in app.read_anchors(text)]
        verified = verify_journal(anchors, ledger=app.ledger)
    if json:
        show.as_json(_verified_as_json(verified))
    elif verified.broken is not None:
        show.problems([problem_of(verified.broken, verified)])
    else:
        _print_whole(verified)
    if verified.broken is not None:
        raise typer.Exit(_BROKEN)


def _export(out: Path, wanted: JournalFilter, *, app: App, by: str) -> None:
    from mailer.host.atomic_write import make_private_folder, write_atomically
    from mailer.operations.journal import JOURNAL_HEADINGS, export_journal, journal_table

    table_bytes = table_writer(out, title=_("Journal"))
    refuse_foreign(out, JOURNAL_HEADINGS)
    lines = export_journal(
        wanted, actor=current_actor(app, by), ledger=app.ledger, now=app.clock.now()
    )
    make_private_folder(out.parent)
    rows = journal_table(lines, zone=app.settings.office.time_zone)
    write_atomically(out, table_bytes(tuple(map(show.translated, row)) for row in rows))
    show.print_line(_n("{count} line: {file}", "{count} lines: {file}", count=len(lines), file=out))


def _print(lines: Sequence[JournalEntry], *, zone: str) -> None:
    from zoneinfo import ZoneInfo

    from mailer.journal.words import act_name, detail_of, name_of, subject_of

    show.table(
        (_("Line"), _("When"), _("Who"), _("What"), _("About"), _("Detail")),
        [
            (
                line.id,
                show.wall_time(line.at.astimezone(ZoneInfo(zone))),
                name_of(line),
                act_name(line.action),
                subject_of(line),
                detail_of(line),
            )
            for line in lines
        ],
    )
    show.print_line(_n("{count} line", "{count} lines", count=len(lines)))


def _print_whole(verified: Verified) -> None:
    end = verified.end
    show.print_line(
        _n(
            "The journal is whole: {count} line, each follows from the one before.",
            "The journal is whole: {count} lines, each follows from the one before.",
            count=end.count,
        )
    )
    if verified.anchors:
        show.print_line(
            _n(
                "{count} anchor agrees with it.",
                "{count} anchors agree with it.",
                count=verified.anchors,
            )
        )
    else:
        show.print_line(_("Compared with no anchor: lines cut off at its end would not show."))
    if end.count:
        show.print_line(_("Anchor to keep elsewhere: {anchor}", anchor=str(end)))


def _as_json(line: JournalEntry) -> dict[str, object]:
    return {
        "line": line.id,
        "at": line.at.isoformat(),
        "person": line.person,
        "name": line.name,
        "via": line.via,
        "act": line.action,
        "about": line.subject,
        "detail": line.detail,
    }


def _verified_as_json(verified: Verified) -> dict[str, object]:
    broken = verified.broken
    return {
        "whole": broken is None,
        "lines": verified.end.count,
        "anchor": str(verified.end),
        "anchors_compared": verified.anchors,
        **({"first_broken": broken.number, "broken_by": broken.by} if broken else {}),
    }
