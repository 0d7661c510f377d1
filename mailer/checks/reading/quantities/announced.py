"""Find lists whose length a text announces: `three speakers: …`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.numbers import NUMBER, value_of
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.sentences import ITEM, SentenceInText, sentences, with_lists
from mailer.languages import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

_COUNT = re.compile(
    rf"(?<![\w.,:/€$£’-])(?P<number>{NUMBER})[ \u00a0\n]+(?:{in_any_language(lambda phrases: phrases.before_noun)}[ \u00a0\n]+)?(?P<noun>[^\W\d_]{{4,}})(?![\w-])"
)
_ANNOUNCES = matches(in_any_language(lambda phrases: phrases.announces))
_NO_ITEMS = re.compile(
    r"(?i)(?:heures?|hours?|minutes?|ans|years?|euros?|pounds?|dollars?|mois|months?|personnes|people|fois|times|mètres|met(?:re|er)s|millions?|milliards?|pages?|places?|seats?|pour|cent)"
)
_DAY = re.compile(
    rf"(?i)(?:(?:le|the|les|on|at|à|de|from)[ \u00a0])?(?:(?:{MONTHS}|{WEEKDAYS})[ \u00a0])?\d{{1,2}}(?:er|st|nd|rd|th)?(?:[ \u00a0](?:{MONTHS}|{WEEKDAYS}))?(?:[ \u00a0]\d{{4}})?"
    r"|(?:(?:at|à|from|de)[ \u00a0])?\d{1,2}(?:[ \u00a0]?h(?:[ \u00a0]?\d\d)?|[.:]\d\d)?(?:[ \u00a0]?[ap]\.?m\.?)?"
)
_BEFORE_LIST = re.compile(
    r"(?P<between>[^.:;()?!\n,]{0,45}?)[ \u00a0]*(?::|\(|[ \u00a0][–—][ \u00a0])[ \u00a0\n]*\Z"
)
_OF_MORE = re.compile(
    r"(?i)\b(?:of (?:the|its|our)|of|des|sur (?:les|ses)|(?<!répartis )(?<!réparties )(?<!réparti )(?<!répartie )sur|parmi (?:les|ses)|among (?:the|its))[ \u00a0]\Z"
)
"""Before the number of all, of which a list names some: `three of the five clubs`."""
_OTHER_THING = re.compile(
    r"(?i)\b(?:programme|program|agenda|schedule|déroulé|calendrier|liste?)\b"
)
"""What a list is instead of the things that have been counted."""
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ]\w+[ \u00a0](?:[^\W\d_]{2,}[ \u00a0])?[^\W\d_]")
_NUMBERED = re.compile(rf"(?:{NUMBER}|(?i:une?|one|a|an)\b)")
_OPEN = re.compile(r":(?!\d)|\(|[ \u00a0][–—][ \u00a0]")
_AND = re.compile(r"[ \u00a0\n]+(?:et|and|&)[ \u00a0\n]+")
_BEGINS_WITH_AND = re.compile(
    r"\A(?:et|and|&|puis|then|ainsi que|as well as|enfin|lastly|finally)[ \u00a0\n]+"
)
_PARENTHESIS = re.compile(r"[ \u00a0]*\([^()\n]*\)")
_PERSON = re.compile(
    r"(?:(?:M|Mr|Mrs|Ms|Mme|Dr|Pr|Prof|Sir|Dame)\.?[ \u00a0])?[A-ZÀ-ÖØ-Þ][\w’'-]+[ \u00a0\n]+(?:(?:de|d’|van|von|le|la)[ \u00a0])?[A-ZÀ-ÖØ-Þ][\w’'-]+\Z"
)
_CONTINUES = re.compile(
    r"(?i)(?:qui|que|dont|où|which|who|where|whose|with|avec|pour|for|to|etc|le tout|all|chacun|each|soit|from|de|du|entre|between|ou|or|en|in|at|mais|but|including|notamment|comme|such|more|plus|others|autres|bien)\b"
)
_AND_MORE = re.compile(
    r"(?i)\b(?:and|et)[ \u00a0](?:more|others|many|d[’']autres|bien d[’'])|…|\betc\b"
)
_PLACED_NAME = (
    r"(?:(?:à|at|in|en|aux?)[ \u00a0])?[A-ZÀ-ÖØ-Þ][\w’'-]+(?:[ \u00a0][A-ZÀ-ÖØ-Þ][\w’'-]+)?"
)
_NAMED = re.compile(
    rf"(?<![\w.,-])(?P<words>(?P<number>(?i:two|three|four|five|six|deux|trois|quatre|cinq|six))[ \u00a0](?:(?i:more|other|new|further|autres|nouveaux|nouvelles)[ \u00a0])(?P<noun>[^\W\d_]{{4,}})),[ \u00a0]"
    rf"(?P<names>{_PLACED_NAME}(?:,[ \u00a0]{_PLACED_NAME})+[ \u00a0](?:and|et)[ \u00a0]{_PLACED_NAME})"
)
_FEWEST, _MOST = 2, 20
_NOT_ONE_LIST = re.compile(r"\n\n|:")
_COUNTED = "counted"
_UNKNOWN = (0, 0)
_LONGEST_ITEM = 45
_REACH = 120
"""In how many signs before a list its number is looked for."""
_DAYS_BETWEEN = re.compile(r"(?i)\d[ \u00a0]*(?:au|to|until|–|—|-)[ \u00a0]*(?:the[ \u00a0])?\d")


class AnnouncedList(NamedTuple):
    """How many a text announces, in which words, and how many it then names."""

    announced: int
    words: str
    named: int
    start: int


def lists_otherwise(text: str) -> Iterator[AnnouncedList]:
    """Yield the lists that have more or fewer items than their text announces."""
    for words, start in sentences(text):
        for opened in _OPEN.finditer(words):
            found = _before(words, opened.end())
            if found and (rest := _listed(words, opened)):
                least, most = _how_many(rest)
                named = least if found.announced < least else most
                if least and not least <= found.announced <= most and _is_likely(found, named):
                    yield found._replace(named=named, start=start + found.start)
            if found:
                break
    yield from _named_behind(text)
    for intro, items in with_lists(text):
        numbers = [value_of(it["number"]) for it in _COUNT.finditer(intro.words)]
        ends = len(intro.words.rstrip(" \u00a0*_"))
        are_names = all(_NAME.match(ITEM.sub("", it.words, count=1)) for it in items)
        first = next(_COUNT.finditer(intro.words), None)
        is_subject = (
            bool(first) and not intro.words[: first.start()].strip("*_ ") if first else False
        )
        found = _before(intro.words, ends, may_act=are_names or is_subject)
        is_other = len(items) not in numbers and len(items) >= _FEWEST and _are_plain(items)
        if found and is_other and _is_likely(found, len(items)):
            yield found._replace(named=len(items), start=intro.start + found.start)


def _named_behind(text: str) -> Iterator[AnnouncedList]:
    """Yield `two more sites, Gannet, Puffin and Tern`."""
    for found in _NAMED.finditer(text):
        named = len(re.findall(_PLACED_NAME, found["names"]))
        number = value_of(found["number"])
        if named != number and number == int(number):
            yield AnnouncedList(int(number), " ".join(found["words"].split()), named, found.start())


def _is_likely(found: AnnouncedList, named: int) -> bool:
    """Return whether a list so long may be the announced one; else it describes it."""
    return found.announced / 2 <= named <= 2 * found.announced


def _are_plain(items: list[SentenceInText]) -> bool:
    """Return whether no item counts things itself: those are parts of a sum."""
    return not all(_COUNT.match(ITEM.sub("", it.words, count=1)) for it in items)


def _before(words: str, end: int, *, may_act: bool = False) -> AnnouncedList | None:
    """Return the count right before a list that begins at `end`.

    What is counted `may_act` on something where the list can only be its names.
    """
    every = list(_COUNT.finditer(words, max(0, end - _REACH), end))
    if not every:
        return None
    last = every[-1]
    is_of_more = _OF_MORE.search(words, max(0, last.start() - _REACH), last.start())
    if is_of_more or _NO_ITEMS.fullmatch(last["noun"]):
        return None
    between = _BEFORE_LIST.fullmatch(words, last.end(), end)
    number = value_of(last["number"])
    if not between or not _FEWEST <= number <= _MOST or number != int(number):
        return None
    said = between["between"]
    is_near = may_act or len(said.split()) <= _FEWEST or bool(_ANNOUNCES.search(said))
    is_near = is_near and not _OTHER_THING.search(said)
    quoted = " ".join(last[0].split())
    return AnnouncedList(int(number), quoted, 0, last.start()) if is_near else None


def _listed(words: str, opened: re.Match[str]) -> str:
    """Return what stands between a sign and the end of its list."""
    sign = opened[0].strip()
    if sign == ":":
        return words[opened.end() :].strip().rstrip(".!")
    end = words.find(")" if sign == "(" else f" {sign} ", opened.end())
    return words[opened.end() : end].strip() if end >= 0 else ""


def _how_many(listed: str) -> tuple[int, int]:
    """Return how many items a list has, at least and at most; nothing where that cannot be told."""
    listed = _PARENTHESIS.sub("", listed)
    if any(it.search(listed) for it in (_AND_MORE, _DAYS_BETWEEN, _NOT_ONE_LIST)):
        return _UNKNOWN
    if ";" in listed:
        count = len([it for it in listed.split(";") if it.strip()])
        return count, count
    fragments = [" ".join(it.split()) for it in listed.split(",") if it.strip()]
    return _persons(fragments) or (_items(fragments) if _are_alike(fragments) else _UNKNOWN)


def _are_alike(fragments: list[str]) -> bool:
    """Return whether fragments are items of one kind, each short and without a clause."""
    kinds = {_kind(it) for it in fragments}
    every = [part for it in fragments for part in _AND.split(it)]
    is_plain = not any(map(_CONTINUES.match, fragments)) and max(map(len, every)) <= _LONGEST_ITEM
    return len(kinds) == 1 and _COUNTED not in kinds and is_plain


def _items(fragments: list[str]) -> tuple[int, int]:
    """Return how many items there are; an `and` may join two, or stand inside one."""
    *before, last = fragments
    inner = sum(len(_AND.findall(it)) for it in before)
    joins = len(_AND.findall(last))
    if _BEGINS_WITH_AND.match(last):
        return len(fragments), len(fragments) + inner + joins
    count = len(fragments) + bool(joins)
    return (count, count + inner + max(0, joins - 1)) if count > 1 else _UNKNOWN


def _persons(fragments: list[str]) -> tuple[int, int] | None:
    """Return how many people are named, if the list begins with one; their roles are no items."""
    if not fragments or not _PERSON.match(_AND.split(fragments[0])[0]):
        return None
    every = [part for it in fragments for part in _AND.split(_BEGINS_WITH_AND.sub("", it, count=1))]
    named = [it for it in every if _PERSON.match(it)]
    capitals = [it for it in every if it[:1].isupper()]
    if len(named) == len(every):
        return len(named), len(named)
    is_clear = len(capitals) == len(named) and all(len(it) <= _LONGEST_ITEM for it in every)
    return (len(named), len(named)) if is_clear else _UNKNOWN


def _kind(fragment: str) -> str:
    plain = _BEGINS_WITH_AND.sub("", fragment, count=1)
    if all(_DAY.fullmatch(part) for part in _AND.split(plain)):
        return "day"
    if _NUMBERED.match(plain):
        return _COUNTED
    return "name" if plain[:1].isupper() else "noun"
