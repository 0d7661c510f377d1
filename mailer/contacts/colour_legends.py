"""Reads legends that say what a colour means: `rouge = ne plus contacter`, `grey: has left`.

Rows of a colour that refuses are asked about. Where no row has a colour that can be read, the
legend is about rows that nobody can tell apart, and all of them are asked about.
"""

from __future__ import annotations

import colorsys
import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.contacts.folding import without_accents
from mailer.contacts.refusals.refusals import Asks, Refusal, Stance, judge, judge_title
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailer.contacts.tables import Row

_COLOURS = {
    "red": r"rouges?|red|rot\w{0,2}|roj[oa]s?|ross[oaie]",
    "orange": r"oranges?|naranjas?|arancion[ei]",
    "yellow": r"jaunes?|yellow|gelb\w{0,2}|amarill[oa]s?|giall[oaie]",
    "green": r"verte?s?|green|grun\w{0,2}|verdes?|verdi",
    "blue": r"bleue?s?|blue|blau\w{0,2}|azul(?:es)?|blu",
    "violet": r"violet(?:te)?s?|mauves?|roses?|pink|purple|lila|rosa|morad[oa]s?|viola",
    "grey": r"grise?s?|gre?ay|grey|grau\w{0,2}|grigi[oae]?|noire?s?|black|schwarz\w{0,2}|negr[oa]s?",
}
_ANY = "|".join(f"(?P<{name}>{words})" for name, words in _COLOURS.items())
_LEGEND = re.compile(
    rf"(?:\S+ ){{0,3}}?\(?(?:{_ANY})(?: \w+)?\)? ?(?:=+>?|:|→|->|–|—|-|signifie\w*|means?|veut dire|bedeutet) ?(?P<meaning>.+)"
)
_PARTS = re.compile(r"[;\n|]|,(?= ?\w+ ?[=:])| / ")
_LEAST_SATURATION = 0.15
_HUES = (
    (20, "red"),
    (45, "orange"),
    (70, "yellow"),
    (165, "green"),
    (260, "blue"),
    (340, "violet"),
)
"""The last hue of each colour, in degrees; beyond the last it is red again."""


class Legend(NamedTuple):
    """What a colour of rows says about their people, and the words that say so."""

    colour: str
    evidence: str


def legends_in(rows: Iterable[Row]) -> Iterator[Legend]:
    """Yield the legends that refuse, in rows without an address."""
    for row in rows:
        if not any("@" in cell for cell in row.cells):
            for cell in row.cells:
                yield from _legends(cell)


def is_legend(cell: str) -> bool:
    """Return whether a cell says of a colour what it means."""
    return any(_LEGEND.fullmatch(_plain(part)) for part in _PARTS.split(cell))


def _legends(cell: str) -> Iterator[Legend]:
    for part in _PARTS.split(cell) if cell.strip() else ():
        found = _LEGEND.fullmatch(_plain(part))
        if found is None:
            continue
        if judge(found["meaning"], Asks.NOTHING) or judge_title(found["meaning"]):
            colour = next(name for name in _COLOURS if found[name])
            yield Legend(colour, part.strip())


def _plain(text: str) -> str:
    return " ".join(without_accents(text).casefold().split())


def coloured(row: Row, legends: Iterable[Legend]) -> Refusal | None:
    """Return the doubt that a legend raises about a row of its colour. A colour of the workbook's
    theme, which has no name here, may be any.
    """
    families = {family_of(colour) for colour in row.colours}
    for legend in legends:
        if families & {legend.colour, ""}:
            return doubt_of(legend)
    return None


def doubt_of(legend: Legend) -> Refusal:
    """Return the doubt about a person whom a legend may mean."""
    return Refusal(Stance.DOUBTFUL, legend.evidence, _("The legend of the colours"))


def family_of(colour: str) -> str:
    """Return the name of a colour by its `RRGGBB`; nothing for another notation."""
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", colour):
        return ""
    values = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    if max(values) - min(values) < _LEAST_SATURATION:
        return "grey"
    hue = 360 * colorsys.rgb_to_hls(*values)[0]
    return next((name for last, name in _HUES if hue <= last), "red")
