"""Find what a headline says of a number, a day, a length or a share, and its text otherwise."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.figures import figures
from mailer.checks.reading.quantities.measures import measures
from mailer.checks.reading.quantities.numbers import NUMBER, value_of
from mailer.checks.reading.quantities.opposites import opposites
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.datelines import is_dateline, is_day_of_issue
from mailer.checks.reading.times.dates import mentions
from mailer.checks.reading.times.hours import hours
from mailer.checks.reading.times.lengths import length_otherwise
from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mailer.checks.reading.texts.prose import Passage

_HEADLINE = re.compile(r"^[ \t]{0,3}#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_COMPARED = matches(in_any_language(lambda phrases: phrases.compared))
_EACH_TIME = matches(in_any_language(lambda phrases: phrases.each_time))
_PART = matches(in_any_language(lambda phrases: phrases.part_of))
_LIMIT = re.compile(rf"{in_any_language(lambda phrases: phrases.limit)}\s*\Z")
_ROUNDED = re.compile(
    rf"(?:{in_any_language(lambda phrases: phrases.about)}|{in_any_language(lambda phrases: phrases.at_least)})\s+\Z"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FRACTIONS = {
    words: share
    for language in LANGUAGES
    if language.phrases
    for words, share in language.phrases.fractions.items()
}
_FRACTION = RarePattern(
    rf"(?i)(?<!\w)(?P<share>{'|'.join(sorted(_FRACTIONS, key=len, reverse=True)) or '(?!)'})[ \u00a0]"
    r"(?:of|des|de|du|d[’'])[ \u00a0]?(?:(?:the|les|la|our|nos)[ \u00a0])?(?P<noun>[^\W\d_]{4,})",
)
_OF_WHOLE = RarePattern(
    rf"(?i:\bof|\bamong|\bsur|\bparmi)[ \u00a0](?:(?i:the|our|its|les|ses|nos)[ \u00a0])?(?P<whole>{NUMBER})[ \u00a0](?P<noun>[^\W\d_]{{4,}})[^.;:%()\d\n]{{0,50}}?,[ \u00a0](?P<part>{NUMBER})(?=[ \u00a0][^\W\d_])",
)
_BY_FRACTION = RarePattern(
    rf"(?i)(?<!\w)(?:by|du|de|d[’'])[ \u00a0]?(?P<share>{'|'.join(sorted({each.removeprefix('le ') for each in _FRACTIONS}, key=len, reverse=True)) or '(?!)'})(?!\w)(?![ \u00a0](?:of|des?|du|d[’']))",
)
_FALLS = matches(
    f"{in_any_language(lambda phrases: phrases.falls)}|{in_any_language(lambda phrases: phrases.rises)}"
)
_FRACTION_MARGIN = 4
_NUMBER = RarePattern(rf"(?<![\w.,])(?:{NUMBER})(?!\w)")
_BEFORE_THAT = re.compile(r"\b(?i:had|avai(?:t|ent))\b")
_HYPHENED = re.compile(rf"(?<![\w.,:/-])(?P<number>{NUMBER})-(?P<noun>[a-z]{{3,}})(?![\w-])")
"""`a 24-bed ward`."""
_MEASURED = re.compile(in_any_language(lambda phrases: phrases.measured))
_BY_CHANCE = re.compile(in_any_language(lambda phrases: phrases.shared_by_chance))
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_HOURS_APART = 3 * 60
_NO_SIZE = frozenset({"%", "min", "capacity"})
_ALIKE = 2
_EXACT, _THOUSAND = 0.025, 1000
"""A headline may round a large number by so much."""
_MOST = 8
_NEAR = 21
_PERIOD = 30
_SHARE_MARGIN = 0.05


class _Count(NamedTuple):
    thing: str
    value: float
    words: str
    start: int


def headline_otherwise(passage: Passage, written_on: date) -> Iterator[ToldTwice]:
    """Yield what the text below a headline says once, and otherwise than the headline.

    A number, a day or a sum that the text also gives, or adds up to, contradicts nothing.
    """
    headline = _HEADLINE.search(passage.text)
    if headline is None:
        return
    yield from _counts(passage, headline, written_on.year)
    yield from _days(passage, headline, written_on)
    yield from _shares(passage, headline)
    yield from _percents(passage, headline)
    yield from _hours(passage, headline)
    yield from opposites(headline[1], without_quotations(passage.text))
    if found := length_otherwise(headline[1], passage, headline.end()):
        yield ToldTwice(found.period, found.words, found.start)


def _is_limit(text: str, start: int) -> bool:
    return _LIMIT.search(text, max(0, start - _PERIOD), start) is not None


def _counts(passage: Passage, headline: re.Match[str], year: int) -> Iterator[ToldTwice]:
    every = sorted(_every(passage), key=lambda it: it.start)
    announced = [it for it in every if headline.start() <= it.start < headline.end()]
    for told in announced[:_MOST]:
        body = [it for it in every if it.thing == told.thing and it.start >= headline.end()]
        values = [it.value for it in body][:_MOST]
        sums = {sum(some) for n in range(2, 4) for some in combinations(values, n)} | {sum(values)}
        if (
            body
            and told.value not in {*values, *sums}
            and _contradicts(passage, told, body[0], year)
        ):
            yield ToldTwice(body[0].words, told.words, body[0].start)


def _every(passage: Passage) -> Iterator[_Count]:
    """Yield the counts, sums and sizes of a text, each with what it is of."""
    for figure in figures(passage):
        words = f"{figure.number} {figure.counted}"
        yield _Count(figure.kind, int(figure.number), words, figure.start)
    for found in _HYPHENED.finditer(without_quotations(passage.text)):
        if not _MEASURED.fullmatch(found["noun"]):
            words, noun = found[0], folded(found["noun"]).rstrip("sx")
            yield _Count(noun, value_of(found["number"]), words, found.start())
    for measure in measures(passage):
        if measure.of.startswith("# "):
            thing = measure.of.removeprefix("# ")
            yield _Count(thing, measure.value, measure.words, measure.start)
        elif measure.of not in _NO_SIZE and not (measure.is_duration or measure.is_sure):
            yield _Count(measure.of, measure.value, measure.words, measure.start)


def _contradicts(passage: Passage, told: _Count, other: _Count, year: int) -> bool:
    low, high = sorted((told.value, other.value))
    is_rounded = low >= _THOUSAND and high - low <= _EXACT * high
    if high > _ALIKE * low or is_rounded:
        return False
    if any(_may_be_about(passage, it, against) for it, against in ((told, other), (other, told))):
        return False
    sentence = _EACH_TIME.sub(" ", passage.sentence_at(other.start).split(_blank(passage), 1)[-1])
    others = {int(it) for it in _YEAR.findall(sentence)} - {year, year + 1}
    rest = told.value - other.value
    if rest in {value_of(it) for it in _NUMBER.findall(sentence)} or _BEFORE_THAT.search(sentence):
        return False
    return not (others or _COMPARED.search(sentence) or _PART.search(sentence))


def _blank(passage: Passage) -> str:
    """Return the headline, which may stand in one sentence with what is below it."""
    found = _HEADLINE.search(passage.text)
    return found[0] if found else "\0"


def _may_be_about(passage: Passage, rounded: _Count, exact: _Count) -> bool:
    before = passage.text[max(0, rounded.start - 40) : rounded.start]
    return bool(_ROUNDED.search(before)) and abs(rounded.value - exact.value) <= 0.1 * exact.value


def _days(passage: Passage, headline: re.Match[str], written_on: date) -> Iterator[ToldTwice]:
    every = sorted(mentions(passage.text, passage.language), key=lambda it: it.start)
    head = [it for it in every if headline.start() <= it.start < headline.end()]
    body = [
        it
        for it in every
        if it.start >= headline.end()
        and not is_dateline(passage, it)
        and not is_day_of_issue(passage, it)
    ]
    if len(head) != 1 or not body or _is_limit(passage.text, head[0].start):
        return
    told, days = head[0].near(written_on), {it.near(written_on) for it in body}
    first = body[0].near(written_on)
    if told is None or first is None or told in days or not 0 < abs((first - told).days) <= _NEAR:
        return
    day = re.compile(rf"(?<!\d){head[0].day}(?:er|st|nd|rd|th)?(?!\d)")
    if any(day.search(passage.text, max(0, it.start - _PERIOD), it.start) for it in body):
        return
    if not _is_limit(passage.text, body[0].start):
        yield ToldTwice(body[0].words, head[0].words, body[0].start)


def _shares(passage: Passage, headline: re.Match[str]) -> Iterator[ToldTwice]:
    told = _FRACTION.search(headline[1])
    if told is None:
        return
    share, noun = _FRACTIONS[told["share"].lower()], folded(told["noun"]).rstrip("sx")
    for found in _OF_WHOLE.finditer(without_quotations(passage.text), headline.end()):
        part, whole = value_of(found["part"]), value_of(found["whole"])
        is_same = folded(found["noun"]).rstrip("sx") == noun and 0 < part < whole
        if is_same and all(abs(part / whole - it) > _SHARE_MARGIN for it in (share, 1 - share)):
            counts = f"{found['part']} / {found['whole']}"
            yield ToldTwice(counts, told[0], found.start())
        return


def _percents(passage: Passage, headline: re.Match[str]) -> Iterator[ToldTwice]:
    """Yield the only share of a text that is not the only one of its headline, of one thing."""
    every = [
        *((it.value, it.words, it.start) for it in measures(passage) if it.of == "%"),
        *_fractions(without_quotations(passage.text)),
    ]
    head = [it for it in every if headline.start() <= it[2] < headline.end()]
    below = [it for it in every if it[2] >= headline.end()]
    if len(head) != 1 or len(below) != 1:
        return
    (value, words, _start), (other, said, start) = head[0], below[0]
    sentence = passage.sentence_at(start).replace(headline[0], " ")
    shared = _roots(headline[1]) & _roots(sentence)
    both_fall = all(_FALLS.search(it) for it in (headline[1], sentence))
    is_about = said.lower() in _FRACTIONS and abs(value - other) <= _FRACTION_MARGIN
    is_same = shared or both_fall
    if abs(value - other) > 1 and is_same and not is_about and not _COMPARED.search(sentence):
        yield ToldTwice(said, words, start)


def _fractions(text: str) -> Iterator[tuple[float, str, int]]:
    """Yield the shares by which something has changed that are told in words: `du quart`."""
    for found in _BY_FRACTION.finditer(text):
        words = found["share"].lower()
        share = next(it for each, it in _FRACTIONS.items() if each.endswith(words))
        yield 100 * share, found[0], found.start("share")


def _roots(words: str) -> set[str]:
    every = (it for it in _LONG_WORD.findall(words) if not _BY_CHANCE.fullmatch(it))
    return {folded(it).rstrip("sx") for it in every}


def _hours(passage: Passage, headline: re.Match[str]) -> Iterator[ToldTwice]:
    """Yield the first hour of a text that never gives the only hour of its headline."""
    told = list(hours(headline[1]))
    body = list(hours(without_quotations(passage.text)[headline.end() :]))
    if len(told) != 1 or not body or told[0].at in {it.at for it in body}:
        return
    one, other = (it.at.hour * 60 + it.at.minute for it in (told[0], body[0]))
    start = headline.end() + body[0].start
    if abs(one - other) <= _HOURS_APART and not _is_limit(passage.text, start):
        words = [
            " ".join(passage.text[start : headline.end() + body[0].end].split()),
            " ".join(headline[1][told[0].start : told[0].end].split()),
        ]
        yield ToldTwice(words[0], words[1], start)
