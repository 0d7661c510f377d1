"""Find what a text says of one thing and its contrary: kept and closed, free and paid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.sentences import sentences
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEEPS = matches(in_any_language(lambda phrases: phrases.keeps))
_CLOSES = matches(in_any_language(lambda phrases: phrases.will_close))
_RISES = matches(in_any_language(lambda phrases: phrases.rises))
_FALLS = matches(in_any_language(lambda phrases: phrases.falls))
_FREE = re.compile(rf"(?<!\w)(?:{in_any_language(lambda phrases: phrases.free_entry)})(?!\w)")
_PAID = re.compile(rf"(?<!\w)(?:{in_any_language(lambda phrases: phrases.paid_entry)})[£$€]?\d+")
_FOR_WHOM = matches(in_any_language(lambda phrases: phrases.says_for_whom))
_UNSURE = matches(in_any_language(lambda phrases: phrases.set_against))
_NOT = matches(in_any_language(lambda phrases: phrases.not_needed))
_BY_CHANCE = re.compile(in_any_language(lambda phrases: phrases.shared_by_chance))
_WORD = re.compile(r"[^\W\d_]{4,}")
_FIRST, _SECOND = (
    re.compile(rf"(?i:(?<!\w)(?:{words})[ \u00a0](?P<said>[^.,;:!?\n]{{4,60}}))")
    for words in (
        r"(?:the|its|an?|la|le|sa|son|une?|[^\W\d_]+[’']s|of|d[’'])?[ \u00a0]?(?:first|premi(?:er|ère))",
        r"(?:(?:it|this|she|that) (?:is|will be)|c[’']est|il s[’']agit d[eu]|ce sera)[ \u00a0](?:the|le|la|l[’']un|du|une?)?[ \u00a0]?(?:second|third|fourth|deuxième|seconde?|troisième|quatrième)",
    )
)
_OF_ITS_KIND = re.compile(
    r"(?i)\bis (?:only )?the (?:second|third|fourth) of its kind|est (?:l[ea] )?(?:deuxième|second|seconde|troisième) (?:du genre|de ce type|de son espèce)"
)
_TWO = 2
_MOST = 6


def opposites(headline: str, text: str) -> Iterator[ToldTwice]:
    """Yield what a text below its headline says that is the contrary of it; `text` is all of it."""
    below = text.find(headline) + len(headline)
    kept, rising, falling = (it.search(headline) for it in (_KEEPS, _RISES, _FALLS))
    for words, start in sentences(text[below:]):
        for told, verb, contrary, least in (
            (kept, _KEEPS, _CLOSES, 1),
            (None if falling else rising, _RISES, _FALLS, _TWO),
            (None if rising else falling, _FALLS, _RISES, _TWO),
        ):
            found = contrary.search(words) if told and not verb.search(words) else None
            is_unsure = _NOT.search(words) or (least == 1 and _UNSURE.search(words))
            if told and found and not is_unsure and len(_roots(headline) & _roots(words)) >= least:
                yield ToldTwice(found[0], told[0], below + start + found.start())
        yield from _second(headline, words, below + start)


def _second(headline: str, words: str, start: int) -> Iterator[ToldTwice]:
    """Yield `It is the second tug to …` where the headline has the first one."""
    first, second = _FIRST.search(headline), _SECOND.search(words)
    of_kind = _OF_ITS_KIND.search(words)
    if first and of_kind and not second:
        yield ToldTwice(of_kind[0], first[0].strip(), start + of_kind.start())
    if first and second and _roots(first["said"]) & _roots(second["said"]):
        said = " ".join(second[0].split()[:_MOST])
        yield ToldTwice(said, first[0].strip(), start + second.start())


def free_and_paid(text: str) -> Iterator[ToldTwice]:
    """Yield a price that everybody pays where the text says that nobody pays."""
    free, paid = list(_FREE.finditer(text)), list(_PAID.finditer(text))
    if free and paid and not any(_limits(text, it) for it in (*free, *paid)):
        first, last = sorted((free[0], paid[0]), key=lambda it: it.start())
        yield ToldTwice(last[0].strip(), first[0].strip(), last.start())


def _limits(text: str, found: re.Match[str]) -> bool:
    """Return whether the sentence says for whom or when that is so."""
    start, end = (text.rfind("\n", 0, found.start()), text.find("\n", found.end()))
    line = text[start + 1 : end if end >= 0 else len(text)]
    said = next((it.words for it in sentences(line) if found[0] in it.words), line)
    return _FOR_WHOM.search(said) is not None


def _roots(words: str) -> set[str]:
    every = (it for it in _WORD.findall(words) if not _BY_CHANCE.fullmatch(it))
    return {re.sub(r"ie\Z", "y", folded(it).rstrip("sx")) for it in every}
