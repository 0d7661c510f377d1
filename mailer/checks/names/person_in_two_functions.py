"""Is each person one thing in their body?"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.names.person_named_otherwise import is_meant
from mailer.checks.reading.names.persons import PersonInText, is_almost, persons
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages
from mailer.checks.reading.texts.rare import RarePattern
from mailer.languages import LANGUAGES

WHY = _("A newsroom prints one of the two, and whoever bears the other complains.")
SOURCE = sources.PRACTICE

_TITLE = r"M\.|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Dre|Pr\.?|Pre|Prof\.?|Professor|Professeure?|Doctor|Docteure?"
_FUNCTIONS = [
    (name, words)
    for language in LANGUAGES
    if language.phrases
    for name, words in language.phrases.functions.items()
]
_LINK = r",[ \u00a0]+(?:(?:l[ea]|the)[ \u00a0]+(?:[\w-]+[’']s[ \u00a0]+)?|l[’'])?"
_ANY = f"(?i:{'|'.join(words for _name, words in _FUNCTIONS)})"
_HAS_BEHIND, _HAS = re.compile(_LINK + _ANY), re.compile(_ANY)
"""What stands behind or before a name with any function: few names have one."""
_BEHIND = [(name, RarePattern(rf"{_LINK}(?i:{words})(?![\w-])")) for name, words in _FUNCTIONS]
_BEFORE = [
    (
        name,
        RarePattern(
            rf"(?<![\w-])(?i:{words})(?:[ \u00a0][^.;:!?\n,]{{0,40}},|,)?[ \u00a0](?:(?:{_TITLE})[ \u00a0])?\Z"
        ),
    )
    for name, words in _FUNCTIONS
]
"""A function before the name: `chief executive Ann Low`, `the chair of the Trust, Ann Low`."""
_TITLED = re.compile(rf"(?<![\w-])(?P<title>{_TITLE})[ \u00a0]\Z")
_TITLES = {"dr": "doctor", "do": "doctor", "pr": "professor", "m": "man", "m.": "man", "mr": "man", "mm": "woman", "ml": "woman", "ms": "woman"}  # fmt: skip
"""What a title makes of a person, by its first two letters; of `Mrs` by three."""
_REACH = 80
_BOTH = re.compile(r"[^.;!?\n]{0,60}\b(?:et|and)\b")
_FORMER = re.compile(r"(?i)\b(?:ancien(?:ne)?|former(?:ly)?|ex|then|alors|puis|futur\w*|next)\b")


_MOST = 60
"""How many people of one text are compared."""


class _PersonAs(NamedTuple):
    """A person with the function that stands behind the name."""

    person: PersonInText
    function: str
    words: str
    start: int


def check(draft: Draft) -> Findings:
    """Yield a note for a person who is first, say, the president and then the secretary, or first
    a doctor and then a professor.
    """
    for passage in messages(draft):
        first: list[_PersonAs] = []
        every = (*_told(passage), *_told_before(passage), *_titled(passage))
        for told in every if passage.part is PassagePart.TEXT else ():
            kind = told.function in _TITLES.values()
            other = next(
                (
                    it
                    for it in first[-_MOST:]
                    if (it.function in _TITLES.values()) == kind
                    and _is_one(passage, it.person, told.person)
                ),
                None,
            )
            first.append(told)
            if other and other.function != told.function and not _may_be_both(other, told):
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
        if not person.first or not _HAS_BEHIND.match(passage.text, end):
            continue
        found = [
            (it, name) for name, pattern in _BEHIND if (it := pattern.match(passage.text, end))
        ]
        if not found:
            continue
        longest, function = max(found, key=lambda each: each[0].end())
        beside = passage.text[longest.end() : longest.end() + 60]
        if not (_BOTH.match(beside.split(",")[0]) or _FORMER.search(passage.sentence_at(end))):
            words = f"{person.name}{longest[0]}"
            yield _PersonAs(person, function, words, person.start)


def _told_before(passage: Passage) -> Iterator[_PersonAs]:
    """Yield the people whose function stands before their name."""
    for person in persons(passage):
        before = passage.text[max(0, person.start - _REACH) : person.start]
        if not person.first or not _HAS.search(before) or _FORMER.search(before):
            continue
        found = [(it, name) for name, pattern in _BEFORE if (it := pattern.search(before))]
        if found:
            longest, function = min(found, key=lambda each: each[0].start())
            yield _PersonAs(person, function, f"{longest[0]}{person.name}", person.start)


def _titled(passage: Passage) -> Iterator[_PersonAs]:
    """Yield the people who have a title before their name, as what it makes of them."""
    for person in persons(passage):
        found = _TITLED.search(passage.text, max(0, person.start - 12), person.start)
        title = found["title"].lower() if found else ""
        if person.first and found:
            what = "woman" if title.startswith("mrs") else _TITLES[title[:2]]
            yield _PersonAs(person, what, f"{found['title']} {person.name}", person.start)


def _may_be_both(one: _PersonAs, other: _PersonAs) -> bool:
    """Return whether one title leaves the other open: a doctor is a man or a woman."""
    of_both = {one.function, other.function}
    return len(of_both & {"man", "woman"}) == 1 and bool(of_both & {"doctor", "professor"})


def _is_one(passage: Passage, one: PersonInText, other: PersonInText) -> bool:
    """Return whether two names are one person's, and nobody is asked whether they are two people's."""
    return one.name == other.name or (is_almost(one, other) and not is_meant(passage, one, other))
