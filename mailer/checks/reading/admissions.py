"""Find what a text asks of journalists who want to be let in, and until when they may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.prose import BLANK
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.sections import heading_above, statements
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.dates import mentions
from mailer.checks.reading.times.hours import hours
from mailer.languages import LANGUAGES, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailer.checks.reading.texts.prose import Passage
    from mailer.checks.reading.texts.sentences import SentenceInText
    from mailer.languages.admission_words import AdmissionWords

_RELEASES = [language.release for language in LANGUAGES if language.release]


def _words(part: Callable[[AdmissionWords], str]) -> RarePattern:
    every = in_any_language(lambda phrases: part(phrases.admission))
    return RarePattern(rf"(?<!\w){every}(?!\w)")


_OF_PRESS = _words(lambda it: it.press)
_OF_ANYBODY = _words(lambda it: it.anybody)
_OBLIGES = _words(lambda it: it.obliges)
_DENIES = _words(lambda it: it.denies)
_NAMED = _words(lambda it: it.accreditation)
_LEFT_OUT = _words(lambda it: it.left_out)
_AT_THE_DOOR = _words(lambda it: it.at_the_door)
_LATER = _words(lambda it: it.later)
_PRESS = matches(in_any_language(lambda phrases: phrases.press))
_LIMITS = "|".join((*(it.limit for it in _RELEASES), *(it.limit_behind for it in _RELEASES)))
_LIMIT = RarePattern(rf"(?<!\w)(?i:{_LIMITS})(?!\w)")
_TO_A_FACT = RarePattern(rf"(?<!\w)(?i:{_LIMITS})(?:[ \u00a0](?:le|the))?[ \u00a0]{BLANK}")
"""Before a template expression: `jusqu’au {{ accreditation.deadline }}`."""
_ASKS = matches(in_any_language(lambda phrases: phrases.asks_for_place))
_EMBARGO = matches(in_any_language(lambda phrases: phrases.embargo))
_WEEKDAY = matches(f"(?i:{WEEKDAYS}|midi|noon)")


def asked_without_limit(passage: Passage) -> Iterator[SentenceInText]:
    """Yield each sentence by which journalists must ask to be let in, in a text that names no day
    until which: neither beside it, nor wherever it tells how to ask.
    """
    every = statements(without_quotations(passage.text))
    asked = [n for n, it in enumerate(every) if _asks(it, passage)]
    limits = {n for n, it in enumerate(every) if asked and _is_limit(it.words, passage.language)}
    if any(_is_of_asking(every[n].words) for n in limits):
        return
    yield from (every[n] for n in asked if not limits & {n - 1, n, n + 1})


def _asks(said: SentenceInText, passage: Passage) -> bool:
    """Return whether a sentence says that journalists need something that they must ask for."""
    words = said.words
    if _LEFT_OUT.search(words):
        return True
    if not (
        _OF_PRESS.search(words) or (_OF_ANYBODY.search(words) and _is_for_press(said, passage))
    ):
        return False
    denied = len({it[0].casefold() for it in _DENIES.finditer(words)})
    is_named = _NAMED.search(words) and not _AT_THE_DOOR.search(words)
    return denied > 1 or (not denied and bool(is_named or _OBLIGES.search(words)))


def _is_for_press(said: SentenceInText, passage: Passage) -> bool:
    """Return whether a sentence, an address in it, or the heading above it names the press."""
    words = passage.source[said.start : said.start + len(said.words)]
    return bool(_PRESS.search(words) or _PRESS.search(heading_above(passage.source, said.start)))


def _is_limit(words: str, language: str) -> bool:
    """Return whether a sentence says until when, of anything but an embargo."""
    is_dated = mentions(words, language) or hours(words) or _WEEKDAY.search(words)
    is_dated = is_dated or _TO_A_FACT.search(words)
    is_limit = (is_dated and _LIMIT.search(words)) or (
        _LATER.search(words) and _is_of_asking(words)
    )
    return bool(is_limit) and not _EMBARGO.search(words)


def _is_of_asking(words: str) -> bool:
    return any(it.search(words) is not None for it in (_OF_PRESS, _OF_ANYBODY, _ASKS))
