"""Do all texts speak of the same event?"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Finding, Findings, Quoted, Severity, _, finding
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.prose import BLANK, Passage, PassagePart, messages
from mailer.checks.reading.times.datelines import is_dateline, is_day_of_issue
from mailer.checks.reading.times.dates import Mention, are_joined, mentions
from mailer.checks.reading.times.hours import hours
from mailer.checks.reading.times.on_duty import without_duty_hours
from mailer.checks.reading.times.outdated import passed_years
from mailer.checks.reading.times.when_lines import when_lines
from mailer.languages import LANGUAGES
from mailer.model.campaigns.campaign import Event
from mailer.render.facts.dates import day_in_words, time_in_words

_NEAR = timedelta(days=14)
_HOUR_BEHIND = 14
_BARE = 8
"""How many words a sentence has at most that says little more than its date."""
_OF_THE_EVENT = re.compile(rf"\b{in_any_language(lambda phrases: phrases.event)}")
# A date after « avant le » or « depuis le » is a limit or a beginning, not the day of the event.
_LIMIT = re.compile(
    rf"{in_any_language(lambda phrases: phrases.limit)}\s*"
    r"(?:(?:\d{1,2}[ \u00a0]?(?:h|am|pm|[:.]\d\d)[^\n.;]{0,12}|noon|midday|midi|the end of)[ \u00a0,]*(?:on |le )?)?\Z"
)
_BEFORE = 200
"""In signs: how far before a date stands what makes it a limit."""
_ASKS = matches(in_any_language(lambda phrases: phrases.asks_for_place))
_EMBARGO = re.compile(in_any_language(lambda phrases: phrases.embargo))
_SLOT = matches(in_any_language(lambda phrases: phrases.slot))
_FOR_ALL = "|".join(it.release.for_all for it in LANGUAGES if it.release)
_OTHER = matches(f"{in_any_language(lambda phrases: phrases.other_occasion)}|(?i:{_FOR_ALL})")
_FIRST_DAY = re.compile(
    r"(?i)\b(?:du|from|between|entre)\s+(?:the\s+|le\s+)?(?:\w+\s+)?\d{1,2}(?:st|nd|rd|th|er)?\s+(?:au|to|and|et)"
    r"(?:\s+(?:le|the))?\s+\Z"
)
_HOUR = re.compile(
    rf"(?i),?\s*{in_any_language(lambda phrases: phrases.at_hour)}\s+(?P<hour>\d{{1,2}})"
    r"(?:\s*h\s*(?P<minute>\d{2})?|:(?P<minutes>\d{2}))?\s*(?P<half>am|pm|a\.m\.|p\.m\.)?"
)

WHY = _("Two dates for one event: half of the readers will come on the wrong one.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield a finding for each date or hour of the event that differs from `campaign.toml`."""
    event = draft.campaign.event
    if event is None or event.starts_at is None:
        return
    starts_at = event.starts_at
    known = {day.date() for day in _known(draft)} | _days(event)
    for passage in messages(draft):
        written_on = passage.planned.local.date() if passage.planned else draft.now.date()
        found = sorted(mentions(passage.text, passage.language), key=lambda each: each.start)
        old_years = {it.start for it in passed_years(passage.text, year=written_on.year)}
        apart = {it.near(written_on) for it in _of_a_period(passage, found, starts_at.date())}
        text = without_duty_hours(passage.text)
        for mention in found:
            day = mention.near(written_on)
            if text[mention.start] == BLANK:
                continue
            if day is not None and day == starts_at.date() and event.has_hour:
                yield from _other_hour(passage, mention, event)
            is_writing = is_dateline(passage, mention) or is_day_of_issue(passage, mention)
            if day is None or day in known or is_writing:
                continue
            # What is told to come on a day of last year stayed from the text of that year.
            if day <= written_on and not any(mention.start < it < mention.end for it in old_years):
                continue
            if day in apart:
                continue
            if severity := _severity(passage, mention, day, event):
                yield _other_day(passage, mention, severity, starts_at)


def _of_a_period(passage: Passage, found: list[Mention], day: date) -> list[Mention]:
    """Return the dates of a text that gives the day of the event and, beside it, a period or other
    days: `du 12 au 20 juin`.
    """
    if not any(mention.near(day) == day for mention in found):
        return []
    pairs = [pair for pair in pairwise(found) if are_joined(passage.text, *pair)]
    bare = [it for it in found if _FIRST_DAY.search(passage.text, max(0, it.start - 30), it.start)]
    return [*bare, *(mention for pair in pairs for mention in pair)]


def _known(draft: Draft) -> Iterator[datetime]:
    yield from (planned.local for planned in draft.plan)
    if draft.campaign.accreditation.deadline:
        yield draft.campaign.accreditation.deadline
    if draft.campaign.embargo:
        yield draft.campaign.embargo.until


def _days(event: Event) -> set[date]:
    """Return all days of the event."""
    assert event.starts_at
    first, last = event.starts_at.date(), (event.ends_at or event.starts_at).date()
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}


