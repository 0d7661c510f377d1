"""Recognises the headers of columns of addresses by their meaning, and which address comes first."""

from __future__ import annotations

import re

from mailer.contacts.folding import folded
from mailer.contacts.refusals.refusals import Asks, what_asks
from mailer.languages import LANGUAGES

_MAX_WORDS = 6
_NOT_IN_HEADERS = frozenset("@;,\t|")
"""What no header has: an address stands there, or several headers that another delimiter joins."""
_WORDS = tuple(language.contact_lists for language in LANGUAGES if language.contact_lists)


def _anywhere(part: str) -> re.Pattern[str]:
    patterns = "|".join(filter(None, (getattr(words, part) for words in _WORDS)))
    return re.compile(rf"\b(?:{patterns})(?!\w)")


_NUMBERED = re.compile(r"e ?mail (\d{1,2}) (?:value|valeur|label|libelle|type)")
_ADDRESS = _anywhere("address_headers")
_NO_ADDRESS = _anywhere("no_address_headers")
_MAIN = _anywhere("main_address_headers")
_SECOND = _anywhere("second_address_headers")
_DESK = _anywhere("desk_address_headers")


def means_address(header: str) -> bool:
    """Return whether a header means addresses (`E-mail rédaction`): it names e-mail, and neither
    something about it (`E-mail type`) nor a consent to it (`Email consent`).
    """
    name = folded(header)
    return (
        not _NOT_IN_HEADERS & set(header)
        and len(name.split()) <= _MAX_WORDS
        and _ADDRESS.search(name) is not None
        and _NO_ADDRESS.search(name) is None
        and what_asks(header) is Asks.NOTHING
    )


def address_rank(header: str) -> int:
    """Return the place of a column among several of addresses: the main one first, the address of
    a desk last.
    """
    name = folded(header)
    if _DESK.search(name):
        return 3
    if _SECOND.search(name):
        return 2
    return 0 if _MAIN.search(name) else 1


def marked_number(header: str) -> str:
    """Return the number of an address in the headers of Google Contacts, which its kind shares:
    `E-mail 2 - Label`, `E-mail 2 - Value`; nothing for another header.
    """
    found = _NUMBERED.fullmatch(folded(header))
    return found[1] if found else ""


def is_second_address(header: str) -> bool:
    """Return whether a header means the further addresses of a person (`E-mail 2`)."""
    return means_address(header) and _SECOND.search(folded(header)) is not None
