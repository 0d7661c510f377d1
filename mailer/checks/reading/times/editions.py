"""Find in prose the editions of an event: `7e rencontre`, `septièmes rencontres`, `8th meeting`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.checks.reading.texts.phrases import in_any_language
from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.texts.prose import Passage

_THIRD = 3
_ORDINALS = {
    folded(word): str(number)
    for language in LANGUAGES
    if language.phrases
    for number, word in enumerate(language.phrases.ordinals_from_third, start=_THIRD)
}
_IN_WORDS = "|".join(
    word
    for language in LANGUAGES
    if language.phrases
    for word in language.phrases.ordinals_from_third
)
_EDITION = re.compile(
    r"(?<![\w.,])(?:(?P<digits>\d{1,3})(?:ers?|res?|es?|è|èmes?|ièmes?|ères?|nde?|st|rd|th)"
    rf"|(?P<word>(?i:{_IN_WORDS}))s?|(?P<second>{in_any_language(lambda phrases: phrases.second_edition)}))[ \u00a0\n]+(?P<name>(?:[^\W\d_]+[ \u00a0\n-]+){{0,3}}?"
    rf"(?P<noun>{in_any_language(lambda phrases: phrases.edition_of)})(?P<plural>s?))(?!\w)"
)
_OF_EVENT = re.compile(
    rf"[ \u00a0\n]+(?:of|de|du|des)[ \u00a0\n]+(?:(?:the|la|les|l[’'])[ \u00a0]?)?(?:[A-Z][^\W\d_]+[ \u00a0]){{0,3}}?(?P<noun>{in_any_language(lambda phrases: phrases.edition_of)})s?(?!\w)"
)
_EVENT = re.compile(
    rf"(?<!\w)(?=[A-ZÀ-Þ])(?P<noun>{in_any_language(lambda phrases: phrases.edition_of)})s?(?!\w)"
)
_NAME = re.compile(r"(?:[A-ZÀ-Þ][^\W\d_]+[ \u00a0\n-]+)+[A-ZÀ-Þ]|(?i:\bannual\b)")
_EDITION_ITSELF = re.compile("edition")
_AFTER_ANOTHER = re.compile(r"\d\w*[ \u00a0\n]*(?:et|and|,|à|to|&|ou|or)[ \u00a0\n]+\Z")


@dataclass(frozen=True, slots=True)
class EditionInText:
    """An event with a number, at `start` in its passage. `noun` is folded, in the singular."""

    number: str
    noun: str
    is_plural: bool
    words: str
    start: int
    of: str = ""
    """The event whose edition it is, folded: `10e édition de la Foire`; else the noun itself."""
    is_named: bool = False
    """Whether it is a name of its own, or held each year: `11th Norbury Fair`, `12th annual race`."""


def editions(passage: Passage) -> Iterator[EditionInText]:
    """Yield the editions that a text numbers; of `les 7e et 8e rencontres` only the first number."""
    for found in _EDITION.finditer(passage.text):
        if not _AFTER_ANOTHER.search(passage.text, max(0, found.start() - 20), found.start()):
            yield EditionInText(
                "2" if found["second"] else found["digits"] or _ORDINALS[folded(found["word"])],
                folded(found["noun"]),
                bool(found["plural"]),
                " ".join(found[0].split()),
                found.start(),
                _event_of(passage, found),
                bool(_NAME.search(found["name"])),
            )


def _event_of(passage: Passage, found: re.Match[str]) -> str:
    """Return which event is numbered: that behind `edition of`, or the only one of its sentence."""
    noun = folded(found["noun"])
    if not _EDITION_ITSELF.fullmatch(noun):
        return noun
    if behind := _OF_EVENT.match(passage.text, found.end()):
        return folded(behind["noun"])
    sentence = passage.sentence_at(found.start())
    events = {folded(it["noun"]) for it in _EVENT.finditer(sentence)} - {noun}
    return events.pop() if len(events) == 1 else ""
