"""Is somebody named to answer when the event is on a weekend or a public holiday?"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from mailer.calendar.timetable import is_working_day
from mailer.checks import sources
from mailer.checks.check import Draft, Finding, Findings, Quoted, Severity, _, finding
from mailer.checks.reading.names.telephones import Rings, rings
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.places import place_of
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.datelines import is_dateline, is_day_of_issue
from mailer.checks.reading.times.dates import mentions
from mailer.checks.reading.times.holidays_abroad import holidays_abroad, holidays_of_dateline
from mailer.checks.reading.times.office_days import is_closed_on
from mailer.checks.reading.times.on_duty import without_duty_hours
from mailer.languages import language_of
from mailer.model.campaigns.campaign import CampaignKind, Event, PressContact
from mailer.render.facts.dates import day_in_words

WHY = _("The office is closed that day, and whoever stands before a locked door calls in vain.")
SOURCE = sources.REACHABILITY

_ON_CALL = re.compile(in_any_language(lambda phrases: phrases.answers_that_day))
_ANSWERS = matches(in_any_language(lambda phrases: phrases.answers_calls))
_ALSO = matches(in_any_language(lambda phrases: phrases.also_that_day))
_BUT = matches(in_any_language(lambda phrases: phrases.but_that_day))
_PHONE = re.compile(
    r"(?<!\d)0\d{2,4}[ \u00a0]\d{3}[ \u00a0]?\d{3,4}(?!\d)|\d{2}(?:[ .\u00a0\u202f-]?\d{2}){3,}|\d{3}[ .-]\d{4}"
)
_CALLED = re.compile(r"(?i)\b(?:au|at|on)[ \u00a0]+\(?[+\d]|:[ \u00a0]*\(?[+\d]")
_EMBARGO = re.compile(in_any_language(lambda phrases: phrases.embargo))
_LIMIT = re.compile(rf"{in_any_language(lambda phrases: phrases.limit)}\s*\Z")
_BEFORE = 30
"""In signs: how far before a date stands what makes it a limit."""
_SATURDAY = 5
_SOON_IN_IT = timedelta(days=1)
_LONGEST = 31
"""Days of an event that are looked at."""


def check(draft: Draft) -> Findings:
    """Yield a warning if such an event has no contact with a mobile telephone; a note if it names
    nobody to call at all, only numbers that may be of a mobile or not, or is far in its days then.

    A text may also say who answers that day. One that says that its office is closed then gets a
    note, whatever the day of the event.
    """
    campaign = draft.campaign
    event = campaign.event
    if campaign.kind is CampaignKind.FOLLOW_UP:
        return
    days = _days(event) if event and event.starts_at else []
    off = next((day for day in days if _is_day_off(day, draft)), None)
    if off is None:
        yield from _told_in_texts(draft)
        return
    is_closed = any(_is_closed(it, off) for it in messages(draft))
    if not is_closed and any(map(_answers, campaign.press_contacts)):
        return
    if any(_ON_CALL.search(it.text) or _is_answered(it, off) for it in messages(draft)):
        return
    is_later = off - days[0] > _SOON_IN_IT
    is_some = any(map(_is_at_a_desk, campaign.press_contacts))
    yield _nobody(draft, off, Severity.WARNING if is_some and not is_later else Severity.NOTE)


def _told_in_texts(draft: Draft) -> Findings:
    """Yield a note for a day off that a text names, and on which its office is closed, it says."""
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT or _ON_CALL.search(passage.text):
            continue
        for day in _named(passage, draft):
            if _is_closed(passage, day) and not _is_answered(passage, day):
                yield _nobody(draft, day, Severity.NOTE)
                return


def _named(passage: Passage, draft: Draft) -> Iterator[date]:
    """Yield the days off to come that a text names, but for limits, an embargo and who answers."""
    written_on = passage.planned.local.date() if passage.planned else draft.now.date()
    text = without_duty_hours(without_quotations(passage.text))
    for mention in mentions(text, passage.language):
        day = mention.near(written_on)
        if day is None or day <= written_on or not _is_day_off(day, draft):
            continue
        before = text[max(0, mention.start - _BEFORE) : mention.start]
        is_writing = is_dateline(passage, mention) or is_day_of_issue(passage, mention)
        sentence = passage.sentence_at(mention.start)
        is_apart = _EMBARGO.search(sentence) or _PHONE.search(sentence)
        if not (is_writing or is_apart or _LIMIT.search(before)):
            yield day


def _is_closed(passage: Passage, day: date) -> bool:
    return is_closed_on(passage.text, day, is_holiday=day.weekday() < _SATURDAY)


def _nobody(draft: Draft, off: date, severity: Severity) -> Finding:
    campaign = draft.campaign
    return finding(
        severity,
        place_of(campaign, "press_contacts"),
        what=_(
            "The event is on {day}, and nobody is named who answers that day.",
            day=Quoted(day_in_words(off, campaign.language), campaign.language),
        ),
        why=WHY,
        remedy=_("Give one contact a mobile number, or say who answers that day."),
    )


def _is_answered(passage: Passage, day: date) -> bool:
    """Return whether a sentence names the day, or its weekday, and a number to call."""
    patterns = language_of(passage.language).date_patterns
    names = rf"{patterns.weekdays[day.weekday()]}|week-?end" if patterns else "(?!)"
    named = re.compile(rf"(?i)\b(?:{names})\b|\b(?:le|on)\s+{day.day}(?:er|st|nd|rd|th)?\b")
    lines = (
        passage.text[phone.end() :].partition("\n")[0] for phone in _PHONE.finditer(passage.text)
    )
    if any(named.search(it) and _ALSO.search(it) and not _BUT.search(it) for it in lines):
        return True
    return any(
        named.search(sentence) and (_ANSWERS.search(sentence) or _CALLED.search(sentence))
        for sentence in (
            passage.sentence_at(phone.start()) for phone in _PHONE.finditer(passage.text)
        )
    )


def _days(event: Event) -> list[date]:
    assert event.starts_at
    first, last = event.starts_at.date(), (event.ends_at or event.starts_at).date()
    return [first + timedelta(days=n) for n in range(min((last - first).days + 1, _LONGEST))]


def _is_day_off(day: date, draft: Draft) -> bool:
    """Return whether the office is closed: on a weekend, or a holiday where its telephones are; if
    they tell no country, where its texts are dated.
    """
    numbers = (it.phone or it.mobile for it in draft.campaign.press_contacts)
    told = [holidays_abroad(it, day.year) for it in numbers]
    dated = () if any(told) else (holidays_of_dateline(it.text, day.year) for it in messages(draft))
    abroad = [kept for kept in (*told, *dated) if kept is not None]
    if abroad:
        return day.weekday() >= _SATURDAY or any(day in kept for kept in abroad)
    return not is_working_day(day)


def _answers(contact: PressContact) -> bool:
    number = contact.mobile or contact.phone
    is_mobile = bool(contact.mobile) or rings(number) is Rings.IN_A_POCKET
    return bool(contact.name and number) and is_mobile


def _is_at_a_desk(contact: PressContact) -> bool:
    return bool(contact.name) and rings(contact.phone) is Rings.AT_A_DESK
