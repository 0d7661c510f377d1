"""Long patterns of what few texts hold."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class RarePattern:
    """A long pattern, compiled for the first text that may hold it.

    `sign` is a short pattern: in a text that it does not match, `pattern` matches nowhere either.
    Without one, the first text compiles it. One with the two hundred words of numbers takes some
    milliseconds to compile, and a command reads few texts. `span` is where to look: from, and to.
    """

    def __init__(self, pattern: str, *, sign: str = "", flags: int = 0) -> None:
        self._source, self._sign_source, self._flags = pattern, sign, flags

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern itself, compiled."""
        return re.compile(self._source, self._flags)

    @cached_property
    def sign(self) -> re.Pattern[str]:
        """What a text has that may hold the pattern, compiled."""
        return re.compile(self._sign_source, self._flags)

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """Yield what the pattern matches, as `re.Pattern.finditer` does."""
        return self.pattern.finditer(text, *span) if self._may_hold(text, span) else iter(())

    def findall(self, text: str) -> list[str]:
        """Return the words that a pattern without groups matches."""
        return [found[0] for found in self.finditer(text)]

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        """Return the first match, as `re.Pattern.search` does."""
        return self.pattern.search(text, *span) if self._may_hold(text, span) else None

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        """Return the match at the beginning, as `re.Pattern.match` does."""
        return self.pattern.match(text, *span) if self._may_hold(text, span) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match of the whole text, as `re.Pattern.fullmatch` does."""
        return self.pattern.fullmatch(text) if self._may_hold(text, ()) else None

    def _may_hold(self, text: str, span: tuple[int, ...]) -> bool:
        return not self._sign_source or self.sign.search(text, *span) is not None
