"""Do the hours of a programme follow each other, and is the press told which are for it?"""

import re
from itertools import pairwise

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _, note
from mailer.checks.reading.texts.blocks import blocks
from mailer.checks.reading.texts.prose import PassagePart, messages
from mailer.checks.reading.times.hour_lists import hour_lists

_HOUR = re.compile(r"(?P<hour>\d{1,2})\s*[h:.]?\s*(?P<minute>[0-5]\d)?", re.IGNORECASE)
_HALF = re.compile(r"\d\s*(?P<half>[ap])\.?m", re.IGNORECASE)
_DASH = re.compile(r"[–—-]|\bà\b|\bto\b")

WHY = _("A programme is read from the top: one of the two hours is wrong.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a warning for an hour before the one above it, and a note without a press moment.

    Of hours that only a text lists nobody can be sure that they are one programme: a note.
    """
    yield from _in_texts(draft)
    for found in blocks(draft, "programme"):
        last = -1
        for entry in found.block.entries:
            starts = entry.values.get("starts")
            minutes = _minutes(starts.text) if starts else None
            if starts and minutes is not None:
                if minutes < last:
                    yield found.lacks(
                        severity=Severity.WARNING,
                        line=entry.line,
                        what=_("“{hour}” stands below a later hour.", hour=starts.text),
                        why=WHY,
                        remedy=_("Correct the hour, or put the line where it belongs."),
                    )
                last = minutes
        if found.block.entries and not any("press" in it.values for it in found.block.entries):
            yield found.lacks(
                severity=Severity.NOTE,
                line=found.block.line,
                what=_("The programme has no moment for the press."),
                why=_("A camera crew comes for half an hour, and wants to know for which."),
                remedy=_("Write “press: …” below the moment for photographs and questions."),
            )


def _in_texts(draft: Draft) -> Findings:
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        for listed in hour_lists(passage):
            for above, hour in pairwise(listed):
                if hour.minutes < above.minutes:
                    yield note(
                        passage.at(hour.start),
                        what=_("“{hour}” stands below a later hour.", hour=hour.words),
                        why=WHY,
                        remedy=_("Correct the hour, or put the line where it belongs."),
                    )


def _minutes(hours: str) -> int | None:
    """Return the first hour of a text in minutes; None when nobody can tell which it is."""
    first = _DASH.split(hours, maxsplit=1)[0]
    found, half = _HOUR.search(first), _HALF.search(first)
    if not found or (half is None and _HALF.search(hours)):
        return None
    hour = int(found["hour"])
    if half:
        hour = hour % 12 + 12 * (half["half"].lower() == "p")
    return hour * 60 + int(found["minute"] or 0)