def _severity(passage: Passage, mention: Mention, day: date, event: Event) -> Severity | None:
    """Return how severe a different date is, or None if it is allowed.

    It is an error if the text is about the event and never gives the right day, and a warning if a
    short sentence says little more than the date. A text that gives the right day too may mention
    another meeting, so then it is a note, and nothing where the sentence says what else is on that
    day.
    """
    assert event.starts_at
    if _LIMIT.search(passage.text, max(0, mention.start - _BEFORE), mention.start):
        return None
    if _follows_its_day(passage, mention, event.starts_at.date()):
        return None
    sentence = passage.sentence_at(mention.start).casefold()
    of_the_event = (
        passage.part is not PassagePart.TEXT
        or _is_in_when_line(passage, mention, event.starts_at.date())
        or _OF_THE_EVENT.search(sentence)
        or _has_its_hour(passage, mention, event)
        or any(name and name.casefold() in sentence for name in (event.name, event.venue))
    )
    gives_it = _gives_its_day(passage, event)
    is_other = _SLOT.search(sentence) or _OTHER.search(sentence)
    if gives_it and (is_other or _ASKS.match(_line_of(passage, mention))):
        return None
    is_near = abs(day - event.starts_at.date()) <= _NEAR
    if of_the_event and not gives_it:
        return Severity.ERROR
    is_bare = len(sentence.split()) <= _BARE
    if not (is_near and (of_the_event or is_bare)):
        return None
    return Severity.NOTE if gives_it else Severity.WARNING


def _has_its_hour(passage: Passage, mention: Mention, event: Event) -> bool:
    """Return whether a date has the hour of the event behind it: `on 17 August at 11am`."""
    assert event.starts_at
    found = hours(passage.text[mention.end : mention.end + _HOUR_BEHIND])
    return event.has_hour and any(each.at == event.starts_at.time() for each in found)


def _gives_its_day(passage: Passage, event: Event) -> bool:
    assert event.starts_at
    day = event.starts_at.date()
    return "event.date" in passage.source or _names_day(passage.text, passage.language, day)


@lru_cache(maxsize=256)  # each date of a text asks it
def _names_day(text: str, language: str, day: date) -> bool:
    return any(mention.near(day) == day for mention in mentions(text, language))


def _other_day(
    passage: Passage, mention: Mention, severity: Severity, starts_at: datetime
) -> Finding:
    return finding(
        severity,
        passage.at(mention.start),
        what=_(
            "“{words}” is not the day of the event, which is {day}.",
            words=mention.words,
            day=Quoted(day_in_words(starts_at.date(), passage.language), passage.language),
        ),
        why=WHY,
        remedy=_(
            "Write {words}, or correct {fact}.",
            words="{{ event.date }}",
            fact=FactKey("event.starts_at"),
        ),
    )


def _other_hour(passage: Passage, mention: Mention, event: Event) -> Findings:
    """Yield a warning for another hour beside the day of the event; a note for one within it."""
    starts_at = event.starts_at
    assert starts_at
    found = _HOUR.match(without_duty_hours(passage.text), mention.end)
    if found is None or not (found["half"] or re.search(r"[h:]", found[0][-6:])):
        return
    hour = int(found["hour"]) % 12 if found["half"] else int(found["hour"])
    hour += 12 if (found["half"] or "").startswith("p") else 0
    minute = int(found["minute"] or found["minutes"] or 0)
    if hour > 23 or minute > 59 or time(hour, minute) == starts_at.time():
        return
    if time(hour, minute) > starts_at.time() and _is_a_slot(passage, mention, starts_at):
        return
    is_embargo = _EMBARGO.search(passage.sentence_at(mention.start))
    if is_embargo or _is_for_the_press(passage, starts_at):
        return
    is_within = event.ends_at and starts_at.time() < time(hour, minute) < event.ends_at.time()
    yield finding(
        Severity.NOTE if is_within else Severity.WARNING,
        passage.at(mention.start),
        what=_(
            "“{words}” is not the hour of the event, which begins at {hour}.",
            words=" ".join((mention.words + found[0]).split()),
            hour=time_in_words(starts_at.timetz(), passage.language),
        ),
        why=_("Two hours for one event: some readers will come late."),
        remedy=_(
            "Write {words}, or correct {fact}.",
            words="{{ event.time }}",
            fact=FactKey("event.starts_at"),
        ),
    )


def _is_a_slot(passage: Passage, mention: Mention, starts_at: datetime) -> bool:
    """Return whether a sentence tells of interviews or pictures within an event whose hour the text
    gives elsewhere.
    """
    gives_it = any(each.at == starts_at.time() for each in hours(passage.text))
    return gives_it and _SLOT.search(passage.sentence_at(mention.start)) is not None


def _is_for_the_press(passage: Passage, starts_at: datetime) -> bool:
    """Return whether the event is a press view with an hour of its own, below its name or behind it:
    the public may come at another.
    """
    own = (each for each in hours(passage.text) if each.at == starts_at.time())
    return any(_SLOT.search(_two_lines_before(passage.text, each.start)) for each in own)


def _two_lines_before(text: str, at: int) -> str:
    above = text.rfind("\n", 0, max(0, text.rfind("\n", 0, at)))
    return text[above + 1 : at]


def _is_in_when_line(passage: Passage, mention: Mention, day: date) -> bool:
    """Return whether a line that says when the event is has this day, and not that of the event."""
    for start, end in when_lines(passage.text):
        if start <= mention.start < end:
            said = passage.text[start:end]
            days = (each.near(day) for each in mentions(said, passage.language))
            return day not in days
    return False


def _follows_its_day(passage: Passage, mention: Mention, day: date) -> bool:
    """Return whether the number of the event’s day stands before a date: `les 12 et 13 mai`."""
    joined = rf"(?<!\d){day.day}(?:er|st|nd|rd|th)?[ \u00a0]?(?:,|et|and|au|to|&|–|-)[ \u00a0]?(?:[^\W\d]+[ \u00a0])?\Z"
    before = passage.text[max(0, mention.start - 20) : mention.start]
    return mention.month == day.month and re.search(joined, before) is not None


def _line_of(passage: Passage, mention: Mention) -> str:
    """Return what stands before a date on its line, without the sign of an item."""
    start = passage.text.rfind("\n", 0, mention.start) + 1
    return passage.text[start : mention.start].lstrip(" \u00a0*_-•–|")
