"""Does every hour that a text gives fit the beginning of the event?"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Finding, Findings, _, note
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.dates import Mention, mentions
from mailer.checks.reading.times.hours import HourInText, hours, periods
from mailer.checks.reading.times.on_duty import without_duty_hours
from mailer.checks.reading.times.when_lines import when_lines
from mailer.render.facts.dates import time_in_words

WHY = _("Two hours for one event: some readers will come late.")
SOURCE = sources.STANDARD_OF_THE_DESK

_ARRIVES = matches(in_any_language(lambda phrases: phrases.arrives))
_BEGINS = matches(in_any_language(lambda phrases: phrases.begins))
_FOLLOWS = matches(in_any_language(lambda phrases: phrases.follows))
_COMPARED = matches(in_any_language(lambda phrases: phrases.compared))
_EMBARGO = re.compile(in_any_language(lambda phrases: phrases.embargo))
_LIMIT = re.compile(rf"{in_any_language(lambda phrases: phrases.limit)}\s*\Z")
_CLAUSE_END = re.compile(r"[.!?]\s|[,;:()\n]")
_WELCOME = matches(in_any_language(lambda phrases: phrases.welcomes))
_EVENT = re.compile(rf"\b{in_any_language(lambda phrases: phrases.event)}")
_NEAR = 200
_ITEM = re.compile(r"[\s>*]*(?:[-*•|]\s*)?[*]*\Z")


def check(draft: Draft) -> Findings:
    """Yield a note for a beginning at another hour, doors that open after it, and what follows
    before it; and for a period with the end of the event and another beginning.

    Programmes, limits and sentences about another day are not compared.
    """
    event = draft.campaign.event
    if event is None or event.starts_at is None or not event.has_hour:
        return
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        text = without_duty_hours(without_quotations(passage.text))
        for first, last in periods(text):
            is_its_end = event.ends_at is not None and last.at == event.ends_at.time()
            begins_otherwise = is_its_end and first.at != event.starts_at.time()
            if begins_otherwise and not _is_apart(passage, text, first, event.starts_at):
                yield _finding(passage, first, event.starts_at.time())
        yield from _before_opening(passage, text, event.starts_at)
        yield from _in_when_lines(passage, text, event.starts_at)
        spans = {each.start for pair in periods(text) for each in pair}
        for hour in hours(text):
            if hour.start not in spans and _differs(passage, text, hour, event.starts_at):
                yield _finding(passage, hour, event.starts_at.time())


def _before_opening(passage: Passage, text: str, starts_at: datetime) -> Findings:
    """Yield a note for the first item of a programme that stands before the event begins.

    It may lead to the event, which is an item of its own, or be of something else, such as a visit
    of the press, whose hour stands above.
    """
    days = {it.near(starts_at.date()) for it in mentions(text, passage.language)}
    items = [it for it in hours(text) if _ITEM.fullmatch(text, _line_start(text, it), it.start)]
    is_one_day = not any(day and day > starts_at.date() for day in days)
    if items and is_one_day and items[0].at > starts_at.time() and _is_welcome(text, items[0]):
        yield _finding(passage, items[0], starts_at.time())
        return
    first = next((it for it in items if not _ARRIVES.search(_line(text, it))), None)
    if first is None or first.at >= starts_at.time():
        return
    leads_to_it = any(it.at == starts_at.time() for it in items)
    is_told = any(it.at == items[0].at and it.end < items[0].start for it in hours(text))
    if is_one_day and not leads_to_it and not is_told:
        yield _finding(passage, first, starts_at.time())


def _is_welcome(text: str, item: HourInText) -> bool:
    """Return whether people are received at an item: an event does not begin before."""
    return len(_line(text, item)) < _NEAR and bool(_WELCOME.search(_line(text, item)))


def _line_start(text: str, hour: HourInText) -> int:
    return text.rfind("\n", 0, hour.start) + 1


def _line(text: str, hour: HourInText) -> str:
    return text[_line_start(text, hour) :].partition("\n")[0]


def _in_when_lines(passage: Passage, text: str, starts_at: datetime) -> Findings:
    """Yield a note for a line that says when the event is, with another hour on its day."""
    for start, end in when_lines(text):
        said = text[start:end]
        every = list(hours(said))
        days = {it.near(starts_at.date()) for it in mentions(said, passage.language)}
        spans = ((first.at, last.at) for first, last in periods(said))
        is_open = any(first <= starts_at.time() <= last for first, last in spans)
        is_told = is_open or any(it.at == starts_at.time() for it in every)
        if not every or is_told or (days and starts_at.date() not in days):
            continue
        yield _finding(
            passage,
            replace(every[0], start=start + every[0].start, end=start + every[0].end),
            starts_at.time(),
        )


def _is_apart(passage: Passage, text: str, hour: HourInText, starts_at: datetime) -> bool:
    """Return whether an hour is compared, an embargo, a limit, an item, or of another day than the event."""
    sentence, day = passage.sentence_at(hour.start), starts_at.date()
    spoken_of = mentions(sentence, passage.language) or _days_above(passage, hour)
    return bool(
        any(mention.near(day) != day for mention in spoken_of)
        or _COMPARED.search(sentence)
        or _EMBARGO.search(sentence)
        or _is_item_or_limit(text, hour.start)
    )


def _days_above(passage: Passage, hour: HourInText) -> Sequence[Mention]:
    """Return the last day that the paragraph names before an hour: the hour is of that day."""
    every = sorted(mentions(passage.text, passage.language), key=lambda it: it.start)
    last = every[bisect_right(every, hour.start, key=lambda it: it.start) - 1 :][:1]
    is_near = last and last[0].start < hour.start
    return last if is_near and "\n\n" not in passage.text[last[0].end : hour.start] else ()


def _differs(passage: Passage, text: str, hour: HourInText, starts_at: datetime) -> bool:
    begins, sentence = starts_at.time(), passage.sentence_at(hour.start)
    if hour.at == begins or _is_apart(passage, text, hour, starts_at):
        return False
    clause = _clause(text, hour)
    if any(True for _mention in mentions(sentence, passage.language)):
        # On its own day, an event begins at one hour only: `Le 9 décembre, la rencontre …, à 10 h`.
        is_only = sum(1 for _hour in hours(sentence)) == 1
        return is_only and bool(_EVENT.search(sentence)) and not _ARRIVES.search(sentence)
    follows = _FOLLOWS.search(sentence)
    if _ARRIVES.search(clause):
        return hour.at > begins
    if follows:
        return hour.at < begins
    return bool(_BEGINS.search(clause))


def _is_item_or_limit(text: str, start: int) -> bool:
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return bool(_ITEM.match(line) or _LIMIT.search(line[-_NEAR:]))


def _clause(text: str, hour: HourInText) -> str:
    """Return the words around an hour, up to a comma, a full stop or the hour before it."""
    every = hours(text)
    earlier = bisect_right(every, hour.start, key=lambda it: it.end)
    since = every[earlier - 1].end if earlier else 0
    before = _CLAUSE_END.split(text[since : hour.start])[-1]
    after = _CLAUSE_END.split(text[hour.end : hour.end + _NEAR])[0]
    return before + after


def _finding(passage: Passage, hour: HourInText, begins: time) -> Finding:
    return note(
        passage.at(hour.start),
        what=_(
            "“{words}” does not fit the event, which begins at {hour}.",
            words=" ".join(passage.text[hour.start : hour.end].split()),
            hour=time_in_words(begins, passage.language),
        ),
        why=WHY,
        remedy=_(
            "Write {words}, or correct {fact}.",
            words="{{ event.time }}",
            fact=FactKey("event.starts_at"),
        ),
    )
