"""Find a number of things whose digits are those of another one of the same things: `412`, `421`."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.counts import thing_of
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.prose import BLANK
from mailer.checks.reading.texts.sentences import sentences
from mailer.checks.reading.texts.unquoted import without_quotations

if TYPE_CHECKING:
    from collections.abc import Iterator

_GAP = r"[ \u00a0\u202f\n]+"
_NUMBERED = re.compile(
    rf"(?<![\w.,:/€£$-])(?P<number>\d{{1,3}}(?:[ \u00a0\u202f,]\d{{3}}(?!\d))+|\d{{2,6}}){_GAP}"
    rf"(?P<words>[^\W\d_]{{3,}}(?:{_GAP}[^\W\d_]{{3,}}){{0,2}})"
    rf"(?:{_GAP}{in_any_language(lambda phrases: phrases.limits)}{_GAP}(?P<of>[^\W\d_]+))?"
)
_COMPARED = matches(in_any_language(lambda phrases: phrases.instead_of))
_MEASURED = re.compile(in_any_language(lambda phrases: phrases.measured))
_ADJECTIVE = in_any_language(lambda phrases: phrases.counted_with)
_THINGS = re.compile(
    rf"(?!(?:{_ADJECTIVE})\Z)(?:[^\W\d_]{{2,}}[sx]|{in_any_language(lambda phrases: phrases.plural_without_sign)})"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEARS = range(1900, 2101)
_CLAUSE = re.compile(r"[,;:–—](?!\d)")
_ITEM = re.compile(r"[ \t]*(?:[-*•|]|\d+[.)])[ \t]")


class _NumberOf(NamedTuple):
    value: int
    things: frozenset[str]
    words: str
    start: int
    sentence: int
    years: frozenset[str]
    of: str

    @property
    def digits(self) -> str:
        """Its digits, whatever their order."""
        return "".join(sorted(str(self.value)))


def transposed_numbers(text: str) -> Iterator[ToldTwice]:
    """Yield a number of things that has the digits of another one of them, in another order.

    It is a slip of the fingers unless their clauses set the two apart; in a quotation, from three
    digits on.
    """
    told = without_quotations(text)
    numbers = (it for n, each in enumerate(sentences(text)) for it in _numbers(*each, n))
    before: dict[str, list[_NumberOf]] = defaultdict(list)
    for one in numbers:
        if len(one.digits) == 2 and told[one.start] == BLANK:
            continue
        first = next((it for it in before[one.digits] if _is_slip(one, it)), None)
        before[one.digits].append(one)
        if first:
            yield ToldTwice(one.words, first.words, one.start)


def _numbers(words: str, start: int, sentence: int) -> Iterator[_NumberOf]:
    if _ITEM.match(words):
        return
    years = frozenset(_YEAR.findall(words))
    for found in _NUMBERED.finditer(words):
        value = int(re.sub(r"\D", "", found["number"]))
        beside, *_more = nouns = found["words"].split()
        things = frozenset(thing_of(it) for it in nouns if _THINGS.fullmatch(it))
        begins = _CLAUSE.split(words[: found.start()])[-1]
        clause = f"{begins}{_CLAUSE.split(words[found.start('words') :])[0]}"
        is_other = _MEASURED.fullmatch(beside) or _COMPARED.search(clause)
        if things and value not in _YEARS and not is_other:
            upto = next(n for n, it in enumerate(nouns) if _THINGS.fullmatch(it)) + 1
            said = " ".join((found["number"], *nouns[:upto]))
            yield _NumberOf(
                value, things, said, found.start() + start, sentence, years, found["of"] or ""
            )


def _is_slip(one: _NumberOf, other: _NumberOf) -> bool:
    is_apart = one.sentence == other.sentence
    is_apart = is_apart or bool(one.years and one.years != other.years)
    is_alike = one.of[:1].isupper() == other.of[:1].isupper()  # both names, or neither
    is_apart = is_apart or bool(one.of and other.of and is_alike and one.of != other.of)
    return not is_apart and one.value != other.value and bool(one.things & other.things)
