"""Find where the texts of an amendment still say what it corrects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.changes import former_facts
from mailer.checks.check import error, warning
from mailer.checks.reading.texts.prose import PassagePart, messages
from mailer.checks.reading.times.dates import mentions
from mailer.checks.reading.times.hours import hours
from mailer.checks.reading.times.when_lines import when_lines
from mailer.model.mailings.since_launch import facts_of
from mailer.render.facts.dates import day_in_words, time_in_words
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime, time

    from mailer.checks.reading.texts.prose import Passage
    from mailer.checks.reading.times.hours import HourInText
    from mailer.errors import Place
    from mailer.model.campaigns.campaign import Campaign, Event, FormerFacts
    from mailer.model.drafts.draft import Draft
    from mailer.model.drafts.finding import Finding
    from mailer.operations.amendments.draft import AmendmentDraft

_WHY = _("What is told now would say again what it corrects.")
_REMEDY = _("Correct this line of the text. People are told the text as you save it.")
_APART = re.compile(
    r"\n[ \t]*\n|[.!?]\s+(?=[^\W\d_a-zß-ÿ]|[«“])|\n(?=[ \t]*(?:[-*•|]|\d+[.)])[ \t])"
)
"""What parts a sentence or an item from the next one."""
_WORDS = ("event.name", "event.venue", "event.address", "press_contact.written")
_SHORTEST = 6
"""Words with fewer signs stand in too many places to be taken for a former fact."""


@dataclass(frozen=True, slots=True)
class _MovedInstant:
    """An instant that was told before, what it is now, and what a text may name besides."""

    old: datetime
    new: datetime
    days: frozenset[date]
    hours: frozenset[time]

    @property
    def own_days(self) -> frozenset[date]:
        return frozenset({self.old.date(), self.new.date()})


def former_words(found: AmendmentDraft) -> Iterator[Finding]:
    """Yield an error for a day or an hour that was told before and still stands in a text that is
    told now, and a warning for a former name, place or contact.

    An hour that stands apart from the day is a warning: the doors may open then.
    """
    facts, campaign = found.history.facts.get(found.history.version, {}), found.draft.campaign
    if not facts or not found.amendment.kind.tells_texts:
        return
    former = former_facts(facts, zone=campaign.time_zone)
    changes, words = [*_changes(former, found.draft)], _former_words(facts, campaign)
    told: dict[tuple[Place, str], Finding] = {}
    for passage in messages(found.draft):
        of_passage = [*_in_words(passage, words)]
        for change in changes:
            of_passage += [*_days(passage, change), *_hours(passage, change)]
        told |= {(each.where, str(each.what)): each for each in of_passage}
    for each in told.values():
        # What stands above the text of a file is a sentence of ours.
        if each.where.key or each.where.line >= found.first_lines.get(each.where.file, 0):
            yield each


def _changes(former: FormerFacts, draft: Draft) -> Iterator[_MovedInstant]:
    campaign = draft.campaign
    was, now = _instants(former.event), _instants(campaign.event)
    deadline, embargo = campaign.accreditation.deadline, campaign.embargo
    known = [each for each in (*now, deadline, embargo and embargo.until) if each]
    at = {each.time() for each in known}
    days = {each.date() for each in (*known, *(planned.local for planned in draft.plan))}
    days |= _days_of(campaign.event)
    for old, new in zip((former.deadline, *was), (deadline, *now), strict=True):
        if old and new and old != new:
            yield _MovedInstant(old, new, frozenset(days), frozenset(at))


def _instants(event: Event | None) -> tuple[datetime | None, datetime | None]:
    return (event.starts_at, event.ends_at) if event else (None, None)


def _days_of(event: Event | None) -> set[date]:
    """Return every day of the event."""
    first, last = _instants(event)
    if first is None:
        return set()
    length = ((last or first).date() - first.date()).days
    return {first.date() + timedelta(days=number) for number in range(length + 1)}


def _former_words(facts: Mapping[str, str], campaign: Campaign) -> dict[str, str]:
    """Return each name, place and contact that was told before, with what it is now."""
    present = facts_of(campaign, campaign.steps[0])
    return {
        old: present[name]
        for name in _WORDS
        for old in facts.get(name, "").split(", ")
        if len(old) >= _SHORTEST
        and present.get(name)
        and old.casefold() not in present[name].casefold()
    }


def _days(passage: Passage, change: _MovedInstant) -> Iterator[Finding]:
    day = change.old.date()
    for mention in mentions(passage.text, passage.language) if day not in change.days else ():
        if mention.near(day) == day:
            yield error(
                passage.at(mention.start),
                what=_(
                    "“{words}” is the day that was told before; now it is {day}.",
                    words=" ".join(mention.words.split()),
                    day=day_in_words(change.new.date(), passage.language),
                ),
                why=_WHY,
                remedy=_REMEDY,
            )


def _hours(passage: Passage, change: _MovedInstant) -> Iterator[Finding]:
    for hour in hours(passage.text) if change.old.time() not in change.hours else ():
        if hour.at == change.old.time():
            yield (error if _is_of_the_day(passage, hour, change) else warning)(
                passage.at(hour.start),
                what=_(
                    "“{words}” is the hour that was told before; now it is {hour}.",
                    words=" ".join(passage.text[hour.start : hour.end].split()),
                    hour=time_in_words(change.new.time(), passage.language),
                ),
                why=_WHY,
                remedy=_REMEDY,
            )


def _is_of_the_day(passage: Passage, hour: HourInText, change: _MovedInstant) -> bool:
    """Return whether an hour stands in a subject, in a line that says when, or beside the day."""
    text = passage.text
    if passage.part is not PassagePart.TEXT:
        return True
    if any(start <= hour.start < end for start, end in when_lines(text)):
        return True
    start = max((it.end() for it in _APART.finditer(text, 0, hour.start)), default=0)
    after = _APART.search(text, hour.end)
    beside = mentions(text[start : after.start() if after else len(text)], passage.language)
    return any(each.near(day) == day for each in beside for day in change.own_days)


def _in_words(passage: Passage, words: Mapping[str, str]) -> Iterator[Finding]:
    text = passage.text.casefold()
    for old, new in words.items():
        if (at := text.find(old.casefold())) >= 0:
            yield warning(
                passage.at(at),
                what=_("“{words}” was told before; now it is “{new}”.", words=old, new=new),
                why=_WHY,
                remedy=_REMEDY,
            )
