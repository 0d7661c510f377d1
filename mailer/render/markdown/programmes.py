"""Turns a table of hours, which is the programme of an event, into a `programme` block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4.element import Tag

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_CLOCK = r"\d{1,2}\s*(?:h(?:eures?)?\s*(?:[0-5]\d)?|[:.][0-5]\d\s*(?:[ap]\.?m\.?)?|[ap]\.?m\.?)"
_IS_TITLE = re.compile(r"(?i)(?:le |the )?(?:programme?|déroulée?|déroulement|schedule|agenda)")
_HOURS = re.compile(rf"(?i)(?:de\s+|from\s+)?{_CLOCK}(?:\s*(?:–|—|-|à|to)\s*{_CLOCK})?")


def write_programmes(soup: BeautifulSoup) -> None:
    """Replace each table whose rows begin with an hour by a block of the programme.

    The first row may be the heading of the columns. All other tables stay as they are.
    """
    for table in soup.find_all("table"):
        rows = [_cells(row) for row in table.find_all("tr")]
        rows = [row for row in rows if any(row)]
        if rows and not _HOURS.fullmatch(rows[0][0]):
            rows = rows[1:]
        if len(rows) < 2 or not all(_is_entry(row) for row in rows) or table.find("a", href=True):
            continue  # a table with links stays, because the block would lose them
        parts = [soup.new_tag("p"), soup.new_tag("ul"), soup.new_tag("p")]
        parts[0].string, parts[2].string = f"::: programme {_title(table)}".strip(), ":::"
        for hours, *what in rows:
            item = soup.new_tag("li")
            item.string = f"{hours} : {', '.join(filter(None, what))}"
            parts[1].append(item)
        for part in parts:
            table.insert_before(part)
        table.decompose()


def _title(table: Tag) -> str:
    """Remove the heading above a table, which the block repeats, and return its words, if any."""
    above = table.find_previous_sibling()
    if not isinstance(above, Tag):
        return ""
    words = " ".join(above.get_text(" ").split()).strip(" :\u00a0")
    if re.fullmatch("h[2-6]", above.name) or _IS_TITLE.fullmatch(words):
        above.decompose()
        return words
    return ""


def _cells(row: Tag) -> list[str]:
    return [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["td", "th"])]


def _is_entry(row: list[str]) -> bool:
    """Return whether a row has an hour and what happens then."""
    return len(row) > 1 and bool(row[1]) and _HOURS.fullmatch(row[0]) is not None
