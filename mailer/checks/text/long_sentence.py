"""Can each sentence be read in one breath?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.prose import BLANK, PassagePart, messages
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "long-sentence"

LONGEST = 45
"""Words. Past this a reader on a telephone has scrolled before the verb."""

_END = re.compile(r"[.!?…;](?=\s|\Z)|\n\s*\n|\n(?=\s*(?:[-*+]|\d+\.|#))")
_WORD = re.compile(rf"[\w{BLANK}][\w’'{BLANK}-]*")


def check(draft: Draft) -> Iterator[Finding]:
    """Sentences end at a full stop or semicolon, paragraphs and list items of themselves."""
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        start = 0
        for end in (*(found.end() for found in _END.finditer(passage.text)), len(passage.text)):
            words = list(_WORD.finditer(passage.text, start, end))
            if len(words) > LONGEST:
                yield Finding(
                    NAME,
                    Severity.NOTE,
                    passage.at(words[0].start()),
                    _("A sentence has {count} words.", count=len(words)),
                    _("Whoever reads on a telephone has lost its beginning before its end."),
                    _("Cut it in two."),
                )
            start = end
