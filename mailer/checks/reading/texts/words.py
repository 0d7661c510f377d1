"""Read a text word by word, and know what its words are from sets of them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.words import folded

_WORD = re.compile(r"[^\W_]+")


class WordInText(NamedTuple):
    """A word as it is written and folded, and where it stands."""

    written: str
    folded: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.written[0].isupper()


@lru_cache(maxsize=64)  # several checks look at the same texts, at every save
def words(text: str) -> tuple[WordInText, ...]:
    """Return the words of a text in their order; an apostrophe or a hyphen parts two."""
    return tuple(
        WordInText(it[0], folded(it[0]), it.start(), it.end()) for it in _WORD.finditer(text)
    )


@cache
def known_words(*kinds: str) -> frozenset[str]:
    """Return the words of some kinds in any language, because a French text may quote English."""
    known = [it.compared for it in LANGUAGES if it.compared]
    return frozenset().union(*(getattr(it, kind) for it in known for kind in kinds))
