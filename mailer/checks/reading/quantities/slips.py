"""Find one number with two units of one kind, and figures whose digits changed places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

_KINDS = {
    "kwh": "energy", "mwh": "energy", "gwh": "energy", "twh": "energy", "kw": "power", "mw": "power",
    "gw": "power", "mm": "length", "cm": "length", "m": "length", "km": "length", "g": "weight",
    "kg": "weight", "t": "weight", "tonnes": "weight", "ha": "area", "hectares": "area", "m²": "area",
    "km²": "area", "million": "sum", "millions": "sum", "milliard": "sum", "milliards": "sum",
    "billion": "sum", "billions": "sum", "bn": "sum", "jobs": "", "emplois": "",
}  # fmt: skip
_SINGULAR = {"millions": "million", "milliards": "milliard", "billions": "billion", "bn": "billion", "tonnes": "t", "hectares": "ha"}  # fmt: skip
_NUMBER = re.compile(
    r"(?<![\w.,:/+-])(?P<sign>[£$€])?(?P<number>\d{1,3}(?:[ \u00a0\u202f,]\d{3}(?!\d))+|\d+(?:[.,]\d{1,2})?)(?!\d|[.,:/]\d|[ \u00a0.]\d\d\b)"
    r"(?:[ \u00a0\u202f](?P<word>[^\W\d_]+²?))?"
)
_LABEL = re.compile(r"(?:^|\n)[ \t*_•-]*(?P<label>[^\W\d_][^:\n\d]{2,24})[ \u00a0]?:[ \u00a0*_]*\Z")
_YEARS = range(1500, 2101)
_FEWEST, _MOST, _SHORTEST, _BEFORE = 10, 12, 4, 40
_COMMON = frozenset(
    "janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre january february march april june july august september october november december year annee minute heure hour mois month page rue avenue street road boulevard avec dans pour plus cette leur entre contre from with than over this that chaque premiere euros pour cent".split()  # noqa: SIM905 - words as in a text
)


class _Figure(NamedTuple):
    digits: str
    unit: str
    kind: str
    thing: str
    words: str
    start: int


def slips_of_figures(text: str) -> Iterator[ToldTwice]:
    """Yield `300 kWh` after `300 MWh`, and `23 hectares` after `32 hectares`."""
    by_number: dict[tuple[str, str], _Figure] = {}
    by_digits: dict[tuple[str, str], list[_Figure]] = {}
    for it in _figures(text):
        if it.kind and float(re.sub(r",", ".", it.digits)) >= _FEWEST:
            first = by_number.setdefault((it.digits, it.kind), it)
            if first.unit != it.unit:
                yield ToldTwice(it.words, first.words, it.start)
        plain = re.sub(r"\D", "", it.digits)
        if it.thing and len(plain) > 1 and plain.strip("0") != plain[:1]:
            known = by_digits.setdefault(("".join(sorted(plain)), it.thing), [])
            other = next((each for each in known if each.digits != it.digits), None)
            if other and len(known) < _MOST and it.digits not in {each.digits for each in known}:
                yield ToldTwice(it.words, other.words, it.start)
            known.append(it)


def _figures(text: str) -> Iterator[_Figure]:
    for found in _NUMBER.finditer(text):
        digits = re.sub(r"[ \u00a0\u202f]|,(?=\d{3})", "", found["number"])
        if digits.isdecimal() and int(digits) in _YEARS and not found["sign"]:
            continue
        word = (found["word"] or "").lower()
        unit = _SINGULAR.get(word, word)
        kind = _KINDS.get(word, "")
        label = _LABEL.search(text, max(0, found.start() - _BEFORE), found.start())
        thing = (
            unit if kind else _thing(word) or _thing(label["label"].split()[-1] if label else "")
        )
        yield _Figure(digits, unit, kind, thing, " ".join(found[0].split()), found.start())


def _thing(word: str) -> str:
    root = folded(word).rstrip("sx")
    return root if len(root) >= _SHORTEST and root not in _COMMON else ""
