"""Is somebody named to answer when the event is on a weekend or a public holiday?"""

import re
from datetime import date, timedelta

from mailer.calendar.timetable import is_working_day
from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Quoted, Severity, _, finding
from mailer.checks.reading.names.telephones import Rings, rings
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.places import place_of
from mailer.checks.reading.texts.prose import Passage, messages
from mailer.checks.reading.times.holidays_abroad import holidays_abroad, holidays_of_dateline
from mailer.languages import language_of
from mailer.model.campaigns.campaign import CampaignKind, Event, PressContact
from mailer.render.facts.dates import day_in_words

WHY = _("The office is closed that day, and whoever stands before a locked door calls in vain.")
SOURCE = sources.REACHABILITY

_ON_CALL = re.compile(in_any_language(lambda phrases: phrases.answers_that_day))
_CLOSED = re.compile(in_any_language(lambda phrases: phrases.closed_that_day))
_ANSWERS = matches(in_any_language(lambda phrases: phrases.answers_calls))
_ALSO = matches(in_any_language(lambda phrases: phrases.also_that_day))
_BUT = matches(in_any_language(lambda phrases: phrases.but_that_day))
_PHONE = re.compile(
    r"(?<!\d)0\d{2,4}[ \u00a0]\d{3}[ \u00a0]?\d{3,4}(?!\d)|\d{2}(?:[ .\u00a0\u202f-]?\d{2}){3,}|\d{3}[ .-]\d{4}"
)
_CALLED = re.compile(r"(?i)\b(?:au|at|on)[ \u00a0]+\(?[+\d]|:[ \u00a0]*\(?[+\d]")
_SATURDAY = 5
_SOON_IN_IT = timedelta(days=1)
_LONGEST = 31
"""Days of an event that are looked at."""


def check(draft: Draft) -> Findings:
    """Yield a warning if such an event has no contact with a mobile telephone; a note if it names
    nobody to call at all, only numbers that may be of a mobile or not, or is far in its days then.

    A text may also say who answers that day.
    """
    campaign = draft.campaign
    event = campaign.event
    if event is None or event.starts_at is None or campaign.kind is CampaignKind.FOLLOW_UP:
        return
    off = next((day for day in _days(event) if _is_day_off(day, draft)), None)
    if off is None:
        return
    is_closed = any(_CLOSED.search(it.text) for it in messages(draft))
    if not is_closed and any(map(_answers, campaign.press_contacts)):
        return
    if any(_ON_CALL.search(it.text) or _is_answered(it, off) for it in messages(draft)):
        return
    assert event.starts_at
    is_later = off - event.starts_at.date() > _SOON_IN_IT
    is_some = any(map(_is_at_a_desk, campaign.press_contacts))
    yield finding(
        Severity.WARNING if is_some and not is_later else Severity.NOTE,
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
