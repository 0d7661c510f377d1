"""Can each sentence be read in one breath?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.texts.prose import BLANK, PassagePart, messages

MAX_WORDS = 45
"""In words. In a longer sentence a reader on a telephone has scrolled before the verb."""

_END = re.compile(r"[.!?…;](?=\s|\Z)|\n\s*\n|\n(?=\s*(?:[-*+]|\d+\.|#))")
_WORD = re.compile(rf"[\w{BLANK}][\w’'{BLANK}-]*")

WHY = _("Whoever reads on a telephone has lost its beginning before its end.")
SOURCE = sources.PLAIN_LANGUAGE


def check(draft: Draft) -> Findings:
    """Yield a note for each sentence that is too long.

    A sentence also ends at a semicolon, and at the end of a paragraph or list item.
    """
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        start = 0
        for end in (*(found.end() for found in _END.finditer(passage.text)), len(passage.text)):
            words = list(_WORD.finditer(passage.text, start, end))
            if len(words) > MAX_WORDS:
                yield note(
                    passage.at(words[0].start()),
                    what=_("A sentence has {count} words.", count=len(words)),
                    why=WHY,
                    remedy=_("Cut it in two."),
                )
            start = end
