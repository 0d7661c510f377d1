"""Reads vCards of every version: 2.1 (Versit 1996), 3.0 (RFC 2426) and 4.0 (RFC 6350)."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_START = re.compile(r"\s*BEGIN:VCARD\b", re.IGNORECASE)
_FOLD = re.compile(r"\r?\n[ \t]")
_PARAMETER = r';(?:"[^"]*"|[^":;])*'
_PROPERTY = re.compile(
    rf"\s*(?:[\w-]+\.)?(?P<name>[\w-]+)(?P<parameters>(?:{_PARAMETER})*):(?P<value>.*)", re.DOTALL
)
_ONE_PARAMETER = re.compile(r';(?:(?P<name>[\w-]+)=)?(?P<value>(?:"[^"]*"|[^":;])*)')
_SEPARATOR = re.compile(r"(?<!\\);")

_FIELDS = {
    "FN": "Nom complet",
    "TITLE": "Fonction",
    "ROLE": "Fonction",
    "NOTE": "Note",
    "CATEGORIES": "Catégories",
    "DEATHDATE": "Date de décès",
}
_NAME_PARTS = (("Nom", 0), ("Prénom", 1), ("Civilité", 3))
_LEAST_PREFERRED = 101
"""`PREF` counts from 1, the best, to 100 (RFC 6350 §5.3)."""


class _Property(NamedTuple):
    """A line of a card: `types` are in lower case, `preference` is smaller for the better."""

    name: str
    types: frozenset[str]
    preference: int
    value: str


def are_vcards(text: str) -> bool:
    """Return whether a text begins like a vCard."""
    return _START.match(text) is not None


def read_vcards(text: str) -> Iterator[Mapping[str, Sequence[str]]]:
    """Yield the values of each card by header, the preferred address first.

    A group of cards that has no address of its own is left out: its members have cards.
    """
    for card in _cards(text):
        properties = list(filter(None, map(_property, _logical_lines(card))))
        is_group = any(
            each.name in {"KIND", "X-ADDRESSBOOKSERVER-KIND"} and each.value.lower() == "group"
            for each in properties
        )
        person = _person(properties)
        if person.get("Courriel") or not is_group:
            yield person


@dataclass(slots=True)
class _Card:
    """The lines of one card, and how many cards inside it (`AGENT`) are open."""

    lines: list[str]
    depth: int = 1


def _cards(text: str) -> Iterator[list[str]]:
    """Yield the lines of each card. A card that is not closed ends where the next begins."""
    card: _Card | None = None
    is_inside = False
    for line in re.split("\r\n|\r|\n", text):
        word = line.strip().upper()
        if word == "BEGIN:VCARD" and card is not None and is_inside:
            card.depth += 1
        elif word == "BEGIN:VCARD":
            if card is not None:
                yield card.lines
            card = _Card([])
        elif word == "END:VCARD" and card is not None:
            card.depth -= 1
            if card.depth == 0:
                yield card.lines
                card = None
        elif card is not None and card.depth == 1:
            card.lines.append(line)
        if word:
            is_inside = word.startswith("AGENT") and word.endswith(":")
    if card is not None and any(map(str.strip, card.lines)):
        yield card.lines


def _logical_lines(lines: Sequence[str]) -> Iterator[str]:
    """Yield the unfolded lines of a card.

    vCard 2.1 folds at a blank, which stays, and continues quoted-printable after a final `=`.
    """
    is_old = any(line.strip().upper() == "VERSION:2.1" for line in lines)
    whole = ""
    for line in lines:
        if _continues(whole):
            whole = whole[:-1] + line
        elif line[:1] in {" ", "\t"} and whole:
            whole += f" {line[1:]}" if is_old else line[1:]
        else:
            yield whole
            whole = line
    yield whole


def _continues(line: str) -> bool:
    return line.endswith("=") and "QUOTED-PRINTABLE" in line.partition(":")[0].upper()


def _property(line: str) -> _Property | None:
    found = _PROPERTY.fullmatch(line)
    if found is None:
        return None
    parameters: defaultdict[str, list[str]] = defaultdict(list)
    for each in _ONE_PARAMETER.finditer(found["parameters"]):
        # vCard 2.1 writes types and encodings alone: `EMAIL;PREF;INTERNET`.
        values = each["value"].strip('"').lower().split(",")
        parameters[(each["name"] or "type").lower()] += values
    types = frozenset(value.strip(' "') for value in parameters["type"])
    value = _decoded(
        found["value"],
        encodings=types.union(parameters["encoding"]),
        charset=next(iter(parameters["charset"]), ""),
    )
    return _Property(
        found["name"].upper(), types, _preference(types, parameters["pref"]), value.strip()
    )


def _preference(types: frozenset[str], numbers: Sequence[str]) -> int:
    number = next(iter(numbers), "")
    if number.isdecimal():
        return int(number)
    return 1 if "pref" in types else _LEAST_PREFERRED


def _decoded(value: str, *, encodings: frozenset[str], charset: str) -> str:
    """Return a value without its transfer encoding; as it is when it cannot be decoded."""
    if encodings & {"b", "base64"}:
        try:
            content = base64.b64decode("".join(value.split()), validate=True)
        except binascii.Error:
            return value
    elif "quoted-printable" in encodings:
        content = quopri.decodestring(value.encode())
    else:
        return value
    try:
        return content.decode(charset or "utf-8", errors="replace")
    except LookupError:
        return content.decode(errors="replace")


def _person(properties: Sequence[_Property]) -> Mapping[str, Sequence[str]]:
    person: defaultdict[str, list[str]] = defaultdict(list)
    for each in properties:
        if each.name == "N":
            parts = [*map(_unescaped, _SEPARATOR.split(each.value)), "", "", "", ""]
            for header, index in _NAME_PARTS:
                person[header] += [parts[index]] if parts[index] else []
        elif each.name == "ORG":
            person["Organisation"].append(_unescaped(_SEPARATOR.split(each.value)[0]))
        elif each.name in _FIELDS:
            person[_FIELDS[each.name]].append(_unescaped(each.value))
    if not person["Nom"] and person["Nom complet"] == person["Organisation"]:
        del person["Nom complet"]  # the card of a company
    person["Courriel"] = [_unescaped(each.value) for each in _of(properties, "EMAIL")]
    person["Langue"] = [each.value for each in _of(properties, "LANG")][:1]
    for each in _of(properties, "TEL"):
        header = "Portable" if "cell" in each.types else "Téléphone"
        person[header] = person[header] or [each.value.removeprefix("tel:")]
    return person


def _of(properties: Sequence[_Property], name: str) -> list[_Property]:
    """Return the properties with this name that have a value, the preferred ones first.

    Without a preference, what belongs to work comes before what belongs to the home.
    """
    found = [each for each in properties if each.name == name and each.value]
    return sorted(
        found, key=lambda each: (each.preference, "home" in each.types and "work" not in each.types)
    )


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
