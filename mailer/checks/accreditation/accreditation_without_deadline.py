"""Until when can one be accredited?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, _, error, note
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.places import place_of
from mailer.checks.reading.texts.prose import messages
from mailer.checks.reading.texts.rare import RarePattern

WHY = _("Requests will arrive on the morning of the event, and be refused at the door.")
SOURCE = sources.STANDARD_OF_THE_DESK

_ASKS = RarePattern(in_any_language(lambda phrases: phrases.asks_press_to_register))
_NOT_NEEDED = re.compile(in_any_language(lambda phrases: phrases.not_needed))


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
        for found in _ASKS.finditer(passage.text):
            if _NOT_NEEDED.search(passage.sentence_at(found.start())):
                continue
            yield note(
                passage.at(found.start()),
                what=_(
                    "“{words}”, and the text does not say until when.",
                    words=" ".join(found[0].split()),
                ),
                why=WHY,
                remedy=_("Say until which day and hour journalists can ask."),
            )
            return
