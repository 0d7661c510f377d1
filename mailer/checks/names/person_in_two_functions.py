"""Is each person one thing in their body?"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.names.persons import PersonInText, is_almost, persons
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages
from mailer.languages import LANGUAGES

WHY = _("A newsroom prints one of the two, and whoever bears the other complains.")
SOURCE = sources.PRACTICE

_FUNCTIONS = [
    (name, words)
    for language in LANGUAGES
    if language.phrases
    for name, words in language.phrases.functions.items()
]
_PATTERNS = [
    (
        name,
        re.compile(
            rf",[ \u00a0]+(?:(?:l[ea]|the)[ \u00a0]+(?:[\w-]+[’']s[ \u00a0]+)?|l[’'])?(?i:{words})(?![\w-])"
        ),
    )
    for name, words in _FUNCTIONS
]
_BOTH = re.compile(r"[^.;!?\n]{0,60}\b(?:et|and)\b")
_FORMER = re.compile(r"(?i)\b(?:ancien(?:ne)?|former(?:ly)?|ex|then|alors|puis|futur\w*|next)\b")


class _PersonAs(NamedTuple):
    """A person with the function that stands behind the name."""

    person: PersonInText
    function: str
    words: str
    start: int


def check(draft: Draft) -> Findings:
    """Yield a note for a person who is first, say, the president and then the secretary."""
    for passage in messages(draft):
        first: list[_PersonAs] = []
        for told in _told(passage) if passage.part is PassagePart.TEXT else ():
            other = next((it for it in first if _is_one(it.person, told.person)), None)
            first.append(told)
            if other and other.function != told.function:
                yield note(
                    passage.at(told.start),
                    what=_(
                        "“{words}” here, and “{other}” before.", words=told.words, other=other.words
                    ),
                    why=WHY,
                    remedy=_("Write what the person is in both, or say that they are both."),
                )


def _told(passage: Passage) -> Iterator[_PersonAs]:
    """Yield the people whose function stands behind their name, as the longest words tell it."""
    for person in persons(passage):
        end = person.start + len(person.name)
        found = [
            (it, name) for name, pattern in _PATTERNS if (it := pattern.match(passage.text, end))
        ]
        if not person.first or not found:
            continue
        longest, function = max(found, key=lambda each: each[0].end())
        beside = passage.text[longest.end() : longest.end() + 60]
        if not (_BOTH.match(beside.split(",")[0]) or _FORMER.search(passage.sentence_at(end))):
            words = f"{person.name}{longest[0]}"
            yield _PersonAs(person, function, words, person.start)


def _is_one(one: PersonInText, other: PersonInText) -> bool:
    return one.name == other.name or is_almost(one, other)
