"""Does each embargo hour have a time zone?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.phrases import in_any_language
from mailer.checks.reading.prose import messages

_EMBARGO = re.compile(rf"\b{in_any_language(lambda phrases: phrases.embargo)}\b")
_HOUR = re.compile(r"(?i)\b\d{1,2}\s*(?:h\b|h\s*\d{2}|:\d{2}|am\b|pm\b|a\.m\.|p\.m\.)")
_ZONE = re.compile(
    r"\b(?:UTC|GMT|TU|CES?T|BST|E[SD]T|P[SD]T)\b|"
    + in_any_language(lambda phrases: phrases.time_zone)
)

WHY = _("A reader abroad, or in the weeks when clocks differ, will publish too early.")
SOURCE = sources.TIME_ZONES


def check(draft: Draft) -> Findings:
    """Yield an error for each embargo hour without a time zone.

    The embargo label that the program writes always has one.
    """
    for passage in messages(draft):
        for found in _EMBARGO.finditer(passage.text):
            sentence = passage.sentence_at(found.start())
            if not _HOUR.search(sentence) or _ZONE.search(sentence):
                continue
            yield error(
                passage.at(found.start()),
                what=_("The embargo has an hour and no time zone."),
                why=WHY,
                remedy=_(
                    "Add the zone (heure de Paris, UTC+1), or write [embargo] until = … and leave"
                    " the label to us."
                ),
            )
