"""Does a text give one day and one hour for one moment?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.texts.prose import PassagePart, messages
from mailer.checks.reading.times.moments import items_told_otherwise, moments_told_otherwise
from mailer.checks.reading.times.named_moments import (
    events_on_another_day,
    first_nights_on_another_day,
    first_of_them_otherwise,
    implied_otherwise,
)
from mailer.checks.reading.times.same_things import (
    ends_at_two_hours,
    things_at_two_hours,
    things_until_two_days,
)

WHY = _("Readers come at two hours, or answer too late.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield a note for the beginning of an event, the doors or the end of registration that the
    text has given otherwise before, and for an item of a programme or an event that a sentence
    gives otherwise by its name, by what comes before it, or as the first of many.
    """
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        written_on = passage.planned.local.date() if passage.planned else draft.now.date()
        told_otherwise = (
            *moments_told_otherwise(passage, written_on),
            *items_told_otherwise(passage),
            *events_on_another_day(passage, written_on),
            *first_nights_on_another_day(passage, written_on),
            *implied_otherwise(passage),
            *first_of_them_otherwise(passage, written_on),
            *things_at_two_hours(passage),
            *ends_at_two_hours(passage),
            *things_until_two_days(passage, written_on),
        )
        for told in {it.start: it for it in reversed(told_otherwise)}.values():
            yield note(
                passage.at(told.start),
                what=_(
                    "“{words}” here, and “{other}” elsewhere.", words=told.words, other=told.other
                ),
                why=WHY,
                remedy=_("Write one day and one hour, or say what each is for."),
            )
