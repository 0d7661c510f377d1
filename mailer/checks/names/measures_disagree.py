"""Does a text give one size, sum, share, duration or age for one thing?"""

import re
from collections import defaultdict
from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import Draft, Finding, Findings, _, note
from mailer.checks.reading.quantities.conversions import ToldTwice, units_that_disagree
from mailer.checks.reading.quantities.measures import MeasureInText, measures
from mailer.checks.reading.quantities.opposites import free_and_paid
from mailer.checks.reading.quantities.prices import prices_that_disagree
from mailer.checks.reading.quantities.proportions import shares_that_disagree
from mailer.checks.reading.quantities.reckoned import reckoned_otherwise
from mailer.checks.reading.quantities.referred_counts import is_accounted_for
from mailer.checks.reading.quantities.sizes import sizes_that_disagree
from mailer.checks.reading.quantities.told_parts import shares_told_again
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.births import ages_that_disagree
from mailer.checks.reading.times.foundations import contradictory_ages, foundations_that_disagree
from mailer.checks.reading.times.lasting import lengths_that_disagree
from mailer.checks.reading.times.spans_told_twice import ends_that_disagree, years_that_disagree
from mailer.errors import Place
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
_SAYS = matches(in_any_language(lambda phrases: phrases.says))
_REPORTS = re.compile(in_any_language(lambda phrases: phrases.reports))
_SHORT_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 5
_HARDLY_LESS = 0.75
_WORD = re.compile(r"[^\W\d_]{4,}")
_CLAUSE_END = re.compile(r"[,;:](?!\d)")
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
            if first and not _is_told(before, measure) and not _is_some(passage, measure, first):
                yield _finding(passage.at(measure.start), measure.words, first.words)
            if len(before) < _MOST and measure.value not in (it.value for it in before):
                before.append(measure)
        if passage.part is PassagePart.TEXT:
            for age, foundation in contradictory_ages(passage, year=draft.now.year):
                yield _finding(passage.at(age.start), age.words, foundation.words)
            for found, other in foundations_that_disagree(passage):
                yield _finding(passage.at(found.start), found.words, other.words)
            for told in (
                *_told_twice(without_quotations(passage.text), draft.now.year),
                *ends_that_disagree(passage, draft.now.date()),
            ):
                yield _finding(passage.at(told.start), told.words, told.other)


def _told_twice(text: str, year: int) -> Iterator[ToldTwice]:
    """Yield what stands beside the figures of which it is another unit, share, age or price."""
    yield from units_that_disagree(text)
    yield from shares_that_disagree(text)
    yield from shares_told_again(text)
    yield from ages_that_disagree(text, year=year)
    yield from prices_that_disagree(text)
    yield from lengths_that_disagree(text)
    yield from sizes_that_disagree(text)
    yield from free_and_paid(text)
    yield from years_that_disagree(text)
    yield from reckoned_otherwise(text, year=year)


def _finding(where: Place, words: str, other: str) -> Finding:
    return note(
        where,
        what=_("“{words}” here, and “{other}” before.", words=words, other=other),
        why=WHY,
        remedy=_("Write the right figure in both, or say what each counts."),
    )


def _is_told(before: list[MeasureInText], measure: MeasureInText) -> bool:
    """Return whether a measure was given before, or adds up those that were."""
    values = [it.value for it in before]
    return measure.value in values or (len(values) > 1 and measure.value == sum(values))


def _is_some(passage: Passage, measure: MeasureInText, whole: MeasureInText) -> bool:
    """Return whether a small count may be of some of the things that were counted before."""
    is_count = measure.of.startswith("#")
    return is_count and is_accounted_for(passage.text, measure.start, measure.value, whole.value)


def _disagree(passage: Passage, one: MeasureInText, other: MeasureInText) -> bool:
    if one.value == other.value or _may_be_one(passage, one, other):
        return False
    if one.is_sure:
        return True
    return _are_of_one_time(passage, one, other) and _are_of_one_thing(passage, one, other)


