"""What people type into a cell, and what they mean by it."""

from __future__ import annotations

import re
import unicodedata

from mailer.contacts.columns import folded
from mailer.languages import CIVILITY_SPELLINGS, LANGUAGES

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u180e\u200b\u200e\u200f\u2060\ufeff"))
_BIDI = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_DROPPED = _INVISIBLE | _BIDI
"""Soft hyphens, zero-width spaces and direction marks, which come with copy and paste. The
joiners U+200C and U+200D stay: Persian names and emoji are spelled with them."""

# One pass in C over each cell of a file; a test by character takes a fifth of an import.
_INVISIBLE_CHARACTER = re.compile(f"[{''.join(map(chr, _DROPPED))}]")
_CONTROL_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""The categories Cc and Cs of Unicode, but for tabs and line ends."""

_GUARDED = re.compile(r"'(?=[=+\-@\t\r])")
"""The apostrophe by which spreadsheets, and our own exports, say "this is no formula"."""

_LANGUAGES = {
    **{name: language.code for language in LANGUAGES for name in language.names},
    # What readers may have, and nobody writes here yet.
    **dict.fromkeys(("de", "deu", "ger", "allemand", "german", "deutsch"), "de"),
    **dict.fromkeys(("es", "spa", "espagnol", "spanish", "espanol"), "es"),
    **dict.fromkeys(("it", "ita", "italien", "italian", "italiano"), "it"),
    **dict.fromkeys(("pt", "por", "portugais", "portuguese", "portugues"), "pt"),
    **dict.fromkeys(("nl", "nld", "dut", "neerlandais", "dutch", "nederlands"), "nl"),
    **dict.fromkeys(("ar", "ara", "arabe", "arabic"), "ar"),
}
_NO = frozenset(
    {"", *(word for each in LANGUAGES if each.contact_lists for word in each.contact_lists.no)}
)
_LOST_ZERO = re.compile(r"[1-9]\d{8}")
_LOST_PLUS = re.compile(r"33[1-9]\d{8}")


def tidy(text: str) -> str:
    """`text` in NFC, without invisible characters, every run of white space one space."""
    text = _GUARDED.sub("", text, count=1) if text.startswith("'") else text
    return " ".join(unicodedata.normalize("NFC", text).translate(_DROPPED).split())


def has_invisible(text: str) -> bool:
    """Whether `tidy` takes characters out of `text` that nobody could see."""
    return _INVISIBLE_CHARACTER.search(text) is not None


def has_control(text: str) -> bool:
    """Whether `text` holds a control character other than tabs and line ends, or half a one."""
    return _CONTROL_CHARACTER.search(text) is not None


def is_yes(text: str) -> bool:
    """Whether a "do not contact" cell says so: anything but a plain no, to be on the safe side."""
    return folded(text) not in _NO


def civility(text: str) -> str:
    """`Mme` or `M.`, `Dr` or `Pr`; another title as it stands."""
    known = CIVILITY_SPELLINGS.get(folded(text))
    return known.value if known else text


def is_civility(word: str) -> bool:
    """Whether `word` is one of the titles we know."""
    return folded(word) in CIVILITY_SPELLINGS


def language_code(text: str) -> str | None:
    """The language code (ISO 639-1) of `anglais`, `EN`, `en-GB` …; None when unknown."""
    name = folded(text)
    return _LANGUAGES.get(name) or _LANGUAGES.get(name.partition(" ")[0])


def phone(text: str) -> str:
    """A French number given back the `0` or `+` that a spreadsheet took for a number's."""
    if _LOST_ZERO.fullmatch(text):
        return f"0{text}"
    if _LOST_PLUS.fullmatch(text):
        return f"+{text}"
    return text


def split_name(text: str, *, family_first: bool = False) -> tuple[str, str]:
    """First and last name of a whole one.

    Capitals tell the family name (`DE LA TOUR Anne`), then a comma (`Durand, Paul`), then
    the order; only the first word is a first name, which hyphens may join.
    """
    family, comma, given = text.partition(",")
    if comma:
        return given.strip(), family.strip()
    words = text.split()
    capitals = [word for word in words if word.isupper() and len(word.rstrip(".")) > 1]
    if 0 < len(capitals) < len(words):
        return " ".join(w for w in words if w not in capitals), " ".join(capitals)
    if family_first:
        return " ".join(words[-1:] if len(words) > 1 else ()), " ".join(words[:-1] or words)
    return (" ".join(words[:1]), " ".join(words[1:])) if len(words) > 1 else ("", text)
