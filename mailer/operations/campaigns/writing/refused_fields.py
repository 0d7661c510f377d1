"""Which fields of a form have nothing to do with what was refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailer.errors import Problem

_ENTRY = re.compile(r"[a-z_]+\.\d+(?=\.)|[a-z_.]+(?=\.\d+$)")
"""The entry of a list that a key is in, or the list of words that it is one of."""


def apart_from(found: Iterable[Problem], typed: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that have nothing to do with any of these problems."""
    wrong = {_subject(each.where.key) for each in found}
    return {name: text for name, text in typed.items() if _subject(name) not in wrong}


def not_told_yet(found: Iterable[Problem], told: Iterable[Problem]) -> list[Problem]:
    """Return the problems at keys where none is told."""
    keys = {each.where.key for each in told}
    return [each for each in found if each.where.key not in keys]


def _subject(key: str) -> str:
    """Return what a key is about: a whole entry of a list, or a moment with its day and hour."""
    if entry := _ENTRY.match(key):
        return entry[0]
    return key.removesuffix(".day").removesuffix(".hour")
