"""Does each embargo hour have a time zone?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, _, error, warning
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import Passage, messages
from mailer.checks.reading.times.dates import mentions
from mailer.checks.reading.times.embargoes import is_laid

_EMBARGO = re.compile(rf"\b{in_any_language(lambda phrases: phrases.embargo)}\b")
_HOUR = re.compile(r"(?i)\b\d{1,2}\s*(?:h\b|h\s*\d{2}|:\d{2}|am\b|pm\b|a\.m\.|p\.m\.)")
_ZONE = re.compile(
    r"\b(?:UTC|GMT|TU|(?:[CEW]E)S?T|BST|[ACEMP][SD]?T|H[AN][AECP]|HE)\b|"
    + in_any_language(lambda phrases: phrases.time_zone)
)
_NAMED_HOUR = re.compile(
    r"(?i)\b(?:midi|minuit|noon|midnight|midday)\b|\d[ \u00a0]?heures?\b|\d\d:\d\d|\d\.\d\d"
)
_HEAD = 20
"""How many first lines of a text may be its head."""
_LONGEST = 100

WHY = _("A reader abroad, or in the weeks when clocks differ, will publish too early.")
SOURCE = sources.TIME_ZONES


def check(draft: Draft) -> Findings:
    """Yield an error for each embargo hour without a time zone.

    The embargo label that the program writes always has one. Where a text names the zone of an
    embargo once, its other hours are told by the same clock.
    """
    for passage in messages(draft):
        is_told = any(
            (_HOUR.search(sentence) or _NAMED_HOUR.search(sentence)) and _ZONE.search(sentence)
            for found in _EMBARGO.finditer(passage.text)
            if (sentence := passage.sentence_at(found.start()))
        )
        for found in _EMBARGO.finditer(passage.text):
            if not is_laid(passage.text, found.start()):
                continue
            sentence = passage.sentence_at(found.start())
            if _is_label_without_hour(passage, found.start()):
                yield warning(
                    passage.at(found.start()),
                    what=_("The embargo has a day and no hour."),
                    why=WHY,
                    remedy=_("Write the hour and its zone: until 6 am, Paris time."),
                )
            if is_told or not _HOUR.search(sentence):
                continue
            yield error(
                passage.at(found.start()),
                what=_("The embargo has an hour and no time zone."),
                why=WHY,
                remedy=_(
                    "Add the zone (Paris time); or fill in {fact}, and leave the label to us.",
                    fact=FactKey("embargo.until", "…"),
                ),
            )


def _is_label_without_hour(passage: Passage, at: int) -> bool:
    """Return whether an embargo stands in a short line of the head with a day and no hour."""
    start = passage.text.rfind("\n", 0, at) + 1
    line = passage.text[start:].partition("\n")[0]
    is_head = passage.text.count("\n", 0, at) <= _HEAD and len(line) <= _LONGEST
    written = line.title() if line.isupper() else line  # months have one capital in English
    is_dated = bool(mentions(written, passage.language))
    return is_head and is_dated and not (_HOUR.search(line) or _NAMED_HOUR.search(line))
