"""Will the words for a day still be right on the day they are read?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.prose import messages
from mailer.model.finding import Finding, Severity
from mailer.render.facts.dates import day_in_words
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mailer.checks.reading.prose import Passage
    from mailer.model.draft import Draft

NAME = "relative-date"

_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_MONTHS = (
    "janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre"
)
_ENGLISH_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"

# Each kind of wording, and how many days after the mailing the event must be for it to be
# right; None where no mailing makes it clear. « La médecine de demain » names no day.
_WORDS: dict[str, tuple[tuple[re.Pattern[str], int | None], ...]] = {
    "fr": (
        (re.compile(rf"(?i)\b(?:\d+\s+)?(?:{_DAYS}|{_MONTHS})\s+prochains?\b"), None),
        (re.compile(r"(?i)\b(?:semaine|année|mois|week-end)s?\s+prochaine?s?\b"), None),
        (re.compile(rf"(?i)\bce\s+(?:{_DAYS}|week-end)\b|\bcette\s+semaine\b"), None),
        (re.compile(r"(?i)\bdans\s+(?:\d+|deux|trois|quatre|cinq|six|sept|huit|dix)\s+jours\b"), None),
        (re.compile(r"(?i)\bhier\b"), None),
        (re.compile(r"(?i)\bapr[èe]s-demain\b"), 2),
        (re.compile(r"(?i)(?<!\bde )(?<!\bde\u00a0)(?<!-)\bdemain\b"), 1),
        (re.compile(r"(?i)\bce\s+(?:matin|midi|soir)\b|\bcet\s+après-midi\b"), 0),
        (re.compile(r"(?i)\baujourd[’']hui,?\s+(?:à|dès|de)\s+[\d\ue000]"), 0),
    ),
    "en": (
        (re.compile(rf"(?i)\bnext\s+(?:{_ENGLISH_DAYS}|week|weekend|month|year)\b"), None),
        (re.compile(rf"\b[Tt]his\s+(?:{_ENGLISH_DAYS}|week|weekend)\b"), None),
        (re.compile(r"(?i)\bin\s+(?:\d+|two|three|four|five|six|seven|ten)\s+days\b"), None),
        (re.compile(r"(?i)\byesterday\b"), None),
        (re.compile(r"(?i)\bday\s+after\s+tomorrow\b"), 2),
        (re.compile(r"(?i)(?<!after )(?<!of )\btomorrow\b(?![’'])"), 1),
        (re.compile(r"(?i)\bthis\s+(?:morning|afternoon|evening)\b|\btonight\b"), 0),
        (re.compile(r"(?i)\btoday,?\s+(?:at|from)\s+[\d\ue000]"), 0),
    ),
}  # fmt: skip


def check(draft: Draft) -> Iterator[Finding]:
    """“Tomorrow” is right in the message of the eve, and wrong in every archive."""
    event = draft.campaign.event
    event_day = event.starts_at.date() if event and event.starts_at else None
    for passage in messages(draft):
        for pattern, distance in _WORDS.get(passage.language, ()):
            for found in pattern.finditer(passage.text):
                if distance is None or distance != _days_ahead(passage, event_day):
                    yield _finding(passage, found, event_day)


def _days_ahead(passage: Passage, event_day: date | None) -> int | None:
    if event_day is None or passage.planned is None:
        return None
    return (event_day - passage.planned.local.date()).days


def _finding(passage: Passage, found: re.Match[str], event_day: date | None) -> Finding:
    absolute = day_in_words(event_day, passage.language) if event_day else None
    return Finding(
        NAME,
        Severity.WARNING,
        passage.at(found.start()),
        _(
            "“{words}” depends on the day one reads it.",
            words=" ".join(found[0].split()).rstrip("\ue000 "),
        ),
        _("The message is opened on another day, forwarded and kept: the date must hold."),
        _("Write the date in full: {day}, or {fact}.", day=absolute, fact="{{ event.date }}")
        if absolute
        else _("Write the date in full, with its year."),
    )
