"""Find the hours at which somebody answers the telephone, which are those of no event."""

from __future__ import annotations

import re
from functools import lru_cache

from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import BLANK

_WORDS = in_any_language(lambda phrases: phrases.on_duty)
_THERE = in_any_language(lambda phrases: phrases.there_that_day)
_ON_DUTY = re.compile(
    rf"(?i:(?<!\w)(?:de|from|between|entre))[ \u00a0]\d[^.;()\n]{{1,80}}?(?<!\w){_WORDS}(?!\w)[^.;()\n]*|"
    rf"(?<!\w){_THERE}(?!\w)[^.;\n]{{0,60}}?(?=[ \u00a0][:(–-]?[ \u00a0]?\+?\d(?:[ .\u00a0-]?\d){{8}})|"
    rf"(?<!\w){_WORDS}(?!\w)(?:[^.;()\n{BLANK}]|\.(?=\w)|(?<=\.[mM])\.)*"
    rf"|(?:\d(?:[ .\u00a0-]?\d){{8,12}}|(?<![\w-])[\w-]+@[\w.-]+|(?<!{BLANK}){BLANK}{{6,}})[ \u00a0]?[,(–-][ \u00a0]?(?:{_WORDS}[ \u00a0])?"
    r"(?i:de|from|entre|between|dès|du|mon\w*|lundi)[ \u00a0](?:[^.;()\n]|\.(?=\w)|(?<=\.[mM])\.)*"
)


def is_on_duty(text: str) -> bool:
    """Return whether a text says when somebody answers."""
    return _ON_DUTY.search(text) is not None


@lru_cache(maxsize=256)  # several checks look at the same texts, at every save
def without_duty_hours(text: str) -> str:
    """Return a text of the same length with those hours blanked, and all of their clause."""
    return _ON_DUTY.sub(lambda found: re.sub(r"[^\n]", BLANK, found[0]), text)
