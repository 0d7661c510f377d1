"""Does a text give one figure for one thing?"""

import re
from collections import defaultdict
from dataclasses import replace
from itertools import combinations

from mailer.checks import sources
from mailer.checks.check import Draft, Finding, Findings, _, note
from mailer.checks.reading.quantities.figures import FigureInText, figures
from mailer.checks.reading.quantities.measures import measures
from mailer.checks.reading.quantities.numbers import NUMBER, value_of
from mailer.checks.reading.quantities.omitted_nouns import bare_figures
from mailer.checks.reading.quantities.referred_counts import counts_that_disagree, is_accounted_for
from mailer.checks.reading.quantities.summaries import told_otherwise_in_summary
from mailer.checks.reading.quantities.told_parts import (
    is_told_part,
    parts_that_disagree,
    units_told_again,
)
from mailer.checks.reading.quantities.transposed import transposed_numbers
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages
from mailer.checks.reading.texts.rare import RarePattern
from mailer.render.markdown.press_blocks.words import folded

WHY = _("Two figures for one thing: a newsroom prints the wrong one, or neither.")
SOURCE = sources.FACTS

_COMPARED = matches(in_any_language(lambda phrases: phrases.compared))
_EACH_TIME = matches(in_any_language(lambda phrases: phrases.each_time))
_AT_LEAST = re.compile(rf"{in_any_language(lambda phrases: phrases.at_least)}\s+\Z")
_ABOUT = re.compile(rf"{in_any_language(lambda phrases: phrases.about)}\s+\Z")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ITEM = re.compile(r"\s*(?:[-*•|]|\d+[.)])\s")
_BEGINS_ITEM = re.compile(r"[\s*•–—|-]*[A-ZÀ-Þ\d]")
_PART = matches(in_any_language(lambda phrases: phrases.part_of))
_FURTHER = re.compile(r"[,;–—][ \u00a0](?:and|et)\b")
"""Begins a clause that says something else: `, and each runner …`."""
_BEFORE = 60
"""In signs: how far before a figure stands what makes it a rounded one."""
_NUMBER = RarePattern(rf"(?<![\w.,])(?:{NUMBER})(?!\w)")
_YEARS = range(1900, 2101)
_ROUNDED = 0.1
_EXACT, _THOUSAND = 0.025, 1000
"""A large number with two noughts at least may be rounded by so much."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_MOST_COMPARED = 40
"""With how many figures of one thing another one is compared, so that no text takes for ever."""
_MOST = 8
"""How many figures of one thing are added up."""


def check(draft: Draft) -> Findings:
    """Yield a note for a second figure of a thing that the same text has counted otherwise.

    Those that are compared, that belong to different years or parts, or stand in one sentence,
    and rounded ones, do not contradict each other. A figure with an article refers to one before,
    unless it is the sum of several.
    """
    for passage in messages(draft):
        every = list(figures(passage)) if passage.part is PassagePart.TEXT else []
        found = [*_of_one_noun(passage, every), *_without_noun(passage, every)]
        yield from found
        if passage.part is PassagePart.TEXT:
            yield from _referred(passage, draft.now.year, {it.where.line for it in found})


def _referred(passage: Passage, year: int, lines: set[int]) -> Findings:
    """Yield a note for a number of what has been spoken of, on lines without another one."""
    for told in (
        *(
            it
            for it in counts_that_disagree(passage.text, year=year)
            if not is_told_part(passage.text, it.start)
        ),
        *transposed_numbers(passage.text),
        *parts_that_disagree(passage.text),
        *units_told_again(passage.text),
        *told_otherwise_in_summary(passage.text),
    ):
        if passage.at(told.start).line not in lines:
            lines.add(passage.at(told.start).line)
            yield note(
                passage.at(told.start),
                what=_("“{words}” here, and “{other}” before.", words=told.words, other=told.other),
                why=WHY,
                remedy=_("Write the right figure in both, or say what each counts."),
            )


def _of_one_noun(passage: Passage, every: list[FigureInText]) -> Findings:
    known: dict[str, list[FigureInText]] = defaultdict(list)
    numbers: dict[str, set[str]] = defaultdict(set)
    small = _small_counts(passage) if every else {}
    for figure in every:
        before = known[figure.kind]
        first = None
        if not _is_sum(before, figure, small.get(figure.noun, [])):
            first = next((it for it in before if _disagree(passage, it, figure)), None)
            first = first or _meant(passage, before, figure)
        is_known = figure.number in numbers[figure.kind]
        numbers[figure.kind].add(figure.number)
        if len(before) < _MOST_COMPARED:
            before.append(figure)
        if (
            first
            and not is_known
            and not _is_one_of_parts(passage, every, figure, first)
            and not is_told_part(passage.text, figure.start)
            and figure.number not in _numbers_beside(passage, first)
            and not is_accounted_for(
                passage.text, figure.start, int(figure.number), int(first.number)
            )
        ):
            yield _finding(passage, figure, first)


def _numbers_beside(passage: Passage, first: FigureInText) -> set[str]:
    """Return the other numbers of the sentence of a figure: they are of its parts."""
    sentence = passage.sentence_at(first.start)
    return {f"{value_of(it):.0f}" for it in _NUMBER.findall(sentence)} - {first.number}


def _without_noun(passage: Passage, every: list[FigureInText]) -> Findings:
    """Yield a note for `Sur les 58, …` where nothing before has that number."""
    for bare in bare_figures(passage):
        before = [it for it in every if it.start < bare.start and int(it.number) not in _YEARS]
        last = before[-1] if before else None
        told = re.compile(rf"(?<!\d){bare.number}(?!\d)").search(passage.text, 0, bare.start)
        numbers = {int(it.number) for it in before}
        sums = (sum(some) for n in (2, 3) for some in combinations(sorted(numbers)[:_MOST], n))
        if last and not told and bare.number not in {*numbers, *sums}:
            yield _finding(passage, replace(last, number=str(bare.number), start=bare.start), last)


def _finding(passage: Passage, figure: FigureInText, first: FigureInText) -> Finding:
    return note(
        passage.at(figure.start),
        what=_(
            "{number} {word} here, and {other} before.",
            number=figure.number,
            word=figure.counted,
            other=first.number,
        ),
        why=WHY,
        remedy=_("Write the right figure in both, or say what each counts."),
    )


def _small_counts(passage: Passage) -> dict[str, list[int]]:
    """Return the numbers below ten of each thing, which count in a sum."""
    small: dict[str, list[int]] = defaultdict(list)
    for measure in measures(passage):
        if measure.of.startswith("# "):
            small[measure.of.removeprefix("# ")].append(int(measure.value))
    return small


def _is_sum(before: list[FigureInText], figure: FigureInText, small: list[int]) -> bool:
    """Return whether a figure adds up some of those before it, and of the small ones."""
    numbers = [*(int(it.number) for it in before), *small]
    some = (each for count in (2, 3) for each in combinations(numbers[:_MOST], count))
    return len(numbers) > 1 and int(figure.number) in {sum(numbers), *map(sum, some)}


def _is_one_of_parts(
    passage: Passage, every: list[FigureInText], figure: FigureInText, whole: FigureInText
) -> bool:
    """Return whether a figure and another one of its sentence add up to the one before."""
    sentence = passage.sentence_at(figure.start)
    rest = int(whole.number) - int(figure.number)
    others = (it for it in every if it.noun == figure.noun and int(it.number) == rest)
    return any(passage.sentence_at(it.start) == sentence for it in others)


def _meant(
    passage: Passage, before: list[FigureInText], figure: FigureInText
) -> FigureInText | None:
    """Return the figure that a definite one refers to without repeating it: `les 46 places`."""
    is_told = any(it.number == figure.number for it in before)
    if not figure.is_definite or figure.is_part or is_told:
        return None
    limits = _WORD.findall(figure.of)[-1:]
    if figure.of and not (limits and all(limits[0] in _told(passage, it) for it in before[:_MOST])):
        return None
    sentence = passage.sentence_at(figure.start)
    if _COMPARED.search(_EACH_TIME.sub(" ", _item(passage, figure, sentence))):
        return None
    for it in before:
        other = passage.sentence_at(it.start)
        clause = _FURTHER.split(_PART.sub(" ", other), maxsplit=1)[0]
        is_apart = other == sentence or it.is_part or _COMPARED.search(clause)
        differs_in_year = set(_YEAR.findall(other)) != set(_YEAR.findall(sentence))
        if not (is_apart or it.of or (differs_in_year and _YEAR.search(sentence))):
            rounded = _may_be_one(passage, it, figure) or _may_be_one(passage, figure, it)
            return None if rounded else it
    return None


def _item(passage: Passage, figure: FigureInText, sentence: str) -> str:
    """Return the line of a figure where its sentence is a list of lines; else the sentence."""
    lines = sentence.strip().split("\n")
    if len(lines) < 2 or not all(_BEGINS_ITEM.match(line) for line in lines):
        return sentence
    start = passage.text.rfind("\n", 0, figure.start) + 1
    return passage.text[start:].partition("\n")[0]


def _told(passage: Passage, figure: FigureInText) -> list[str]:
    """Return the words of the sentence of a figure, folded."""
    return _WORD.findall(folded(passage.sentence_at(figure.start)))


def _disagree(passage: Passage, one: FigureInText, other: FigureInText) -> bool:
    sentences = [passage.sentence_at(it.start) for it in (one, other)]
    is_crowd = other.counted_anew and one.kind == other.kind and one.noun != other.noun
    is_of_year = is_crowd and {*_YEAR.findall(sentences[0])} == {*_YEAR.findall(sentences[1])}
    is_one = (one.noun, one.of) == (other.noun, other.of) and not one.counted_anew
    if one.number == other.number or not (
        is_one or (is_of_year and _YEAR.search(sentences[0]) and not one.of)
    ):
        return False
    if sentences[0] == sentences[1] or any(map(_COMPARED.search, sentences)):
        return False
    first, second = (set(_YEAR.findall(sentence)) for sentence in sentences)
    if second and first != second:
        return False
    if all(_ITEM.match(_line(passage, it)) for it in (one, other)):
        return False
    return not _may_be_one(passage, one, other) and not _may_be_one(passage, other, one)


def _may_be_one(passage: Passage, rounded: FigureInText, exact: FigureInText) -> bool:
    """Return whether the first figure is a rounded form of the second."""
    before = passage.text[max(0, rounded.start - _BEFORE) : rounded.start]
    least, number = int(rounded.number), int(exact.number)
    if _AT_LEAST.search(before) and number >= least:
        return True
    if least >= _THOUSAND and least % 100 == 0 and abs(number - least) <= _EXACT * least:
        return True
    return bool(_ABOUT.search(before)) and abs(number - least) <= _ROUNDED * least


def _line(passage: Passage, figure: FigureInText) -> str:
    return passage.text[passage.text.rfind("\n", 0, figure.start) + 1 : figure.start]
