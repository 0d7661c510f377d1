"""Find ages that are not those of the year of birth beside them: `Ann Low, 62, born in 1970`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]+"
_BORN = re.compile(
    rf"(?<!\w){in_any_language(lambda phrases: phrases.born)}(?!\w)[^\d.;:()\n]{{0,40}}?"
    r"(?:\d{1,2}(?:er|st|nd|rd|th)?[ \u00a0][^\W\d_]+[ \u00a0,]*|(?<=[ \u00a0(,])|[(])(?P<year>(?:19|20)\d\d)(?!\d)"
)
_AGE = re.compile(
    rf"(?:{_CAPITAL}(?:,[ \u00a0]|[ \u00a0]\()|\b(?i:aged|at the age of|âgée?s? de)[ \u00a0]"
    r"|\b(?i:she|he|elle|il)[ \u00a0](?:is|a)[ \u00a0])"
    r"(?P<age>\d{1,3})(?:[ \u00a0](?:ans|years old))?(?=[,).]|[ \u00a0](?:is|was|est|a)\b)|(?P<old>\b\d{1,3})-year-old"
)
_AS_NAMED = re.compile(rf"{_CAPITAL}(?:,[ \u00a0]|[ \u00a0]\()\d")
"""`Ann Low, 62,`: an age of today, whatever other years the sentence names."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OF_SAME = re.compile(r"(?i)[,)\s\u00a0]*(?:(?:who|qui)[ \u00a0])?(?:(?:was|is|est)[ \u00a0])?")
_TWO = re.compile(r"(?i)\b(?:and|et|with|avec|whose|dont)\b")


def ages_that_disagree(text: str, *, year: int) -> Iterator[ToldTwice]:
    """Yield the only age of a sentence with one year of birth of which, in `year`, it is not."""
    for words, start in sentences(text):
        born, ages = list(_BORN.finditer(words)), list(_AGE.finditer(words))
        if len(born) != 1 or len(ages) != 1 or not born[0]["year"]:
            continue
        if len(_YEAR.findall(words)) > 1 and not _AS_NAMED.match(ages[0][0]):
            continue
        age = int(ages[0]["age"] or ages[0]["old"])
        between = words[min(born[0].end(), ages[0].end()) : max(born[0].start(), ages[0].start())]
        is_first = ages[0].start() < born[0].start()
        is_other = not _OF_SAME.fullmatch(between) if is_first else _TWO.search(between)
        if not is_other and not 0 <= year - int(born[0]["year"]) - age <= 1:
            group = "age" if ages[0]["age"] else "old"
            told = " ".join(words[ages[0].start() : ages[0].end()].split())
            quoted = " ".join(born[0][0].split())
            yield ToldTwice(told, quoted, start + ages[0].start(group))
