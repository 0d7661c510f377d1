"""What each mail program supports, by caniemail's table (`caniemail.json`, MIT)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class SupportLevel(StrEnum):
    """Whether a mail program supports a feature; the letters of caniemail's table."""

    YES = "y"
    PARTLY = "a"
    NO = "n"
    UNKNOWN = "u"


@dataclass(frozen=True, slots=True)
class Support:
    """Whether a program supports a feature: in which version, and with which remarks (English)."""

    level: SupportLevel
    version: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feature:
    """A feature of HTML, CSS or pictures, and when it was last tried (`tested`, ISO date).

    `cells` are those of the table by program, with the numbers of their `notes`.
    """

    slug: str
    title: str
    tested: str
    cells: Mapping[str, str]
    notes: Mapping[str, str]

    @cached_property
    def support(self) -> Mapping[str, Support]:
        """What each program makes of it; a page asks for a fifth of the features."""
        # Forty programs share a few cells: each is read once.
        read = {cell: _support(cell, self.notes) for cell in {*self.cells.values()}}
        return {client: read[cell] for client, cell in self.cells.items()}

    def by(self, client: str) -> Support:
        """Return what a program makes of it."""
        return self.support.get(client, _NOT_TRIED)

    @property
    def page(self) -> str:
        """The address at which the table shows it."""
        return f"https://www.caniemail.com/features/{self.slug}/"


@dataclass(frozen=True, slots=True)
class SupportTable:
    """All features by slug, and the day of the table (ISO date)."""

    date: str
    features: Mapping[str, Feature]
    clients: Mapping[str, str]


_NOT_TRIED = Support(SupportLevel.UNKNOWN)


@lru_cache(maxsize=1)
def support_table() -> SupportTable:
    """Return the table that comes with the program. Nothing is asked of the network."""
    text = files("mailer.compatibility").joinpath("caniemail.json").read_text("utf-8")
    table = json.loads(text)
    features = {
        slug: Feature(slug, it["title"], it["tested"], it["support"], it["notes"])
        for slug, it in table["features"].items()
    }
    return SupportTable(table["date"], features, table["clients"])


def _support(cell: str, notes: Mapping[str, str]) -> Support:
    level, version, *numbers = cell.split()
    remarks = tuple(notes[number] for number in numbers if number in notes)
    return Support(SupportLevel(level), version.replace("_", " "), remarks)
