"""Reads single cells: tidies text, and parses civilities, languages, names and telephones."""

from __future__ import annotations

import re
import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from typing import NamedTuple

from mailer.contacts.folding import folded
from mailer.languages import CIVILITY_SPELLINGS, LANGUAGES

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u180e\u200b\u200e\u200f\u2060\ufeff"))
_BIDI = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_DROPPED = _INVISIBLE | _BIDI
"""Soft hyphens, zero-width spaces and direction marks, which come with copy and paste. The
joiners U+200C and U+200D stay: Persian names and emoji are spelled with them."""

# A regular expression, because a loop over the characters takes a fifth of an import (measured).
_INVISIBLE_CHARACTER = re.compile(f"[{''.join(map(chr, _DROPPED))}]")
_CONTROL_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""The Unicode categories Cc and Cs, without tab and line ends."""

_GUARDED = re.compile(r"'(?=[=+\-@\t\r])")
"""The apostrophe that spreadsheets and our own exports put before a text that looks like a
formula."""

_LANGUAGES = {
    **{name: language.code for language in LANGUAGES for name in language.names},
    # Languages that contacts may have, though no texts exist in them yet.
    **dict.fromkeys(("de", "deu", "ger", "allemand", "german", "deutsch"), "de"),
    **dict.fromkeys(("es", "spa", "espagnol", "spanish", "espanol"), "es"),
    **dict.fromkeys(("it", "ita", "italien", "italian", "italiano"), "it"),
    **dict.fromkeys(("pt", "por", "portugais", "portuguese", "portugues"), "pt"),
    **dict.fromkeys(("nl", "nld", "dut", "neerlandais", "dutch", "nederlands"), "nl"),
    **dict.fromkeys(("ar", "ara", "arabe", "arabic"), "ar"),
}
_TITLES = "|".join(sorted(map(re.escape, CIVILITY_SPELLINGS), key=len, reverse=True))
_COUPLE = re.compile(rf"(?:{_TITLES})\.? (?:et|and|&|und|y|e) (?:{_TITLES})\b\.?\s*", re.IGNORECASE)
_CODED_WORD = re.compile(r"(?:=\?[\w-]+\?[bq]\?[^?\s]*\?=\s*)+", re.IGNORECASE)
"""Words as a mail's header codes them (RFC 2047 §2)."""
_LOST_ZERO = re.compile(r"[1-9]\d{8}")
_LOST_PLUS = re.compile(r"33[1-9]\d{8}")


def tidy(text: str) -> str:
    """Return `text` in NFC, without invisible characters and with single spaces."""
    text = _GUARDED.sub("", text, count=1) if text.startswith("'") else text
    tidied = _CODED_WORD.sub(_decoded_words, text) if "=?" in text else text
    if not tidied.isascii():  # half of all cells are ASCII, in which there is nothing to change
        tidied = unicodedata.normalize("NFC", tidied)
        tidied = tidied.translate(_DROPPED) if has_invisible(tidied) else tidied
    tidied = " ".join(tidied.split())
    return text if tidied == text else tidied  # no second string: a file has a million cells


def _decoded_words(found: re.Match[str]) -> str:
    """Return coded words as text; as they are when they cannot be decoded."""
    try:
        decoded = str(make_header(decode_header(found[0].strip())))
    except (HeaderParseError, LookupError, ValueError):
        return found[0]
    return f"{decoded} " if found[0][-1:].isspace() else decoded


def has_invisible(text: str) -> bool:
    """Return whether `text` has invisible characters, which `tidy` removes."""
    return not text.isascii() and _INVISIBLE_CHARACTER.search(text) is not None


def has_control(text: str) -> bool:
    """Return whether `text` has a control character other than tab and line ends, or a lone
    surrogate.
    """
    return _CONTROL_CHARACTER.search(text) is not None


def civility(text: str) -> str:
    """Return the normal form of a title (`Mme`, `M.`, `Dr`, `Pr`), or an unknown title unchanged."""
    known = CIVILITY_SPELLINGS.get(folded(text))
    return known.value if known else text


def is_civility(word: str) -> bool:
    """Return whether `word` is a known title."""
    return folded(word) in CIVILITY_SPELLINGS


def language_code(text: str) -> str | None:
    """Return the language code (ISO 639-1) of `anglais`, `EN`, `en-GB` …; None when unknown."""
    name = folded(text)
    return _LANGUAGES.get(name) or _LANGUAGES.get(name.partition(" ")[0])


def phone(text: str) -> str:
    """Restore the `0` or `+` of a French telephone number that a spreadsheet stored as a number."""
    if _LOST_ZERO.fullmatch(text):
        return f"0{text}"
    if _LOST_PLUS.fullmatch(text):
        return f"+{text}"
    return text


def without_couple(name: str) -> str:
    """Return a name without the titles of a couple: `M. et Mme Petit`, whom no title fits."""
    return _COUPLE.sub("", name, count=1) or name


class SplitName(NamedTuple):
    """The first name and the last name of a person."""

    first: str
    last: str


def split_name(text: str, *, family_first: bool = False) -> SplitName:
    """Split a full name into first name and last name.

    A comma (`Durand, Paul`) or capitals (`DE LA TOUR Anne`) show which is the last name; else
    the order counts, and the first name is a single word, which may have hyphens.
    """
    family, comma, given = text.partition(",")
    if comma:
        return SplitName(given.strip(), family.strip())
    words = text.split()
    capitals = [word for word in words if word.isupper() and len(word.rstrip(".")) > 1]
    if 0 < len(capitals) < len(words):
        return SplitName(" ".join(w for w in words if w not in capitals), " ".join(capitals))
    if len(words) < 2:
        return SplitName("", text)
    if family_first:
        return SplitName(words[-1], " ".join(words[:-1]))
    return SplitName(words[0], " ".join(words[1:]))
