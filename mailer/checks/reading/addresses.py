"""Find addresses of mail and of sites that are almost those of the same text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESS = re.compile(
    r"(?<![\w.+-])(?:(?P<box>[\w.+-]{1,64})@|https?://(?:www\.)?|www\.)(?P<host>(?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,24})(?![\w-])"
)
_MOST = 30
"""How many different sites of a text are compared with each other."""
_SHORTEST, _SLIPS = 5, 2
_LETTERS = 4
"""How many letters a name has for each slip in it."""
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]{3,}")
_BEFORE = 200


def addresses_that_are_almost_one(text: str) -> Iterator[ToldTwice]:
    """Yield each site that is almost one named before, and each mailbox almost that of a person
    named right before it.
    """
    known: dict[str, str] = {}
    for found in _ADDRESS.finditer(text):
        host = found["host"].lower().removeprefix("www.")
        if host not in known and len(known) < _MOST:
            other = next((it for it in known if _are_almost_one(it, host)), "")
            if other:
                yield ToldTwice(found[0], other, found.start())
            known[host] = found[0]
        if box := found["box"]:
            names = _NAME.findall(text, max(0, found.start() - _BEFORE), found.start())
            if other := _mistyped(box, names):
                yield ToldTwice(found[0], other, found.start())


def _mistyped(box: str, names: list[str]) -> str:
    """Return the name whose letters a part of a mailbox has almost: `g.rouaut`, `Rouault`."""
    parts = [folded(it) for it in re.split(r"[._+-]", box)]
    plain = {re.sub(r"\W", "", folded(it)): it for it in names}
    for part in parts:
        if len(part) < _SHORTEST or part in plain or any(it in part for it in plain):
            continue
        for letters, name in plain.items():
            for written in (part, part[1:]):
                if len(letters) >= _SHORTEST and _slips(written, letters) == 1:
                    return name
    return ""


def _are_almost_one(one: str, other: str) -> bool:
    """Return whether two sites differ in a letter or two, a hyphen, or the end."""
    if one.endswith(f".{other}") or other.endswith(f".{one}"):
        return False
    (first, _, end), (second, _, ending) = one.rpartition("."), other.rpartition(".")
    letters = [it.replace("-", "").replace(".", "") for it in (first, second)]
    if min(map(len, letters)) < _SHORTEST:
        return False
    if letters[0] == letters[1]:
        return True
    allowed = min(_SLIPS, min(map(len, letters)) // _LETTERS)
    return end == ending and _slips(*letters) <= allowed


def _slips(one: str, other: str) -> int:
    """Return how many letters differ, are missing or change places; three for more."""
    if abs(len(one) - len(other)) > _SLIPS:
        return _SLIPS + 1
    rows = [list(range(len(other) + 1))]
    for n, letter in enumerate(one, start=1):
        row = [n]
        for m, its in enumerate(other, start=1):
            cost = min(rows[-1][m] + 1, row[-1] + 1, rows[-1][m - 1] + (letter != its))
            if n > 1 and m > 1 and letter == other[m - 2] and one[n - 2] == its:
                cost = min(cost, rows[-2][m - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
