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
_SMALL_WORDS = (
    "a|d|de|des|du|la|le|l|les|un|une|en|son|sa|ses|que|qu|on|etre|se|faire|voir|trop|tout|toute|par|au"
    "|aux|avec|ce|the|an|to|be|any|of|his|her|us|with|by|in|at|on|zu|werden|mit|ser|el|los|las|essere"
)
_JOINING = "ni|et|ou|nor|and|or|und|oder|noch|y|ni|e|o"
"""What adds another thing to a refusal, which then may be our mails."""


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


def without_other_refusals(name: str) -> str:
    """Return a folded note without what refuses no mail: "ne souhaite pas être filmée", "pas
    d'opposition", "parti en reportage".
    """
    for said in (_list("negated"), _list("absent")):
        name = said.sub(" ", name)
    return " ".join(_other_refusal().sub(_kept_beside_mail, name).split())


def _kept_beside_mail(found: re.Match[str]) -> str:
    """Return nothing, or the refusal of another thing when mail comes next: "ne plus appeler,
    écrire" may refuse both.
    """
    after = found.string[found.end() :].split(maxsplit=1)[:1]
    return found[0] if after and _letter(after[0]) == "C" else " "


def is_name_header(header: str) -> bool:
    """Return whether names stand below this folded header, of places, services or kinds."""
    return _list("name_headers").fullmatch(header) is not None


def is_event_header(header: str) -> bool:
    """Return whether answers to an invitation stand below this folded header."""
    return _list("event_headers").fullmatch(header) is not None


def is_about_other_matters(header: str) -> bool:
    """Return whether a folded header is about a badge, an image or somebody else's mails, though
    it may have a word of refusal.
    """
    if _list("other_parties").search(header):
        return True
    return bool(_list("other_matters").search(header)) and not _list("about_mailing").search(header)


def names_mail(name: str) -> bool:
    """Return whether a folded text has a word for mail, lists, or what is done with them."""
    return "C" in _letters(name)


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
def _other_refusal() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{_words('other_refusals')}) (?:(?:{_SMALL_WORDS}) ){{0,4}}(?:{_words('other_things')})"
        rf"(?! (?:{_JOINING})\b)(?!\w)"
    )


@cache
def _list(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words(name)})\b")


def _words(name: str) -> str:
    return "|".join(_lists()[name].strip().split("\n"))


@cache
def _lists() -> dict[str, str]:
    source = resources.files("mailer.contacts.refusals").joinpath("refusal_signs.toml")
    return tomllib.loads(source.read_text("utf-8"))
