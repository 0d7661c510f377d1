"""Read texts without what is quoted in them: a person who is quoted may say it otherwise."""

from __future__ import annotations

import re
from functools import lru_cache

from mailer.checks.reading.texts.prose import BLANK

_QUOTED = re.compile(
    r"«[^«»]{0,2000}»|“[^“”]{0,2000}”|\"[^\"\n]{0,2000}\"|^[ \t]{0,3}>(?![ \t]*[^\W\d_][^:\n.!?]{1,30}:[ \u00a0])[^\n]*",
    re.MULTILINE,
)

"""A line behind `>`, too, but for an item with its label: `> Prix : 140 euros`."""


@lru_cache(maxsize=256)  # several checks look at the same texts, at every save
def without_quotations(text: str) -> str:
    """Return `text` with quotations blanked. Its length and lines stay the same."""
    return _QUOTED.sub(lambda found: re.sub(r"[^\n]", BLANK, found[0]), text)
