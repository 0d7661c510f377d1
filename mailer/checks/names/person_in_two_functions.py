"""Is each person one thing in their body?"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.names.person_named_otherwise import may_be_one_person
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
_ANY_AFTER, _ANY_BEFORE = re.compile(_LINK + _ANY), re.compile(_ANY)
"""Quick tests for any function after or before a name, because few names have one."""
_AFTER = [(name, RarePattern(rf"{_LINK}(?i:{words})(?![\w-])")) for name, words in _FUNCTIONS]
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
"""How many characters before a name may hold its function."""
_BOTH = re.compile(r"[^.;!?\n]{0,60}\b(?:et|and)\b")
_FORMER = re.compile(r"(?i)\b(?:ancien(?:ne)?|former(?:ly)?|ex|then|alors|puis|futur\w*|next)\b")
_MAX_PEOPLE = 60
"""How many people of one text are compared."""


class _PersonAs(NamedTuple):
    """A person with a function, or with what a title says of them, and the words of the text.

    `function` is the name of the function, or one of the values of `_TITLES`.
    """

    person: PersonInText
    function: str
    words: str
    start: int

    @property
    def is_by_title(self) -> bool:
        return self.function in _TITLES.values()


def check(draft: Draft) -> Findings:
    """Yield a note for a person who is the president in one place and the secretary in another, or
    a doctor and a professor.
    """
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        for one, earlier in _in_two_functions(passage):
            yield note(
                passage.at(one.start),
                what=_(
                    "“{words}” here, and “{other}” before.", words=one.words, other=earlier.words
                ),
                why=WHY,
                remedy=_("Write what the person is in both, or say that they are both."),
            )


def _in_two_functions(passage: Passage) -> Iterator[tuple[_PersonAs, _PersonAs]]:
    """Yield each person with another function, or title, than before, and the earlier one."""
    known: list[_PersonAs] = []
    for one in (*_function_after(passage), *_function_before(passage), *_titled(passage)):
        earlier = next(
            (
                each
                for each in known[-_MAX_PEOPLE:]
                if each.is_by_title == one.is_by_title
                and _is_same_person(passage, each.person, one.person)
            ),
            None,
        )
        known.append(one)
        if earlier and earlier.function != one.function and not _may_be_both(earlier, one):
            yield one, earlier


def _function_after(passage: Passage) -> Iterator[_PersonAs]:
    """Yield the people whose function follows their name; of several that fit, the longest one."""
    for person in persons(passage):
        end = person.start + len(person.name)
        if not person.first or not _ANY_AFTER.match(passage.text, end):
            continue
        found = [(it, name) for name, pattern in _AFTER if (it := pattern.match(passage.text, end))]
        if not found:
            continue
        longest, function = max(found, key=lambda each: each[0].end())
        beside = passage.text[longest.end() : longest.end() + 60]
        if not (_BOTH.match(beside.split(",")[0]) or _FORMER.search(passage.sentence_at(end))):
            words = f"{person.name}{longest[0]}"
            yield _PersonAs(person, function, words, person.start)


def _function_before(passage: Passage) -> Iterator[_PersonAs]:
    """Yield the people whose function stands before their name; of several, the longest one."""
    for person in persons(passage):
        before = passage.text[max(0, person.start - _REACH) : person.start]
        if not person.first or not _ANY_BEFORE.search(before) or _FORMER.search(before):
            continue
        found = [(it, name) for name, pattern in _BEFORE if (it := pattern.search(before))]
        if found:
            longest, function = min(found, key=lambda each: each[0].start())
            yield _PersonAs(person, function, f"{longest[0]}{person.name}", person.start)


def _titled(passage: Passage) -> Iterator[_PersonAs]:
    """Yield the people with a title before their name: a man, a woman, a doctor or a professor."""
    for person in persons(passage):
        found = _TITLED.search(passage.text, max(0, person.start - 12), person.start)
        title = found["title"].lower() if found else ""
        if person.first and found:
            what = "woman" if title.startswith("mrs") else _TITLES[title[:2]]
            yield _PersonAs(person, what, f"{found['title']} {person.name}", person.start)


def _may_be_both(one: _PersonAs, other: _PersonAs) -> bool:
    """Return whether two titles go together, as a doctor may be a man or a woman."""
    functions = {one.function, other.function}
    return len(functions & {"man", "woman"}) == 1 and bool(functions & {"doctor", "professor"})


def _is_same_person(passage: Passage, one: PersonInText, other: PersonInText) -> bool:
    """Return whether two names are one person's, and `person-named-otherwise` asks nothing of them."""
    if one.name == other.name:
        return True
    return is_almost(one, other) and not may_be_one_person(passage, one, other)
