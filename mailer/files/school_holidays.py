"""Reads the school holidays from `school-holidays.csv` in the workspace.

It is the file that the French ministry of education publishes (`fr-en-calendrier-scolaire`), as it
is or shortened. Of its columns `Description`, `Population`, `Date de début`, `Date de fin` and
`Zones` are read; the last day is the one on which school resumes. Rows about teachers, and zones
other than A, B and C, are left out.
"""

from __future__ import annotations

import csv
import re
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.contacts.folding import folded
from mailer.contacts.formats.delimited import find_delimiter
from mailer.contacts.formats.encodings import decode
from mailer.errors import ContentError, Place, Problem
from mailer.model.campaigns.school_holidays import SchoolHolidays
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FILE = "school-holidays.csv"
_HEADERS: Mapping[str, str] = {
    "description": "name",
    "name": "name",
    "population": "population",
    "date de debut": "begins",
    "begins": "begins",
    "date de fin": "resumes",
    "resumes": "resumes",
    "zones": "zone",
    "zone": "zone",
}
_NEEDED = frozenset({"name", "begins", "resumes", "zone"})
_ZONE = re.compile(r"(?:zone )?([abc])")
_FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_PARIS = ZoneInfo("Europe/Paris")


def read_school_holidays(workspace: Path) -> tuple[SchoolHolidays, ...]:
    """Return the school holidays of a workspace; none without the file.

    Raises ContentError with every line that cannot be read.
    """
    path = workspace / FILE
    if not path.is_file():
        return ()
    return _parse(path.read_bytes())


@lru_cache(maxsize=4)
def _parse(content: bytes) -> tuple[SchoolHolidays, ...]:
    text = decode(content, file=FILE).text.lstrip("\ufeff")
    delimiter = find_delimiter(text, lambda cell: folded(cell) in _HEADERS).character
    rows = list(csv.reader(text.splitlines(), delimiter=delimiter))
    columns = [_HEADERS.get(folded(cell), "") for cell in rows[0]] if rows else []
    if missing := sorted(_NEEDED.difference(columns)):
        what = _("these columns are missing: {missing}", missing=", ".join(missing))
        raise ContentError(Problem(Place(FILE, 1), what, _("Save the ministry’s file as it is.")))
    problems: list[Problem] = []
    found = [
        holidays
        for line, cells in enumerate(rows[1:], start=2)
        for holidays in _holidays(dict(zip(columns, cells, strict=False)), line, problems)
    ]
    if problems:
        raise ContentError(*problems)
    return tuple(dict.fromkeys(found))


def _holidays(
    row: Mapping[str, str], line: int, problems: list[Problem]
) -> Iterator[SchoolHolidays]:
    """Yield the holidays of one line, once for each of its zones that we know."""
    if folded(row.get("population", "")) == "enseignants":
        return
    zones = [_ZONE.fullmatch(folded(zone)) for zone in re.split(r"[,;/]", row.get("zone", ""))]
    known = [zone[1].upper() for zone in zones if zone]
    if not known:
        return
    try:
        begins_on, resumes_on = _day(row["begins"]), _day(row["resumes"])
    except (KeyError, ValueError):
        what = _("a date cannot be read")
        problems.append(Problem(Place(FILE, line), what, _("Write for instance 2026-12-19.")))
        return
    for zone in known:
        yield SchoolHolidays(row["name"].strip(), zone, begins_on, resumes_on)


def _day(text: str) -> date:
    """Read `2026-12-19`, `19/12/2026`, or an instant, whose day in Paris is meant."""
    if french := _FRENCH_DAY.fullmatch(text.strip()):
        return date(int(french[3]), int(french[2]), int(french[1]))
    at = datetime.fromisoformat(text.strip())
    return at.astimezone(_PARIS).date() if at.tzinfo else at.date()
