"""Does everything in a text agree with its embargo?"""

from collections.abc import Sequence
from datetime import date

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note, warning
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages
from mailer.checks.reading.times.embargo_breaches import (
    Breach,
    lifted_otherwise,
    open_before,
    told_already,
)
from mailer.checks.reading.times.embargo_moments import EmbargoInText, embargoes, freed
from mailer.checks.reading.times.embargoes import embargo_at

WHY = _("Who reads that it is free publishes, and who reads that it is not waits.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a warning for a second day or hour of an embargo, and for words that let everybody
    publish a text under embargo at once.
    """
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        near = passage.planned.local.date() if passage.planned else draft.now.date()
        every = tuple(embargoes(passage, near))
        yield from _told_otherwise(passage, every)
        yield from _broken(passage, every, near)
        at = embargo_at(passage.text)
        if at is None and every:
            at = every[0].start
        own = passage.sentence_at(at) if at is not None else _of_campaign(draft, passage)
        for words, start in freed(passage) if own else ():
            yield warning(
                passage.at(start),
                what=_(
                    "“{words}” stands beside an embargo: “{other}”",
                    words=words,
                    other=" ".join(own.split()),
                ),
                why=WHY,
                remedy=_("Say one embargo with one day and one hour, or none."),
            )


def _told_otherwise(passage: Passage, every: Sequence[EmbargoInText]) -> Findings:
    if not every:
        return
    first = every[0]
    others = (Breach(it.words, it.start) for it in every[1:] if _differs(it, first))
    for told in (*others, *lifted_otherwise(passage, first)):
        yield warning(
            passage.at(told.start),
            what=_(
                "“{words}” here, and “{other}” above: until when is the embargo?",
                words=told.words,
                other=first.words,
            ),
            why=WHY,
            remedy=_("Say one embargo with one day and one hour, or none."),
        )


def _differs(one: EmbargoInText, other: EmbargoInText) -> bool:
    are_hours = one.hours and other.hours and not one.hours & other.hours
    return one.day != other.day or bool(are_hours)


def _broken(passage: Passage, every: Sequence[EmbargoInText], near: date) -> Findings:
    """Yield a note for news that is out already, or that all may see before the embargo ends."""
    if not every:
        return
    told = every[0]
    seen = next(open_before(passage, told, near), None)
    for breach in (*told_already(passage, near), *([seen] if seen else ())):
        yield note(
            passage.at(breach.start),
            what=_(
                "“{words}”, and the embargo ends after it: “{other}”",
                words=breach.words,
                other=told.words,
            ),
            why=WHY,
            remedy=_("Say one embargo with one day and one hour, or none."),
        )


def _of_campaign(draft: Draft, passage: Passage) -> str:
    """Return the label of the campaign’s embargo while it lasts, as a text under it has it."""
    embargo, planned = draft.campaign.embargo, passage.planned
    if embargo is None or planned is None or planned.due_at >= embargo.until:
        return ""
    return f"embargo {embargo.until:%Y-%m-%d %H:%M}"
