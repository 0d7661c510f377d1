"""Finds the programme of an event in a table of hours, and writes it as a block of its own."""

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
    """Turn each table whose rows begin with hours into the lines of a programme.

    One row in the first line may name the columns; any other table stays.
    """
    for table in soup.find_all("table"):
        rows = [_cells(row) for row in table.find_all("tr")]
        rows = [row for row in rows if any(row)]
        if rows and rows[0] and not _HOURS.fullmatch(rows[0][0]):
            rows = rows[1:]
        if len(rows) < 2 or not all(_is_entry(row) for row in rows) or table.find("a", href=True):
            continue  # a block has no place for links
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
    """Return the heading that stands above a table, taken away: the block writes it."""
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
    return len(row) > 1 and bool(row[1]) and _HOURS.fullmatch(row[0]) is not None
