"""The calendar of the office: all campaigns of a month, day by day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

from mailer.calendar.office_calendar import next_month, previous_month
from mailer.calendar.timetable import in_zone
from mailer.labels import clash_of, standing_of
from mailer.model.press_room.office_calendar import EntryKind
from mailer.model.team.permission import Act
from mailer.operations.campaigns.overviews.office_calendar import office_month

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.responses import Response

    from mailer.model.press_room.office_calendar import OfficeEntry
    from mailer.web.visit import Visit

_YEARS = range(1990, 2200)


def show(visit: Visit) -> Response:
    """Show the month of the query `mois` (`2026-12`); without one that exists, this month."""
    today = in_zone(visit.now, visit.app.settings.office.time_zone).date()
    names = visit.app.campaigns.names()
    month = office_month(_month(visit.query("mois")) or today, names=names, drafts=visit.app.drafts)
    return visit.page(
        "office_calendar.html.j2",
        month=month,
        today=today,
        before=previous_month(month.first_on),
        after=next_month(month.first_on),
        in_conflict=sum(bool(each.clashes) for day in month.days for each in day.entries),
        path_of=lambda entry: _path(entry, names, sees_register=visit.may(Act.SEE_EVERYBODY)),
        clash_of=clash_of,
        standing_of=standing_of,
    )


def _month(text: str) -> date | None:
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return first if first.year in _YEARS else None


def _path(entry: OfficeEntry, names: Collection[str], *, sees_register: bool) -> str:
    """Return the address of the screen of an entry; of a campaign whose folder is gone, of what
    was sent. Who does not see the register is led to the facts, where its deadline stands.
    """
    campaign = f"/campagnes/{quote(entry.campaign, safe='')}"
    if entry.campaign not in names or (entry.kind is EntryKind.STEP and entry.is_launched):
        return f"{campaign}/en-cours"
    screen = _SCREENS[entry.kind]
    return f"{campaign}/{screen if screen != _REGISTER or sees_register else 'faits'}"


_REGISTER = "accreditations"
_SCREENS = {
    EntryKind.STEP: "calendrier",
    EntryKind.EVENT: "faits",
    EntryKind.DEADLINE: _REGISTER,
    EntryKind.EMBARGO: "faits",
}
