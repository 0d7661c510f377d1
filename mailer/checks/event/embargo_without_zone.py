"""Is it clear on which clock an embargo ends?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.phrases import in_any_language
from mailer.checks.reading.prose import messages
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "embargo-without-zone"

_EMBARGO = re.compile(rf"\b{in_any_language(lambda phrases: phrases.embargo)}\b")
_HOUR = re.compile(r"(?i)\b\d{1,2}\s*(?:h\b|h\s*\d{2}|:\d{2}|am\b|pm\b|a\.m\.|p\.m\.)")
_ZONE = re.compile(
    r"\b(?:UTC|GMT|TU|CES?T|BST|E[SD]T|P[SD]T)\b|"
    + in_any_language(lambda phrases: phrases.time_zone)
)


def check(draft: Draft) -> Iterator[Finding]:
    """An hour of embargo written by hand names its zone; the label we print always does."""
    for passage in messages(draft):
        for found in _EMBARGO.finditer(passage.text):
            sentence = passage.sentence_at(found.start())
            if not _HOUR.search(sentence) or _ZONE.search(sentence):
                continue
            yield Finding(
                NAME,
                Severity.ERROR,
                passage.at(found.start()),
                _("The embargo has an hour and no time zone."),
                _("A reader abroad, or in the weeks when clocks differ, will publish too early."),
                _(
                    "Add the zone (heure de Paris, UTC+1), or write [embargo] until = … and leave"
                    " the label to us."
                ),
            )
