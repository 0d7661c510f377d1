"""Find years that have passed and are told to come: `applications by 31 March 2026`, in 2027."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.texts.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d/-])")
_TO_COME = re.compile(
    r"(?i)\b(?:will|would|is due to|are due to|shall|is to|runs? (?:until|to)|lasts? until|open until|"
    r"(?!opéra|caméra|para|extra|intra|contra|aura\b|sera\b|ultra)[a-zà-ÿ]{3,}(?:era|eront|ira|iront|dra|dront)|sera|seront|aura|auront|"
    r"court jusqu|dure jusqu|d[’']ici)\b"
)
_ASKS = re.compile(
    r"(?i)\b(?:inscri\w+|accrédit\w+|réserv\w+|confirm\w+|répon\w+|rsvp|candidat\w+|regist\w+|accredit\w+|appl(?:y|ications)|book|reply)\b"
)
_LIMIT = re.compile(
    r"(?i)\b(?:avant|jusqu[’']au|d[’']ici|fin|before|by|until|end of|no later than)[ \u00a0][^.;\n]{0,30}?\Z"
)
_REFERENCE = re.compile(
    r"(?im)^[*_ ]*(?:références?|reference|paper|article|publication|source)[ \u00a0]?:[^\n]{10,300}?(?P<year>20\d\d)\W*$"
)
_PUBLISHES = re.compile(r"(?i)\bpubli(?:é|ée|és|ées|e|ent|cation|shed|shes|sh)\b")
_WAS = re.compile(
    r"(?i)\b(?:avai\w+|étai\w+|devai\w+|was|were|had|depuis|since|en cours|dès|from)\b"
)
_LONG_AGO = 3


def passed_years(text: str, *, year: int) -> Iterator[ToldTwice]:
    """Yield each of the last three years before `year` that is told to come, is the limit of what
    is asked for, or is that of what is published now.
    """
    for words, start in sentences(text):
        years = list(_YEAR.finditer(words))
        past = [it for it in years if year - _LONG_AGO <= int(it[0]) < year]
        if len(past) != 1:
            continue
        (found,) = past
        if _WAS.search(words, max(0, words.rfind(". ", 0, found.start()))):
            continue
        limit = _LIMIT.search(words, 0, found.start())
        asks, comes = _ASKS.search(words), _TO_COME.search(words)
        is_limit = limit and (asks or comes)
        is_only = comes and len(years) == 1 and 0 < found.start() - comes.end() < 25
        if is_limit or is_only:
            said = (asks or comes) if is_limit else comes
            yield ToldTwice(found[0], said[0] if said else "", start + found.start())
    if _PUBLISHES.search(text):
        for found in _REFERENCE.finditer(text):
            if year - _LONG_AGO <= int(found["year"]) < year:
                yield ToldTwice(found["year"], str(year), found.start("year"))
