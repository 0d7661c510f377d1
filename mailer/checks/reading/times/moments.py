"""Find a moment that a text gives twice and otherwise: of one event, of the doors, of an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.texts.phrases import matches
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.dates import between, mentions
from mailer.checks.reading.times.hours import hours
from mailer.languages import LANGUAGES, WEEKDAYS
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, time

    from mailer.checks.reading.texts.prose import Passage

_RELEASES = [language.release for language in LANGUAGES if language.release]
_NOUN = "|".join(it.event_names for it in _RELEASES)
_STARTS = re.compile(
    rf"(?i:(?<!\w)(?:{'|'.join(it.starts_of for it in _RELEASES)})(?P<of>{_NOUN})(?!\w)"
    rf"|(?<!\w)(?:the|this|la|le|l[’']|cette|ce)[ \u00a0]?(?P<noun>{_NOUN})[ \u00a0](?:{'|'.join(it.event_starts for it in _RELEASES)})(?!\w))"
)
_EVENT = re.compile(rf"(?i:(?<!\w)(?:{_NOUN})(?!\w))")
_LETS_IN = {
    what: re.compile(rf"(?i:(?<!\w)(?:{words})(?!\w))")
    for it in _RELEASES
    for what, words in it.lets_in.items()
}
_ASKED = {
    what: re.compile(rf"(?i:(?<!\w)(?:{words})(?!\w))")
    for it in _RELEASES
    for what, words in it.asked_by.items()
}
_BY = re.compile(
    rf"(?i:(?<!\w)(?:{'|'.join(it.limit for it in _RELEASES)}|no later than|au plus tard|date limite|deadline|closes?|clos\w*|clôture)(?!\w))"
)
_BRIEFING = re.compile(r"conferenc|briefin|point pr")
_OTHER_DAY = matches(f"(?i:{WEEKDAYS})")
_SEVERAL = matches(
    r"(?i:chaque|tous les|toutes les|deuxième|seconde?|autre|séances?|every|each|second|another|sessions?|daily|again)"
)
_SENTENCE = re.compile(
    r"[^\n]+?(?:(?<=\w\w)[.!?](?=\s)|(?<=[ \u00a0]h)\.(?=\s)|(?<=\d)\.(?=\s[A-ZÀ-Þ])|(?<=[ap]\.m)\.(?=\s[A-ZÀ-Þ])|\n|\Z)"
)
_NEAR = 25
_ITEM = re.compile(r"[ \t>*•-]*")
_LABEL = re.compile(r"[ \u00a0]*[:–—-][ \u00a0]*(?P<label>[^,;.:()\n–]{4,60})")
_LISTED = re.compile(r"(?:[:,;][ \u00a0])(?P<label>[^,;:.()\n]{4,50}?)[ \u00a0](?:at|à)[ \u00a0]\Z")
"""An item of a list in a sentence, before its hour: `: first heat at`."""
_BEGINS = re.compile(
    rf"(?i:(?<!\w)(?:the|la|le|les|l[’'])[ \u00a0]?(?P<label>[\w’'-]+(?:[ \u00a0][\w’'-]+){{0,3}}?)[ \u00a0](?:{'|'.join(it.event_starts for it in _RELEASES)})(?!\w))"
)
_VERB = matches(
    r"(?i:was|were|is|are|will|est|était|sont|étaient|fut|sera|seront)"
    rf"|(?i:{'|'.join(it.event_starts for it in _RELEASES)})"
)
"""What no item of a list has: it is a sentence then."""
_LEAST_LETTERS = 4


class Moment(NamedTuple):
    """`day` and `at` are None where the sentence gives none."""

    thing: str
    day: date | None
    at: time | None
    words: str
    start: int


def moments_told_otherwise(passage: Passage, written_on: date) -> Iterator[ToldTwice]:
    """Yield each moment of a thing that is neither that before it nor on another day."""
    known: dict[str, Moment] = {}
    for told in _moments(passage, written_on):
        first = known.setdefault(told.thing, told)
        are_days = told.day and first.day and told.day != first.day
        are_hours = told.at and first.at and told.at != first.at
        is_limit = told.thing in _ASKED
        if (are_days and is_limit) or (are_hours and not are_days):
            yield ToldTwice(told.words, first.words, told.start)


def limits(passage: Passage, written_on: date) -> Iterator[Moment]:
    """Yield the day until which a text asks for an accreditation, a registration or an answer; the
    things are as in `ReleaseWords.asked_by`.
    """
    return (told for told in _moments(passage, written_on) if told.day and told.thing in _ASKED)


def items_told_otherwise(passage: Passage) -> Iterator[ToldTwice]:
    """Yield each sentence that says of one item of a programme, by the same words, that it begins at
    another hour: `10 h : première manche`, `la première manche commence à 8 h`.
    """
    text = without_quotations(passage.text)
    items: dict[frozenset[str], list[tuple[time, str]]] = {}
    for hour in hours(text):
        line = text.rfind("\n", 0, hour.start) + 1
        label = _LABEL.match(text, hour.end) if _ITEM.fullmatch(text, line, hour.start) else None
        label = label or _LISTED.search(text, line, hour.start)
        if label and not _VERB.search(label["label"]) and (key := _key(label["label"])):
            said = f"{text[hour.start : hour.end]} : {label['label']}"
            items.setdefault(key, []).append((hour.at, " ".join(said.split())))
    for sentence in _SENTENCE.finditer(text):
        for found in _BEGINS.finditer(sentence[0]):
            known = items.get(_key(found["label"]), [])
            at = _hour_of(sentence[0], found.start(), found.end())
            if len(known) == 1 and at and at != known[0][0] and not _SEVERAL.search(sentence[0]):
                words = " ".join(sentence[0].split())
                yield ToldTwice(words, known[0][1], sentence.start() + found.start())


def _key(label: str) -> frozenset[str]:
    """Return the longer words of a label without accents and capitals."""
    words = re.findall(r"[^\W\d_]+", folded(label))
    return frozenset(it.rstrip("s") for it in words if len(it) >= _LEAST_LETTERS)


def _moments(passage: Passage, written_on: date) -> Iterator[Moment]:
    text = without_quotations(passage.text)
    every = sorted(mentions(text, passage.language), key=lambda it: it.start)
    for sentence in _SENTENCE.finditer(text):
        words = sentence[0]
        if _SEVERAL.search(words):
            continue
        days = between(every, sentence.start(), sentence.end())
        day = days[0].near(written_on) if len(days) == 1 else None
        if len({(it.day, it.month) for it in days}) > 1:
            continue
        yield from _in_sentence(
            words, sentence.start(), day, days[0].end - sentence.start() if days else 0
        )


def _in_sentence(words: str, at: int, day: date | None, day_ends: int) -> Iterator[Moment]:
    every = hours(words)
    said = " ".join(words.split())
    for found in _STARTS.finditer(words):
        hour = _hour_of(words, found.start(), found.end())
        if hour:
            yield Moment(_kind(found["of"] or found["noun"]), day, hour, said, at + found.start())
    if day and (event := _EVENT.search(words, 0, day_ends)):
        behind = [it for it in every if day_ends <= it.start <= day_ends + _NEAR]
        if len(every) == 1 and behind and not _BY.search(words):
            yield Moment(_kind(event[0]), day, behind[0].at, said, at + event.start())
    for what, pattern in _LETS_IN.items():
        found_in = pattern.search(words)
        hour = _hour_of(words, found_in.start(), found_in.end()) if found_in else None
        if found_in and hour:
            yield Moment(what, day, hour, said, at + found_in.start())
    if day and len(every) < 2 and (asked := _asked_until(words)):
        yield Moment(asked, day, every[0].at if every else None, said, at)


def _asked_until(words: str) -> str:
    """Return what a sentence asks for until some day; "" if nothing or several things."""
    asked = [what for what, pattern in _ASKED.items() if pattern.search(words)]
    return asked[0] if len(asked) == 1 and _BY.search(words) else ""


def _hour_of(words: str, start: int, end: int) -> time | None:
    """Return the hour right before or behind words in their clause: `15 h : début de la visite`."""
    before = [it for it in hours(words) if it.end <= start and start - it.end <= len(" : l’")]
    behind = [it for it in hours(words) if end <= it.start <= end + 2 * _NEAR]
    clause = re.compile(r"[;,]")
    if before:
        return before[-1].at
    if behind and not clause.search(words, end, behind[0].start):
        return behind[0].at
    return None


def _kind(noun: str) -> str:
    kind = folded(noun).rstrip("s")
    return "conference" if _BRIEFING.search(kind) else kind
