"""Recognises the addresses of desks, which several people read."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mailer.contacts.folding import folded

if TYPE_CHECKING:
    from collections.abc import Collection

    from mailer.model.contacts.contact import Contact


class _DeskWords(NamedTuple):
    """The articles before the name of a desk, such names, and how others begin."""

    articles: frozenset[str]
    names: frozenset[str]
    beginnings: tuple[str, ...]


def is_role(local: str) -> bool:
    """Return whether a local part names a desk (`redaction`, `service.presse`, `la-redac`)."""
    desks = _desk_words()
    words = [word for word in re.split(r"[^a-z]+", folded(local)) if word not in desks.articles]
    return bool(words) and (words[0] in desks.names or words[0].startswith(desks.beginnings))


def is_forgotten(contact: Contact, forgotten: Collection[str]) -> bool:
    """Return whether one of a contact's addresses is among the `forgotten`, by key.

    The address of a desk belongs to several people: as a second address it tells nothing of one.
    """
    return contact.key in forgotten or any(
        each.key in forgotten and not is_role(each.local) for each in contact.alternates
    )


@cache
def _desk_words() -> _DeskWords:
    # The ledger asks only about people who were forgotten; the other commands need no language.
    from mailer.languages import LANGUAGES  # noqa: PLC0415 - as said

    words = tuple(language.contact_lists for language in LANGUAGES if language.contact_lists)
    return _DeskWords(
        frozenset().union(*(each.articles for each in words)),
        frozenset().union(*(each.desks for each in words)),
        tuple(start for each in words for start in each.desk_beginnings),
    )
