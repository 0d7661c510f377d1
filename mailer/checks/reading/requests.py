"""Find requests for an answer that do not say to whom, until which day or until which hour."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import BLANK
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.sentences import sentences
from mailer.checks.reading.times.dates import mentions
from mailer.checks.reading.times.hours import hours
from mailer.languages import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.texts.prose import Passage

_ASKS = re.compile(
    r"(?i)\b(?:rsvp|réponses? (?:souhaitée?s?|attendue?s?|avant)|merci de (?:confirmer|répondre|vous inscrire|vous accréditer)|confirm(?:er|ation|ez)[ \u00a0](?:de )?(?:votre|par|leur|souhaitée)|"
    r"(?:demandes d[’'])?accréditations?[ \u00a0](?:[^.;\n]{0,40}[ \u00a0])?avant|inscriptions?[ \u00a0](?:[^.;\n]{0,30}[ \u00a0])?avant|"
    r"please (?:confirm|reply|register|respond)|registration closes|(?:reply|register|respond|accredited|book) by)\b"
)
_HAS_WAY = re.compile(rf"{BLANK}|@|(?:\d[ .\u00a0-]?){{8}}")
_OF_CONTACT = RarePattern(in_any_language(lambda phrases: phrases.asks_a_contact))
"""Sends to those whose address stands below: `auprès du service de presse`."""
_NAMES_HOUR = re.compile(r"(?i)\b(?:midi|noon|midnight|minuit|cob|close of business|fin de journée)\b|\d[.:]\d\d|\d[ \u00a0]?(?:h|[ap]\.?m)\b")  # fmt: skip
_WEEKDAY = re.compile(rf"(?i)\b(?:{WEEKDAYS})\b")
_BESIDE = 160


class Lack(Enum):
    """What a request does not say."""

    ADDRESS = auto()
    DAY = auto()
    HOUR = auto()


class Request(NamedTuple):
    """A request for an answer, and what it does not say."""

    words: str
    start: int
    lack: Lack


def vague_requests(passage: Passage) -> Iterator[Request]:
    """Yield each request that lacks its address, its day, the date of its day or its hour."""
    text = passage.text
    for words, start in sentences(text):
        found = _ASKS.search(words)
        if not found:
            continue
        said = " ".join(words[found.start() :].split())
        beside = text[start : start + len(words) + _BESIDE]
        is_of_contact = _OF_CONTACT.search(words) and _HAS_WAY.search(text, start)
        if not (_HAS_WAY.search(beside) or is_of_contact):
            yield Request(said, start + found.start(), Lack.ADDRESS)
        if not mentions(words, passage.language):
            yield Request(said, start + found.start(), Lack.DAY)
        elif not hours(words) and not _NAMES_HOUR.search(words):
            yield Request(said, start + found.start(), Lack.HOUR)
