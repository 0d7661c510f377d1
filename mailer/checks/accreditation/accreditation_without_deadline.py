"""Until when can one be accredited?"""

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, _, error, note
from mailer.checks.reading.admissions import asked_without_limit
from mailer.checks.reading.texts.places import place_of
from mailer.checks.reading.texts.prose import PassagePart, messages

WHY = _("Requests will arrive on the morning of the event, and be refused at the door.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield an error if accreditation is compulsory and has no deadline; a note for a text that asks
    journalists to register, and names no day.
    """
    rules = draft.campaign.accreditation
    if rules.deadline is None and not rules.required:
        yield from _asked_for(draft)
    elif rules.deadline is None:
        yield error(
            place_of(draft.campaign, "accreditation.deadline"),
            what=_("Accreditation is compulsory and has no deadline."),
            why=WHY,
            remedy=_("Fill in {fact}.", fact=FactKey("accreditation.deadline", "J-1 12:00")),
        )


def _asked_for(draft: Draft) -> Findings:
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        for asked in asked_without_limit(passage):
            yield note(
                passage.at(asked.start),
                what=_(
                    "“{words}”, and the text does not say until when.",
                    words=" ".join(asked.words.split()).rstrip("."),
                ),
                why=WHY,
                remedy=_("Say until which day and hour journalists can ask."),
            )
            return
