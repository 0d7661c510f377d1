"""The mail programs of the readers: which are looked at, and which an address may mean."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping

CLIENTS: Mapping[str, Text] = {
    "outlook.windows": _("classic Outlook for Windows"),
    "outlook.outlook-com": _("Outlook.com and the new Outlook"),
    "outlook.macos": _("Outlook for Mac"),
    "outlook.ios": _("Outlook on iPhone"),
    "outlook.android": _("Outlook on Android"),
    "gmail.desktop-webmail": _("Gmail in the browser"),
    "gmail.ios": _("Gmail on iPhone"),
    "gmail.android": _("Gmail on Android"),
    "apple-mail.macos": _("Apple Mail on Mac"),
    "apple-mail.ios": _("Apple Mail on iPhone"),
    "thunderbird.macos": _("Thunderbird"),
    "orange.desktop-webmail": _("Orange in the browser"),
    "sfr.desktop-webmail": _("SFR in the browser"),
    "laposte.desktop-webmail": _("La Poste in the browser"),
    "free-fr.desktop-webmail": _("Free in the browser"),
    "yahoo.desktop-webmail": _("Yahoo in the browser"),
    "samsung-email.android": _("Samsung Email"),
}
"""The programs that are looked at, by their names in caniemail's table."""

_PHONES = ("apple-mail.ios", "samsung-email.android")
_OFFICE = (
    "outlook.windows",
    "outlook.outlook-com",
    "outlook.macos",
    "outlook.ios",
    "outlook.android",
    "apple-mail.macos",
    "thunderbird.macos",
    *_PHONES,
)
"""Who has an address at an outlet, an institute or an association may have any of these."""

_AT_HOME: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = (
    (frozenset({"gmail", "googlemail"}), ("gmail.desktop-webmail", "gmail.ios", "gmail.android")),
    (frozenset({"orange", "wanadoo"}), ("orange.desktop-webmail",)),
    (frozenset({"sfr", "neuf", "cegetel", "numericable"}), ("sfr.desktop-webmail",)),
    (frozenset({"laposte"}), ("laposte.desktop-webmail",)),
    (frozenset({"free"}), ("free-fr.desktop-webmail",)),
    (frozenset({"yahoo", "ymail", "aol"}), ("yahoo.desktop-webmail",)),
    (
        frozenset({"outlook", "hotmail", "live", "msn"}),
        ("outlook.outlook-com", "outlook.ios", "outlook.android"),
    ),
    (frozenset({"icloud", "me", "mac"}), ("apple-mail.macos",)),
)
"""Providers of mail at home, by the first word of their domains, and their own programs."""

_AT_HOME_WORDS = {word: (*own, *_PHONES) for words, own in _AT_HOME for word in words}
_ENDS = frozenset({"com", "fr", "net", "eu", "co.uk", "be", "ch", "de", "es", "it", "ca"})


def clients_of(domain: str) -> tuple[str, ...]:
    """Return the programs that somebody with an address at this domain may read with."""
    word, _dot, end = domain.lower().partition(".")
    return _AT_HOME_WORDS.get(word, _OFFICE) if end in _ENDS else _OFFICE


def shares(people_at: Mapping[str, int]) -> dict[str, float]:
    """Return for each program the part of these people, from 0 to 1, who may read with it.

    `people_at` says how many have an address at each domain. The parts add up to more than 1: nothing but the domain is known, and most people may use one
    of several programs.
    """
    total = sum(people_at.values())
    together: Counter[tuple[str, ...]] = Counter()  # few choices, and thousands of domains
    for domain, count in people_at.items():
        together[clients_of(domain)] += count
    found: Counter[str] = Counter()
    for clients, count in together.items():
        found.update(dict.fromkeys(clients, count))
    return {client: found[client] / total if total else 0.0 for client in CLIENTS}
