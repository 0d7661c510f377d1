"""The command `calendar`: all campaigns of a month, day by day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.campaigns.campaigns import AsJson
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import opened
from mailer.labels import clash_of, label_of, standing_of, step_title
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.model.press_room.office_calendar import (
        OfficeDay,
        OfficeMonth,
        PlacedEntry,
    )


def calendar(
    context: typer.Context,
    month: Annotated[
        str, typer.Option(help=N_("Which month, e.g. 2026-12; default: this month."))
    ] = "",
    json: AsJson = False,
) -> None:
    from mailer.calendar.timetable import in_zone
    from mailer.operations.campaigns.overviews.office_calendar import office_month

    with opened(context) as app:
        today = in_zone(app.clock.now(), app.settings.office.time_zone).date()
        found = office_month(
            _first_day(month) if month else today, names=app.campaigns.names(), drafts=app.drafts
        )
    if json:
        show.as_json(_as_json(found))
        return
    _print(found)


def _first_day(month: str) -> date:
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError as error:
        what = show.translated(_("“{text}” is not a month: write 2026-12.", text=month))
        raise typer.BadParameter(what) from error


def _print(month: OfficeMonth) -> None:
    for name in month.undated:
        show.warn(
            _("The dates of {campaign} cannot be read, so it is missing here.", campaign=name)
        )
    rows = [row for day in month.days if day.is_in_month for row in _rows(day)]
    if not rows:
        show.print_line(_("Nothing leaves, takes place or ends in this month."))
        return
    show.table(
        (_("Day"), _("Hour"), _("What"), _("Campaign"), _("Lists"), _("State"), _("Remark")), rows
    )


def _rows(day: OfficeDay) -> Iterator[Sequence[object]]:
    for placed in day.entries:
        entry = placed.entry
        has_hour = entry.has_hour and not placed.is_continued
        yield (
            show.day(day.on),
            f"{entry.at:%H:%M}" if has_hour else "",
            label_of(entry.kind),
            _title(placed),
            ", ".join(entry.lists),
            standing_of(entry),
            " ".join(map(show.translated, _remarks(placed, day))),
        )


def _title(placed: PlacedEntry) -> Text | str:
    entry = placed.entry
    if not entry.step:
        return entry.title
    return _("{title} – {step}", title=entry.title, step=step_title(entry.step))


def _remarks(placed: PlacedEntry, day: OfficeDay) -> Iterator[Text]:
    """Yield what is to be known about an entry: a day off, a conflict."""
    if day.day_off:
        yield label_of(day.day_off)
    for clash in placed.clashes:
        yield clash_of(clash)


def _as_json(month: OfficeMonth) -> dict[str, object]:
    return {
        "month": f"{month.first_on:%Y-%m}",
        "undated": month.undated,
        "days": [
            {
                "on": day.on.isoformat(),
                "day_off": day.day_off or "",
                "entries": [_entry_as_json(placed) for placed in day.entries],
            }
            for day in month.days
            if day.is_in_month
        ],
    }


def _entry_as_json(placed: PlacedEntry) -> dict[str, object]:
    entry = placed.entry
    return {
        "kind": entry.kind,
        "campaign": entry.campaign,
        "title": entry.title,
        "step": entry.step,
        "at": entry.at.isoformat() if entry.has_hour else entry.at.date().isoformat(),
        "ends_at": entry.ends_at.isoformat() if entry.ends_at else "",
        "lists": entry.lists,
        "is_launched": entry.is_launched,
        "is_cancelled": entry.is_cancelled,
        "state": entry.state or "",
        "clashes": [
            {
                "campaign": each.other.campaign,
                "step": each.other.step,
                "at": each.other.at.isoformat(),
                "lists": each.lists,
            }
            for each in placed.clashes
        ],
    }
