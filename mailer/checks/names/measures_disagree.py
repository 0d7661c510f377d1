"""Does a text give one size, sum, share, duration or age for one thing?"""

import re
from collections import defaultdict

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.measures import MeasureInText, measures
from mailer.checks.reading.phrases import in_any_language, matches
from mailer.checks.reading.prose import Passage, PassagePart, messages
from mailer.render.markdown.press_blocks.words import folded

WHY = _("Two figures for one thing: a newsroom prints the wrong one, or neither.")
SOURCE = sources.FACTS

_COMPARED = matches(in_any_language(lambda phrases: phrases.compared))
_PART = matches(in_any_language(lambda phrases: phrases.part_of))
_AT_LEAST = re.compile(rf"{in_any_language(lambda phrases: phrases.at_least)}\s+\Z")
_ABOUT = re.compile(rf"{in_any_language(lambda phrases: phrases.about)}\s+\Z")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BY_CHANCE = re.compile(in_any_language(lambda phrases: phrases.shared_by_chance))
_APART = matches(in_any_language(lambda phrases: phrases.measured_apart))
_WORD = re.compile(r"[^\W\d_]{4,}")
_ROUNDED = 0.1
_ALIKE = 2
"""How many times one figure may be the other, where neither refers to what has been said."""
_SHARED, _SHARED_BY_SHARES = 2, 4
_MOST = 8
"""With how many different measures of one thing another one is compared."""


def check(draft: Draft) -> Findings:
    """Yield a note for a second measure of a thing that the same text has measured otherwise.

    A definite one refers to the one before it; others are of one thing where their sentences share
    its words. What is compared, of another year, in one sentence, or rounded contradicts nothing.
    """
    for passage in messages(draft):
        known: dict[str, list[MeasureInText]] = defaultdict(list)
        for measure in measures(passage) if passage.part is PassagePart.TEXT else ():
            before = known[measure.of]
            first = next((it for it in before if _disagree(passage, it, measure)), None)
            if first and not _is_told(before, measure):
                yield note(
                    passage.at(measure.start),
                    what=_(
                        "“{words}” here, and “{other}” before.",
                        words=measure.words,
                        other=first.words,
                    ),
                    why=WHY,
                    remedy=_("Write the right figure in both, or say what each counts."),
                )
            if len(before) < _MOST and measure.value not in (it.value for it in before):
                before.append(measure)


def _is_told(before: list[MeasureInText], measure: MeasureInText) -> bool:
    """Return whether a measure was given before, or adds up those that were."""
    values = [it.value for it in before]
    return measure.value in values or (len(values) > 1 and measure.value == sum(values))


def _disagree(passage: Passage, one: MeasureInText, other: MeasureInText) -> bool:
    if one.value == other.value or _may_be_one(passage, one, other):
        return False
    if one.is_sure:
        return True
    sentences = [passage.sentence_at(it.start) for it in (one, other)]
    if sentences[0] == sentences[1] or any(map(_sets_apart, sentences)):
        return False
    first, second = (set(_YEAR.findall(sentence)) for sentence in sentences)
    if first and second and first != second and not first & second:
        return False
    if other.is_definite and not one.is_definite:
        return True
    shared = _subjects(passage, one) & _subjects(passage, other)
    is_alike = max(one.value, other.value) <= _ALIKE * min(one.value, other.value)
    is_plain = one.of.startswith("#") or one.is_duration
    wanted = _SHARED_BY_SHARES if one.of.startswith("%") else _SHARED if is_plain else 1
    return is_alike and len(shared) >= wanted


def _sets_apart(sentence: str) -> bool:
    return bool(_COMPARED.search(sentence) or _PART.search(sentence) or _APART.search(sentence))


def _subjects(passage: Passage, measure: MeasureInText) -> set[str]:
    """Return the words of the sentence around a measure, without those of the measure."""
    sentence = passage.sentence_at(measure.start).replace(
        passage.text[measure.start : measure.end], " "
    )
    words = (it for it in _WORD.findall(sentence) if not _BY_CHANCE.fullmatch(it))
    return {folded(word).rstrip("sx") for word in words}


def _may_be_one(passage: Passage, one: MeasureInText, other: MeasureInText) -> bool:
    """Return whether one of the two is a rounded form of the other."""
    for rounded, exact in ((one, other), (other, one)):
        before = passage.text[: rounded.start]
        if _AT_LEAST.search(before) and exact.value >= rounded.value:
            return True
        if abs(exact.value - rounded.value) <= _ROUNDED * rounded.value and _ABOUT.search(before):
            return True
    return False
