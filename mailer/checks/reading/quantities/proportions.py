"""Find shares that are not those of their counts: `of 200 people, 120 have one, that is 50 %`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.numbers import NUMBER, value_of
from mailer.checks.reading.texts.rare import RarePattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_N = rf"(?<![\w.,:/€£$-])(?:{NUMBER})(?![\w.,]?\d)"
_WORDS = r"[^.;:%()\d\n]"
_THE = r"(?:(?i:the|these|those|its|our|les|ces|ses|nos)[ \u00a0])?"
_AMONG = r"(?i:\bout of|\bof|\bamong|\bsur|\bparmi)"
_TOLD_ALSO = r"(?:\(|,?[ \u00a0](?:that is|which is|i\.e\.|or|soit|c[’']est-à-dire)(?!\w)|,?[ \u00a0][–—])[ \u00a0,]*(?:(?:that is|or|soit)[ \u00a0])?"
_THAT_IS = rf"[ \u00a0]*{_TOLD_ALSO}"
_ABOUT = r"(?:about|around|some|nearly|almost|roughly|just (?:over|under)|environ|près de|presque|plus de|over|more than)"
_SHARE = rf"(?:(?P<about>{_ABOUT})[ \u00a0])?(?P<share>\d{{1,3}}(?:[.,]\d{{1,2}})?)[ \u00a0\u202f]?(?:%|per ?cent\b|pour ?cent\b)"
_PATTERNS = tuple(
    # Without the blanks before it: to look for them at each of many blanks takes their square.
    RarePattern(pattern, sign=rf"{_TOLD_ALSO}{_SHARE}")
    for pattern in (
        rf"{_AMONG}[ \u00a0]{_THE}(?P<whole>{_N})[ \u00a0]{_WORDS}{{0,50}}?,[ \u00a0]{_WORDS}{{0,20}}?(?P<part>{_N})[ \u00a0]{_WORDS}{{0,60}}?{_THAT_IS}{_SHARE}",
        rf"(?P<part>{_N})[ \u00a0](?:[^\W\d_]+[ \u00a0]){{0,2}}?(?:{_AMONG}|des)[ \u00a0]{_THE}(?P<whole>{_N})[ \u00a0]{_WORDS}{{0,50}}?{_THAT_IS}{_SHARE}",
        rf"(?P<whole>{_N})[ \u00a0]{_WORDS}{{0,60}}?[.;,:][ \u00a0]{_WORDS}{{0,20}}?(?P<part>{_N})[ \u00a0](?:of (?:them|these)|d[’']entre (?:eux|elles)){_WORDS}{{0,20}}?{_THAT_IS}{_SHARE}",
    )
)
_ROUNDED, _ABOUT_SO = 1.0, 4.0
"""In points: a whole share, and one that is told to be rounded."""


def shares_that_disagree(text: str) -> Iterator[ToldTwice]:
    """Yield each share that stands beside the part and the whole of which it is another share."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            part, whole = value_of(found["part"]), value_of(found["whole"])
            share = float(found["share"].replace(",", "."))
            margin = _ABOUT_SO if found["about"] else _ROUNDED
            if 0 < part < whole and abs(100 * part / whole - share) > margin:
                counts = " / ".join(" ".join(found[it].split()) for it in ("part", "whole"))
                yield ToldTwice(f"{found['share']} %", counts, found.start("share"))
