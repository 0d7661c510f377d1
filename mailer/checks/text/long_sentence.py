"""Can each sentence be read in one breath?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.texts.prose import BLANK, PassagePart, messages

MAX_WORDS = 45
"""In words. In a longer sentence a reader on a telephone has scrolled before the verb."""

_END = re.compile(r"[.!?…;](?=\s|\Z)|\n\s*\n|\n(?=\s*(?:[-*+•–—]|\d+[.)]|#))")
_HOUR = re.compile(
    r"\n(?=[ \t\u00a0]*\d{1,2}(?:[ \u00a0]?h\b|[ \u00a0]?h[ \u00a0]?\d\d|[:.]\d\d|[ \u00a0]?[ap]\.?m))"
)
_HEADING = re.compile(r"^[^\n]{1,59}(?<![,;:(–—-])\n(?=[A-ZÀ-ÖØ-Þ«“\"])", re.MULTILINE)
"""A line that is too short to be folded, above one that begins a sentence."""
_FEWEST = 2
"""How many lines begin with an hour, at least, where a text has a timetable."""
_WORD = re.compile(rf"[\w{BLANK}][\w’'{BLANK}-]*")

WHY = _("Whoever reads on a telephone has lost its beginning before its end.")
SOURCE = sources.PLAIN_LANGUAGE


def check(draft: Draft) -> Findings:
    """Yield a note for each sentence that is too long.

    A sentence also ends at a semicolon, and at the end of a paragraph, of a list item or of a line of
    a timetable.
    """
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        start = 0
        for end in (*_ends(passage.text), len(passage.text)):
            words = list(_WORD.finditer(passage.text, start, end))
            if len(words) > MAX_WORDS:
                yield note(
                    passage.at(words[0].start()),
                    what=_("A sentence has {count} words.", count=len(words)),
                    why=WHY,
                    remedy=_("Cut it in two."),
                )
            start = end


def _ends(text: str) -> list[int]:
    hours = [found.end() for found in _HOUR.finditer(text)]
    ends = [found.end() for found in _END.finditer(text)]
    ends += [found.end() for found in _HEADING.finditer(text)]
    return sorted({*ends, *(hours if len(hours) >= _FEWEST else ())})