def _are_of_one_time(passage: Passage, one: MeasureInText, other: MeasureInText) -> bool:
    """Return whether two sentences set nothing apart, and are not about different years."""
    sentences = [passage.sentence_at(it.start) for it in (one, other)]
    if sentences[0] == sentences[1] or any(_sets_apart(passage, it) for it in (one, other)):
        return False
    first, second = (set(_YEAR.findall(sentence)) for sentence in sentences)
    return not (first and second) or bool(first & second)


def _are_of_one_thing(passage: Passage, one: MeasureInText, other: MeasureInText) -> bool:
    """Return whether two measures have one owner, one refers to the other, or their sentences share
    their words.
    """
    is_alike = max(one.value, other.value) <= _ALIKE * min(one.value, other.value)
    if one.of == "%" and (one.owner or other.owner):
        owners = {it.owner for it in (one, other) if it.owner}
        is_one = len(owners) == 1 and all(_is_of(passage, it, *owners) for it in (one, other))
        return is_one and _says_as_much(passage, one, other)
    if one.owner and other.owner:
        return one.owner == other.owner
    if other.is_definite and not one.is_definite:
        return is_alike or (one.unit == other.unit and one.of != "year")
    shared = _subjects(passage, one) & _subjects(passage, other)
    is_plain = one.of.startswith("#") or one.is_duration
    wanted = _SHARED_BY_SHARES if one.of == "%" else _SHARED if is_plain else 1
    return is_alike and len(shared) >= wanted


def _is_of(passage: Passage, share: MeasureInText, owner: str) -> bool:
    """Return whether a share is told to be of that, or its sentence names it."""
    return share.owner == owner or (not share.owner and owner in _subjects(passage, share))


def _says_as_much(passage: Passage, one: MeasureInText, other: MeasureInText) -> bool:
    """Return whether one sentence says hardly anything of its share but what the other says."""
    if other.is_definite and not one.is_definite:
        return True
    first, second = (_said(passage, it) for it in (one, other))
    same, least = len(first & second), min(len(first), len(second))
    return same == least > 0 or (same > 1 and same >= _HARDLY_LESS * least)


def _said(passage: Passage, share: MeasureInText) -> set[str]:
    """Return the roots of the words about a share, without clauses that only report: `, dit …`."""
    first, *more = _CLAUSE_END.split(_around(passage, share))
    clauses = (first, *(clause for clause in more if not _SAYS.search(clause)))
    words = (
        word
        for clause in clauses
        for word in _SHORT_WORD.findall(clause)
        if not _REPORTS.fullmatch(word) and not _BY_CHANCE.fullmatch(word)
    )
    return {folded(word).rstrip("sx")[:_STEM] for word in words}


def _around(passage: Passage, measure: MeasureInText) -> str:
    """Return the sentence of a measure without its own words."""
    words = passage.text[measure.start : measure.end]
    return passage.sentence_at(measure.start).replace(words, " ")


def _sets_apart(passage: Passage, measure: MeasureInText) -> bool:
    """Return whether the sentence, up to the end of the measure's clause, sets it apart."""
    words = passage.text[measure.start : measure.end]
    before, _measure, after = passage.sentence_at(measure.start).partition(words)
    said = f"{before} {_CLAUSE_END.split(after)[0]}"
    return bool(_COMPARED.search(said) or _PART.search(said) or _APART.search(said))


def _subjects(passage: Passage, measure: MeasureInText) -> set[str]:
    """Return the words of the sentence around a measure."""
    words = _WORD.findall(_around(passage, measure))
    return {folded(word).rstrip("sx") for word in words if not _BY_CHANCE.fullmatch(word)}


def _may_be_one(passage: Passage, one: MeasureInText, other: MeasureInText) -> bool:
    """Return whether one of the two is a rounded form of the other."""
    for rounded, exact in ((one, other), (other, one)):
        before = passage.text[: rounded.start]
        if _AT_LEAST.search(before) and exact.value >= rounded.value:
            return True
        if abs(exact.value - rounded.value) <= _ROUNDED * rounded.value and _ABOUT.search(before):
            return True
    return False
