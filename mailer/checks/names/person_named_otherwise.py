"""Is every person called by one name within a text?"""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.bodies import bodies
from mailer.checks.reading.phrases import in_any_language
from mailer.checks.reading.prose import ARTICLE, PassagePart, messages
from mailer.checks.reading.unquoted import without_quotations
from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.words import folded

WHY = _("Names are sacred to whoever bears them, and a desk asks whether these are two.")
SOURCE = sources.PRACTICE

_PART = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿœ’'-]*[a-zà-öø-ÿœ](?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿœ]+)?"
# The last name is looked ahead for, so that `Selon Claire Delmas` is found by its second word too.
_PERSON = re.compile(rf"(?<![\w’'-])({_PART})(?=[ \u00a0]+({_PART})(?![\w-]))")
_BODIES = (
    f"(?i:{language.release.institution}|{language.release.street}|{language.phrases.other_bodies})"
    for language in LANGUAGES
    if language.release and language.phrases
)
_OTHER = re.compile("|".join((ARTICLE, *_BODIES)))
_MEASURED = re.compile(in_any_language(lambda phrases: phrases.measured))
_SLIP = 0.8
_TWO_SLIPS = 0.75
"""How alike each part is where both differ, or a last name whose first name is the same."""
_LETTERS = 2
_SHORTEST = 4


class PersonInText(NamedTuple):
    """A first and a last name as a text has them."""

    first: str
    last: str


def check(draft: Draft) -> Findings:
    """Yield a note for a name that is almost that of somebody whom the text has named before.

    They may be two people all the same: of one family, for instance.
    """
    for passage in messages(draft):
        known: list[PersonInText] = []
        text = without_quotations(passage.text) if passage.part is PassagePart.TEXT else ""
        spans = [(body.start, body.end) for body in bodies(passage)] if text else []
        for found in _PERSON.finditer(text):
            if any(start <= found.start() < end for start, end in spans):
                continue
            person = PersonInText(found[1], found[2])
            if any(_OTHER.fullmatch(part) or _MEASURED.fullmatch(part) for part in person):
                continue
            other = next((each for each in known if _is_almost(each, person)), None)
            if person not in known and other:
                yield note(
                    passage.at(found.start()),
                    what=_(
                        "“{words}” and “{name}”: are these two people, or one?",
                        words=" ".join(person),
                        name=" ".join(other),
                    ),
                    why=WHY,
                    remedy=_("Ask how the name is written, and write it so everywhere."),
                )
            known.append(person)


def _is_almost(one: PersonInText, other: PersonInText) -> bool:
    """Return whether one part is the same and the other a slip, in letters or accents."""
    same = [folded(first) == folded(second) for first, second in zip(one, other, strict=True)]
    if all(same):
        return one != other and " ".join(one).casefold() != " ".join(other).casefold()
    if not any(same):
        return all(_is_slip(*pair, _TWO_SLIPS) for pair in zip(one, other, strict=True))
    is_of_family = not same[0]  # `Jean` and `Jeanne` may be of one family
    first, second = (person[same.index(False)] for person in (one, other))
    return _is_slip(first, second, _SLIP if is_of_family else _TWO_SLIPS) and (
        not is_of_family or abs(len(first) - len(second)) <= 1
    )


def _is_slip(one: str, other: str, least: float) -> bool:
    first, second = folded(one), folded(other)
    return (
        min(len(first), len(second)) >= _SHORTEST
        and abs(len(first) - len(second)) <= _LETTERS
        and SequenceMatcher(None, first, second).ratio() >= least
    )
