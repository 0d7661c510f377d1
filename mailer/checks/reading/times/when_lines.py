"""Find the lines that say when an event is: `Quand : mercredi 12 mai, 16 h`."""

from __future__ import annotations

import re
from functools import lru_cache

from mailer.languages import LANGUAGES

_WHEN = "|".join(it.release.when for it in LANGUAGES if it.release)
_LINE = re.compile(
    rf"^[ \t>*_•|-]*(?i:{_WHEN})[ \t\u00a0*_]*[:|?][ \t\u00a0*_]*(?P<said>[^\n]+)", re.MULTILINE
)


@lru_cache(maxsize=256)  # several checks look at the same texts, at every save
def when_lines(text: str) -> tuple[tuple[int, int], ...]:
    """Return where each such line says it, from and to."""
    return tuple(found.span("said") for found in _LINE.finditer(text))
