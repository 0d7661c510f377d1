"""Do the texts close accreditation when the facts say?"""

from datetime import date, datetime, timedelta

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, Quoted, Severity, _, finding
from mailer.checks.reading.texts.prose import messages
from mailer.checks.reading.times.moments import Moment, limits
from mailer.languages import LANGUAGES
from mailer.model.campaigns.campaign import Campaign
from mailer.render.facts.dates import day_in_words, moment_in_words
from mailer.wording import Text

WHY = _("Some ask too late, and stand at the door without a badge.")
SOURCE = sources.STANDARD_OF_THE_DESK

_LONG = timedelta(days=60)
"""So long past is a day that stayed from the text of another year."""
_OF_JOURNALISTS = {next(iter(it.release.asked_by), "") for it in LANGUAGES if it.release}


def check(draft: Draft) -> Findings:
    """Yield a warning for a moment until which a text takes requests for accreditation and that is
    not the deadline of `campaign.toml`; an error for a day after the event, or one long past.
    """
    for passage in messages(draft):
        written_on = passage.planned.local.date() if passage.planned else draft.now.date()
        for told in limits(passage, written_on):
            if told.thing not in _OF_JOURNALISTS:
                continue
            if found := _wrong(told, draft.campaign, written_on, passage.language):
                severity, what = found
                where = passage.at(told.start)
                yield finding(severity, where, what=what, why=WHY, remedy=_REMEDY)


def _wrong(
    told: Moment, campaign: Campaign, written_on: date, language: str
) -> tuple[Severity, Text] | None:
    """Return how severe it is that accreditation closes then, and what to say; None if it does."""
    deadline, event = campaign.accreditation.deadline, campaign.event
    last_day = event and event.starts_at and (event.ends_at or event.starts_at).date()
    if told.day and told.day < written_on - _LONG:
        return Severity.ERROR, _("“{words}” is long past when this leaves.", words=told.words)
    if last_day and told.day and told.day > last_day:
        return Severity.ERROR, _(
            "“{words}” lies after the event, which is on {day}.",
            words=told.words,
            day=Quoted(day_in_words(last_day, language), language),
        )
    if deadline and _differs(told, deadline):
        return Severity.WARNING, _(
            "“{words}” is not when accreditation closes: {moment}.",
            words=told.words,
            moment=Quoted(moment_in_words(deadline, language), language),
        )
    return None


_REMEDY = _(
    "Write {words}, or correct {fact}.",
    words="{{ accreditation.deadline }}",
    fact=FactKey("accreditation.deadline"),
)


def _differs(told: Moment, deadline: datetime) -> bool:
    """Return whether a text gives another day, or beside the right one another hour."""
    return told.day != deadline.date() or told.at not in {None, deadline.time()}
