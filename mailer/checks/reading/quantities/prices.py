"""Find the price of one thing told twice: `Tickets cost £12. … Tickets: £15`."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.sentences import sentences
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRICED = in_any_language(lambda phrases: phrases.priced)
_MONEY = r"(?:[£$€][ \u00a0]?(?P<a>\d+(?:[.,]\d\d)?)|(?P<b>\d+(?:[.,]\d\d)?)[ \u00a0\u202f]?(?:€|(?i:euros?|pounds?|dollars?|francs?)\b))"
_TOLD = re.compile(
    rf"(?:(?:\A|[.;:(]|,)[ \u00a0\n*_#-]*)(?:(?i:the|la|le|les|l[’'])[ \u00a0]?)?(?P<thing>{_PRICED})(?:[ \u00a0](?:de l[’']entrée|d[’']entrée|of admission))?"
    rf"[ \u00a0*_]*(?::|{in_any_language(lambda phrases: phrases.costs)})?[ \u00a0]*{_MONEY}(?![ \u00a0]?(?:to|à|–|-)[ \u00a0]?[£$€]?\d)"
)
_SUM = re.compile(_MONEY)
_ITS_PRICE = re.compile(
    rf"(?:It|They|Il|Elle|Ils|Elles)[ \u00a0]{in_any_language(lambda phrases: phrases.costs)}[ \u00a0]{_MONEY}"
)
"""The price of what the sentence before speaks of."""
_OF_SOME = matches(in_any_language(lambda phrases: phrases.compared))
_ALSO = re.compile(rf"[ \u00a0]*(?:\((?!s)|{in_any_language(lambda phrases: phrases.for_whom)}|/)")


def prices_that_disagree(text: str) -> Iterator[ToldTwice]:
    """Yield a second price of a thing, where neither says for whom it is."""
    yield from _of_things(text)
    yield from _dearer(text)
    for (before, _start), (words, start) in pairwise(sentences(text)):
        sums, told = list(_SUM.finditer(before)), _ITS_PRICE.match(words)
        if (
            told
            and len(sums) == 1
            and not _OF_SOME.search(words)
            and not _ALSO.match(words, told.end())
        ):
            first, last = (float((it["a"] or it["b"]).replace(",", ".")) for it in (sums[0], told))
            if first != last:
                yield ToldTwice(" ".join(told[0].split()), " ".join(sums[0][0].split()), start)


_REDUCED = re.compile(
    rf"{_MONEY}[^.;\d£$€\n]{{0,40}}?(?P<word>(?i:tarif réduit|réduit|demi-tarif|concessions?|reduced|half[- ]price|students?|étudiants?))[^.;\d£$€\n]{{0,12}}?(?:[£$€](?P<c>\d+(?:[.,]\d\d)?)|(?P<d>\d+(?:[.,]\d\d)?)[ \u00a0\u202f]?(?:€|euros?))"
)


def _dearer(text: str) -> Iterator[ToldTwice]:
    """Yield a reduced price that is not less than the full one, and a half that is none."""
    for found in _REDUCED.finditer(text):
        full, reduced = (
            float((found[one] or found[other]).replace(",", ".")) for one, other in ("ab", "cd")
        )
        is_half = found["word"].lower().startswith(("demi", "half"))
        if reduced >= full or (is_half and abs(2 * reduced - full) > 0.1 * full):
            words = " ".join(text[found.start("word") : found.end()].split())
            yield ToldTwice(words, f"{full:g}", found.start("word"))


def _of_things(text: str) -> Iterator[ToldTwice]:
    first: dict[str, tuple[float, str]] = {}
    for words, start in sentences(text):
        if _OF_SOME.search(words):
            continue
        for found in _TOLD.finditer(words):
            if _ALSO.match(words, found.end()):
                continue
            price = float((found["a"] or found["b"]).replace(",", "."))
            told = " ".join(found[0].strip(" .;:(,\n*_#-").split())
            known, other = first.setdefault(folded(found["thing"]).rstrip("sx"), (price, told))
            if known != price:
                yield ToldTwice(told, other, start + found.start("thing"))
