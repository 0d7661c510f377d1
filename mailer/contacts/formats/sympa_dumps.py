"""Reads the full dump of a Sympa list: a block of lines for each member, `email ana@…`."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_START = re.compile(
    r"\s*(?:#[^\n]*\n\s*)*(?:(?:date|update_date|gecos|reception|visibility)[ \t][^\n]*\r?\n)*"
    r"email[ \t]+[^\s@]+@\S+[ \t]*\r?\n(?:[a-z_]+[ \t][^\n]*(?:\r?\n|$)|\s*email[ \t])"
)
_BLOCK_END = re.compile(r"\n\s*\n|\n(?=email[ \t])")
_LINE = re.compile(r"(?P<name>[a-z_]+)[ \t]+(?P<value>\S.*)")
_FIELDS = {"email": "Courriel", "gecos": "Nom complet", "reception": "Réception"}
_NOTES = frozenset({"bounce", "bounce_score", "suspend", "startdate", "enddate"})
"""What Sympa writes about deliveries that fail or were suspended."""


def is_sympa_dump(text: str) -> bool:
    """Return whether a text begins like a dump of Sympa."""
    return _START.match(text) is not None


def read_sympa_dump(text: str) -> Iterator[Mapping[str, Sequence[str]]]:
    """Yield the values of each member by header."""
    for block in _BLOCK_END.split(text.replace("\r\n", "\n")):
        member = _member(block)
        if member:
            yield member


def _member(block: str) -> Mapping[str, Sequence[str]]:
    member: defaultdict[str, list[str]] = defaultdict(list)
    for found in map(_LINE.fullmatch, map(str.strip, block.split("\n"))):
        if found and found["name"] in _FIELDS:
            member[_FIELDS[found["name"]]].append(found["value"].strip())
        elif found and found["name"] in _NOTES:
            member["Note"].append(f"{found['name']} {found['value']}")
    return member
