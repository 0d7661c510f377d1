"""Whether a text says that it is under embargo."""

from __future__ import annotations

import re

from mailer.checks.reading.texts.phrases import in_any_language, matches

_EMBARGO = matches(in_any_language(lambda phrases: phrases.embargo))
_NONE = re.compile(rf"(?<!\w)(?:{in_any_language(lambda phrases: phrases.no_embargo)})")


def embargo_at(text: str) -> int | None:
    """Return where a text first says that it is under embargo; None for one that says of none, or
    that it is over, or speaks of an embargo on goods.
    """
    none = [found.span() for found in _NONE.finditer(text)]
    for said in _EMBARGO.finditer(text):
        if not any(start <= said.start() < end for start, end in none):
            return said.start()
    return None
