"""Compares the numbers that the files of a campaign give the same thing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from mailer.errors import Place


class NumberAt(NamedTuple):
    """A number that a text gives a thing; things that are equal are one."""

    thing: Hashable
    word: str
    number: str
    place: Place


class DifferingNumber(NamedTuple):
    """A number that one file gives a thing, and `other`, which another `file` gives it."""

    word: str
    number: str
    place: Place
    other: str
    file: str


def differing_numbers(numbers: Iterable[NumberAt]) -> Iterator[DifferingNumber]:
    """Yield the first number of each file that has none in common with the thing's first file.

    A file with several numbers of a thing speaks of several.
    """
    by_thing: dict[Hashable, dict[str, dict[str, NumberAt]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for each in numbers:
        by_thing[each.thing][each.place.file].setdefault(each.number, each)
    for first, *others in (by_file.values() for by_file in by_thing.values()):
        known = next(iter(first.values()))
        for given in others:
            if first.keys().isdisjoint(given):
                differs = next(iter(given.values()))
                file = known.place.file.rpartition("/")[2]
                yield DifferingNumber(
                    differs.word, differs.number, differs.place, known.number, file
                )
