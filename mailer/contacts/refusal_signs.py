"""Finds wordings that may refuse mail, though no known phrase of refusal is in them.

Each word of a note is put in a class (denies, contact, ends, gone …), so that a note becomes a
short text of letters, and the order of the letters raises the question: "interdiction de lui
écrire" is a denial before contact. What is found here is never a refusal by itself: a person
decides.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

_LETTERS = {
    "gone": "G",
    "angry": "H",
    "rights": "R",
    "leave": "K",
    "without": "S",
    "ending": "E",
    "denial": "N",
    "contact": "C",
    "place": "A",
    "dead": "X",
    "uses": "U",
    "works": "V",
}
"""The letter of each class, in the order in which they are tried: a word may be in several."""
_OTHER = "."
_PLUS = "P"
"""French "plus" denies only beside "ne", before contact at the start, or after "rien de"."""

_SIGNS = re.compile(
    r"G|H"
    r"|N.{0,3}C"  # "interdiction de lui écrire", "wants nothing from our lists"
    r"|^P.{0,2}C"  # "plus aucun mail"
    r"|^P.{0,3}A|^PN$"  # "plus personne à cette adresse", "plus rien"
    r"|C.?[NP]$"  # "mails: jamais"
    r"|E.{0,4}[CA]|[CA].{0,3}E"  # "gel des envois", "scrub from list", "compte résilié"
    r"|[AC].{0,3}X|X.{0,2}A|^X.?$"  # "boîte mail saturée", "journal fermé", "dead"
    r"|[NE].{0,3}K|K.{0,2}[NE]|S.?K"  # "a retiré son accord", "sans autorisation"
    r"|U.{0,4}E"  # "pidió que lo borráramos"
    r"|R.{0,4}[UEN]|[UEN].{0,4}R"  # "a exercé ses droits RGPD"
    r"|N.{0,2}V|V.{0,2}[NP]"  # "l'adresse n'existe pas"
    r"|^\.?E\.?$"  # "exclure SVP", "bitte löschen"
)
_MAX_WORDS = 60


def may_refuse(name: str) -> bool:
    """Return whether a folded note has words that together may refuse mail."""
    is_said = _list("said").search(name) is not None
    return is_said or is_former(name) or _SIGNS.search(_letters(name)) is not None


def is_former(name: str) -> bool:
    """Return whether a folded function is one that the person had: "ex-rédactrice en chef"."""
    return _list("former").search(name) is not None


def is_title_of_the_gone(name: str) -> bool:
    """Return whether the folded name of a sheet says that its people may not be written to."""
    return _list("titles").search(name) is not None


def is_about_a_topic(name: str) -> bool:
    """Return whether a folded note names a subject: "spécialiste du droit d'opposition"."""
    return _list("topics").search(name) is not None


def denies(name: str) -> bool:
    """Return whether a folded answer has a word that denies: "surtout pas"."""
    return "N" in _letters(name)


def may_ask_for_consent(header: str) -> bool:
    """Return whether a no below this folded header may refuse mail."""
    return _list("consent_headers").fullmatch(header) is not None


def may_ask_for_refusal(header: str) -> bool:
    """Return whether a yes, a date or a reason below this folded header may refuse mail."""
    return _list("refusal_headers").fullmatch(header) is not None


def _letters(name: str) -> str:
    words = _list("harmless").sub(" ", name).split(maxsplit=_MAX_WORDS)[:_MAX_WORDS]
    return "".join(map(_letter, words))


@lru_cache(maxsize=8192)
def _letter(word: str) -> str:
    if word == "plus":
        return _PLUS
    found = _classes().fullmatch(word)
    return _LETTERS[found.lastgroup] if found and found.lastgroup else _OTHER


@cache
def _classes() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{_words(name)})" for name in _LETTERS))


@cache
def _list(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words(name)})\b")


def _words(name: str) -> str:
    return "|".join(_lists()[name].strip().split("\n"))


@cache
def _lists() -> dict[str, str]:
    source = resources.files("mailer.contacts").joinpath("refusal_signs.toml")
    return tomllib.loads(source.read_text("utf-8"))
