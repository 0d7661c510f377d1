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
    return next(
        (said.start() for said in _EMBARGO.finditer(text) if is_laid(text, said.start())), None
    )


def is_laid(text: str, at: int) -> bool:
    """Return whether the word at a place speaks of an embargo on the text."""
    return not any(found.start() <= at < found.end() for found in _NONE.finditer(text))
