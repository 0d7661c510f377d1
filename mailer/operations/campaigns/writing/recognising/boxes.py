"""A text box about an event: its day, its hours and its place stand there and not in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.times.on_duty import without_duty_hours
from mailer.operations.campaigns.writing.recognising.event import event_facts
from mailer.operations.campaigns.writing.recognising.event_names import boxed_name
from mailer.operations.campaigns.writing.recognising.lines import NOTHING, Recognised
from mailer.operations.campaigns.writing.recognising.moments import said_moments
from mailer.operations.campaigns.writing.recognising.places import place_facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.campaigns.campaign import CampaignKind
    from mailer.model.campaigns.proposals import ProposedFact
    from mailer.operations.campaigns.writing.recognising.lines import Line
    from mailer.operations.campaigns.writing.recognising.moments import DateContext

_EMBARGO = matches(in_any_language(lambda phrases: phrases.embargo))


def boxed_event(
    margins: Sequence[Sequence[Line]], how: DateContext, kind: CampaignKind | None
) -> tuple[tuple[ProposedFact, ...], Recognised]:
    """Return when an event is, with its name, and its place, of the only box that says a day with its
    hour. A header or a footer without one has the address of the office.
    """
    told = [lines for lines in margins if lines and _says_when(lines, how)]
    if len(told) != 1:
        return (), NOTHING
    (lines,) = told
    event = event_facts("\n".join(line.text for line in lines), how, kind)
    place = Recognised(place_facts(lines, how).facts)
    return ((*event, *boxed_name(lines)), place) if event else ((), NOTHING)


def _says_when(lines: Sequence[Line], how: DateContext) -> bool:
    text = without_duty_hours("\n".join(line.text for line in lines))
    moments = [each for each in said_moments(text, how) if each.at and not each.is_limit]
    return bool(moments) and not _EMBARGO.search(text)
