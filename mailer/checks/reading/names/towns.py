"""Find the name of a town, or another long one, that a text spells in two ways."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.names.persons import persons
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.languages import MONTHS, WEEKDAYS
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.texts.prose import Passage

_NAME = re.compile(r"(?<![\w-])[A-ZÀ-Þ][\w’-]{5,}(?![\w’'-])")
_INNER = re.compile(r"(?<=[a-zà-ÿ][ \u00a0’'])[A-ZÀ-Þ][a-zà-ÿ-]{7,}(?![\w’'-])")
"""A long word with a capital within a sentence."""
_TOWN = re.compile(
    r"(?:\b\d{5}[ \u00a0]|(?i:\b(?:ville|commune|mairie|maire|habitants|town|city|village|mayor|people) (?:de |d[’']|of )))\Z"
)
"""Stands before a town and nothing else: its postcode, or `ville de`."""
_AT = re.compile(r"(?:\b(?:à|in|near|to|from|de|at)[ \u00a0]|\bd[’'])\Z")
_CALENDAR = re.compile(rf"(?i:{WEEKDAYS}|{MONTHS})")
_ALIKE = 0.85
_LONG = 8
_MOST = 80


class TownInText(NamedTuple):
    """A name, where it stands, and whether its words say that it is a town."""

    name: str
    start: int
    is_town: bool


def towns_spelt_otherwise(passage: Passage) -> Iterator[tuple[TownInText, TownInText]]:
    """Yield each name that is almost that of a town, and stands where one may stand, with the name
    that the text has before. Names that only end in a further sign are of one family.
    """
    people = {part for it in persons(passage) for part in (it.first, *it.last.split())}
    known: dict[str, TownInText] = {}
    for name in _names(without_quotations(passage.text), people):
        if name.name in known:
            known[name.name] = known[name.name]._replace(
                is_town=known[name.name].is_town or name.is_town
            )
            continue
        other = next((it for it in known.values() if _is_almost(it.name, name.name)), None)
        if other and (other.is_town or name.is_town):
            yield name, other
        if len(known) < _MOST:
            known[name.name] = name


def slips(passage: Passage) -> Iterator[tuple[TownInText, TownInText]]:
    """Yield each long name of anything that differs from an earlier one in one sign within it."""
    people = {part for it in persons(passage) for part in (it.first, *it.last.split())}
    known: list[TownInText] = []
    for found in _INNER.finditer(without_quotations(passage.text)):
        if found[0] in people or _CALENDAR.fullmatch(found[0]):
            continue
        name = TownInText(found[0], found.start(), is_town=False)
        if other := next((it for it in known if _is_inner_slip(it.name, name.name)), None):
            yield name, other
        elif len(known) < _MOST:
            known.append(name)


def _names(text: str, people: set[str]) -> Iterator[TownInText]:
    for found in _NAME.finditer(text):
        before = text[max(0, found.start() - 20) : found.start()]
        is_town = _TOWN.search(before) is not None
        is_there = is_town or _AT.search(before) is not None
        if is_there and found[0] not in people and not _CALENDAR.fullmatch(found[0]):
            yield TownInText(found[0], found.start(), is_town)


def _is_almost(one: str, other: str) -> bool:
    first, second = folded(one), folded(other)
    if first == second:
        return one.casefold() != other.casefold() and not (one.isupper() or other.isupper())
    is_derived = first.startswith(second) or second.startswith(first)
    return (
        not is_derived
        and first[:3] == second[:3]
        and SequenceMatcher(None, first, second).ratio() >= _ALIKE
    )


def _is_inner_slip(one: str, other: str) -> bool:
    """Return whether two long names begin and end alike, and differ in one sign between."""
    first, second = folded(one), folded(other)
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) < _LONG or first[-3:] != second[-3:]:
        return False
    if len(longer) == len(shorter):
        return sum(a != b for a, b in zip(first, second, strict=True)) == 1
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
