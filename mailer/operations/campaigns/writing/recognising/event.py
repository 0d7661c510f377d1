"""When the event of a document is: which of the days and hours that it says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.times.dates import mentions
from mailer.checks.reading.times.on_duty import without_duty_hours
from mailer.languages import WEEKDAYS
from mailer.model.campaigns.campaign import CampaignKind
from mailer.model.campaigns.proposals import ProposedFact
from mailer.operations.campaigns.writing.recognising.moments import (
    CLOCK,
    said_moments,
    time_of,
    written_on,
)
from mailer.operations.campaigns.writing.recognising.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import time

    from mailer.operations.campaigns.writing.recognising.moments import DateContext, SaidMoment

_EMBARGOED = re.compile(
    rf"(?<![^\n.;])[^\n.;]*{in_any_language(lambda phrases: phrases.embargo)}(?:[^\n.;]|[.](?!\s))*"
    r"(?:(?<=[a-zA-Z:*_])\s*\n\s*[^\n]{0,60}\d[^\n]{0,60}(?=\n|\Z))?"
)
"""What is said of an embargo, whose hour is that of no event; its day may stand on the next line."""
_ISSUED = re.compile(
    r"(?im)^[ \t*_>]*(?:issued|released|published|sent|diffusée?|publiée?|émise?|envoyée?)(?: on| le)?[ :][^\n]{0,60}\d{4}[^\n]{0,30}$"
)
"""A line that says when a document was issued, whose day and hour are those of no event."""
_ENDS = re.compile(
    rf"(?i)\b(?:{words(lambda release: release.ends)})[\s\u00a0]*:?[\s\u00a0]*(?:à|at|vers|around)?"
    rf"[\s\u00a0]*{CLOCK}"
)
_ENDS_EVENT = re.compile(
    rf"(?:\A|(?<=[.!?] )|(?<=\n))(?:{words(lambda release: release.ends_event)})[\s\u00a0]*:?[\s\u00a0]*(?:à|at|around)?"
    rf"[\s\u00a0]*{CLOCK}",
    re.IGNORECASE,
)
_ITEM = re.compile(
    rf"(?m)^[ \t*_•-]*{CLOCK}(?![^\n]*{CLOCK.replace('?P<', '?P<last_')}[ \t.*_\\]*$)",
    re.IGNORECASE,
)
"""A line of a programme: it begins with an hour, and says more than from when to when."""
_CLOSE_BEHIND = 160
"""How many signs behind the beginning of an event its end is said at most."""
_GATHERS = re.compile(rf"\b(?:{words(lambda release: release.gathers)})")
_FEW_SIGNS = 6
"""Before a day at the beginning of a line, signs that say nothing: `- le`."""
_OF_PRESS = re.compile(
    rf"(?<!\w)(?:{in_any_language(lambda phrases: phrases.press)}|(?i:photographes|photographers|photocall))(?!\w)"
)
_INVITED = re.compile(in_any_language(lambda phrases: phrases.invites_press))
_WEEKDAY = re.compile(rf"(?i)(?:{WEEKDAYS})\b")
_ASIDE = 12
"""How many signs beside the moment such a line has at most, if it ends as a sentence does."""
_ALONE = 60
"""How many signs a line has at most that says hardly more than a day and an hour."""
_JOINS_NEXT = re.compile(r"(?:,|\b(?:et|ou|and|or)|&)\Z")
_ASKS_TO = re.compile(rf"{_GATHERS.pattern}|{_OF_PRESS.pattern}")


def event_facts(text: str, how: DateContext, kind: CampaignKind | None) -> tuple[ProposedFact, ...]:
    """Return when the event begins, and when it ends if that is said beside it."""
    told = without_duty_hours(_ISSUED.sub("", _EMBARGOED.sub("", text)))
    with_hour, without = _of_the_event(told, how, kind)
    likely = _likeliest(told, with_hour)
    days = _programme(told, [*without, *with_hour]) or _days(told, likely, without)
    return (
        (() if _ITEM.search(told) else _hours_of_each_day(days, with_hour))
        or days
        or tuple(_moment(text, likely, without, how, kind))
    )


def _hours_of_each_day(
    days: tuple[ProposedFact, ...], moments: list[SaidMoment]
) -> tuple[ProposedFact, ...]:
    """Return the first and the last hour of an event of several days, each of which has its hours."""
    if len(days) != 2:
        return ()
    start, end = (fact.value for fact in days)
    assert isinstance(start, date)
    assert isinstance(end, date)
    told = sorted((each for each in moments if start <= each.day <= end), key=lambda it: it.day)
    is_each = [each.day for each in told] == [
        start + timedelta(days=n) for n in range((end - start).days + 1)
    ]
    if not is_each or not all(each.at and each.until and not each.is_elsewhere for each in told):
        return ()
    first, last = told[0], told[-1]
    assert first.at
    assert last.until
    said = " / ".join(each.words for each in told)
    return (
        ProposedFact(("event", "starts_at"), datetime.combine(first.day, first.at), said),
        ProposedFact(("event", "ends_at"), datetime.combine(last.day, last.until), said),
    )


def _days(
    text: str, likely: list[SaidMoment], without: list[SaidMoment]
) -> tuple[ProposedFact, ...]:
    """Return the first and the last day of an event, unless a single hour stands out from the text."""
    if len(likely) != 1:
        return _whole_days(text, [*without, *likely])
    days = () if _stands_out(text, likely[0]) else _whole_days(text, without)
    return days if any(_is_line(text, fact.words) for fact in days) else ()


def _moment(
    text: str,
    likely: list[SaidMoment],
    without: list[SaidMoment],
    how: DateContext,
    kind: CampaignKind | None,
) -> Iterator[ProposedFact]:
    """Yield the beginning of an event, and its end; of several hours of one day only the day."""
    is_release = kind in {CampaignKind.PRESS_RELEASE, CampaignKind.PRESS_KIT}
    if likely and any(_JOINS_NEXT.search(moment.words) for moment in without):
        return  # `mardi 4 et jeudi 6 mai à 19 h`: which of them?
    found = likely or ([] if is_release else without)
    if len({moment.day for moment in found}) != 1 or (len(found) > 1 and (is_release or not kind)):
        return
    moment = found[0]
    if len(found) > 1:
        said = " / ".join(each.words for each in found)
        yield ProposedFact(("event", "starts_at"), moment.day, said)
        return
    yield ProposedFact(("event", "starts_at"), moment.value, moment.words)
    moment = moment if moment.until else _with_end(moment, text, how)
    if moment.until and moment.at and moment.until > moment.at and not moment.is_elsewhere:
        ends_at = datetime.combine(moment.day, moment.until)
        yield ProposedFact(("event", "ends_at"), ends_at, moment.words)


def competing_moments(text: str, how: DateContext, kind: CampaignKind | None) -> tuple[str, ...]:
    """Return the words of several moments of which each may be that of the event."""
    told = without_duty_hours(_ISSUED.sub("", _EMBARGOED.sub("", text)))
    likely = _likeliest(told, _of_the_event(told, how, kind)[0])
    is_told = any(isinstance(fact.value, datetime) for fact in event_facts(text, how, kind))
    return tuple(each.words for each in likely) if len(likely) > 1 and not is_told else ()


def _whole_days(text: str, moments: list[SaidMoment]) -> tuple[ProposedFact, ...]:
    """Return the first and the last day of an event of whole days: `du lundi 7 au dimanche 13 juin`."""
    bare = [each for each in moments if not each.at]
    for every in (bare, moments):
        days = sorted({each.day: each for each in every}.items())
        if len(days) > 1 and (words_said := _period(text, days[0][1], days[-1][1])):
            return _from_to(days[0][0], days[-1][0], words_said)
    return ()


def _from_to(start: date, end: date, words_said: str) -> tuple[ProposedFact, ...]:
    return (
        ProposedFact(("event", "starts_at"), start, words_said),
        ProposedFact(("event", "ends_at"), end, words_said),
    )


def _period(text: str, first: SaidMoment, last: SaidMoment) -> str:
    """Return the words that join the first and the last day; empty where none do."""
    said = " ".join(re.sub(r"[*_|\\]+", " ", text).split())
    joined = r"(?:(?<=\sau)|(?<=\sto)|\s+(?:au|to|until))\s+"  # `samedi 5 au` has it already
    begin, end = re.escape(first.words), re.escape(last.words)
    period = re.search(rf"(?i)\b(?:du|from)\s+{begin}{joined}{end}", said)
    if not period and (last.day - first.day).days == 1 and first.has_weekday and last.has_weekday:
        joined = r"(?:(?<=\set)|(?<=\sand)|(?<=\s&)|\s+(?:et|and|&))\s+"
        period = re.search(rf"(?i)(?<!\w){begin}{joined}{end}", said)
    return period[0] if period else ""


def _programme(text: str, moments: list[SaidMoment]) -> tuple[ProposedFact, ...]:
    """Return the first and the last day of a programme: days that follow each other, each of which
    heads a part of the text.
    """
    heads = [line.strip(" #*_\\:\u00a0").casefold() for line in text.split("\n")]
    days = {each.day: each for each in sorted(moments, key=lambda each: each.day)}
    is_run = len(days) > 1 and (max(days) - min(days)).days + 1 == len(days)
    if not is_run or not all(_is_head(each, heads) for each in days.values()):
        return ()
    return _from_to(min(days), max(days), " / ".join(each.words for each in days.values()))


def _is_head(moment: SaidMoment, heads: list[str]) -> bool:
    said = moment.words.casefold()
    return any(_WEEKDAY.match(head) and said.startswith(head) for head in heads)


def _likeliest(text: str, moments: list[SaidMoment]) -> list[SaidMoment]:
    """Return the only moment to which journalists are asked, where a text tells of several; or else
    the only one that stands on a line of its own.
    """
    for is_likely in (_is_asked, _is_set_apart):
        likely = [each for each in moments if is_likely(text, each)]
        if len(likely) == 1:
            return likely
    return moments


def _stands_out(text: str, moment: SaidMoment) -> bool:
    return _is_asked(text, moment) or _is_set_apart(text, moment)


def _is_line(text: str, words_said: str) -> bool:
    return any(line.strip(" *_#\\") == words_said for line in text.split("\n"))


def _is_set_apart(text: str, moment: SaidMoment) -> bool:
    """Return whether a line says only a moment, but for a label before it."""
    said = (" ".join(re.sub(r"[*_|\\#]+", " ", line).split()) for line in text.split("\n"))
    return any(moment.words in line and len(line) < len(moment.words) + _ASIDE for line in said)


def _is_asked(text: str, moment: SaidMoment) -> bool:
    """Return whether the words right before a moment name the press: on its line or, where it
    begins one, on the line above.
    """
    above = ""
    for line in filter(str.strip, text.split("\n")):
        said = " ".join(re.sub(r"[*_|\\#]+", " ", line).split())
        at = _at(said, moment.words)
        before = above if 0 <= at < _FEW_SIGNS else said[: max(at, 0)]
        if at >= 0 and _OF_PRESS.search(re.split(r"[.!?;]\s", before)[-1]):
            return True
        above = "" if said.endswith((".", "!", "?")) else said
    return False


def _at(line: str, words_said: str) -> int:
    """Return where words stand in a line, or begin at its end; -1 where they do not."""
    begin = line.find(" ".join(words_said.split()[:2]))
    is_begun = begin >= 0 and words_said.startswith(line[begin:])
    return begin if is_begun else line.find(words_said)


def _of_the_event(
    text: str, how: DateContext, kind: CampaignKind | None
) -> tuple[list[SaidMoment], list[SaidMoment]]:
    """Return the moments of which the event may be one: those with an hour, and the others."""
    written = written_on(text, how)
    with_hour: dict[tuple[date, time], SaidMoment] = {}
    without: dict[date, SaidMoment] = {}
    for moment in said_moments(text, how):
        if kind is CampaignKind.PRESS_RELEASE and not _is_gathering(moment, text):
            continue
        if moment.is_limit or (moment.day == written and moment.at is None):
            continue
        if moment.at:
            known = with_hour.setdefault((moment.day, moment.at), moment)
            if known.until is None and moment.until:
                with_hour[moment.day, moment.at] = moment
        elif moment.has_weekday:
            without.setdefault(moment.day, moment)
    return list(with_hour.values()), list(without.values())


def _is_gathering(moment: SaidMoment, text: str) -> bool:
    """Return whether people come together at a moment: a release tells of other hours, too."""
    begins = " ".join(moment.words.split()[:2])
    above = ""
    for line in filter(str.strip, text.split("\n")):
        said = " ".join(re.sub(r"[*_|\\#]+", " ", line).split())
        if begins in said and (
            _GATHERS.search(said)
            or _INVITED.search(said)
            or _is_alone(said, moment)
            or _ASKS_TO.search(above)
        ):
            return True
        above = said if len(said) < _ALONE and said[-1:] not in ".!?" else ""
    return False


def _is_alone(said: str, moment: SaidMoment) -> bool:
    """Return whether a line says hardly more than a moment, and is no sentence."""
    return len(said) < _ALONE and (not said.endswith(".") or len(said) < len(moment.words) + _ASIDE)


def _with_end(moment: SaidMoment, text: str, how: DateContext) -> SaidMoment:
    """Return a moment with the hour at which a sentence close behind it says that the event ends, or
    any sentence that speaks of nothing else.
    """
    said = " ".join(re.sub(r"[*_|\\]+", " ", text).split())
    at = said.find(moment.words)
    if at < 0 or moment.at is None:
        return moment
    behind = said[at + len(moment.words) :][:_CLOSE_BEHIND]
    other_day = min((it.start for it in mentions(behind, how.language)), default=len(behind))
    found = list(_ENDS.finditer(behind, 0, other_day)) or list(_ENDS_EVENT.finditer(text))
    if len({time_of(each) for each in found}) != 1:
        return moment
    return replace(moment, until=time_of(found[0]), words=f"{moment.words} … {found[0][0].strip()}")
