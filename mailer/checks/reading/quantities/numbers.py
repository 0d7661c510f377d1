"""Read numbers in prose, in digits and in the words of any language."""

from __future__ import annotations

import re

from mailer.checks.reading.texts.phrases import one_of
from mailer.languages import LANGUAGES

WORDS = {
    word: number
    for language in LANGUAGES
    if language.phrases
    for numbers in (language.phrases.number_words, language.phrases.small_number_words)
    for word, number in numbers.items()
}
"""Numbers from two on, as texts spell them."""
_IN_WORDS = one_of(WORDS)
HUNDRED = r"(?:(?:cent|(?:a|one)[ \u00a0]hundred(?:[ \u00a0]and)?)[ \u00a0-])?"
"""Before the words of a number below a hundred: `cent vingt`."""
NUMBER = (
    r"(?:\d{1,3}(?:[ \u00a0\u202f,]\d{3}(?!\d))+|\d+)(?:[.,]\d{1,2}(?!\d))?"
    rf"|(?i:\b{HUNDRED}(?:{_IN_WORDS})(?!\w))"
)
"""A number, as a pattern."""

_BEHIND_HUNDRED = re.compile(r"(?:cent|(?:a|one)[ \u00a0]hundred(?:[ \u00a0]and)?)[ \u00a0-]")


def value_of(number: str) -> float:
    """Return the value of what NUMBER matches."""
    said = number.lower()
    if said in WORDS:
        return WORDS[said]
    if rest := _BEHIND_HUNDRED.match(said):
        return 100 + WORDS[said[rest.end() :]]
    plain = re.sub(r"[ \u00a0\u202f]|,(?=\d{3}(?!\d))", "", number)
    return float(plain.replace(",", "."))
