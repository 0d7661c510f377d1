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
    One with the two hundred words of numbers takes some milliseconds to compile, and a command
    reads few texts.
    """

    def __init__(self, pattern: str, *, sign: str, flags: int = 0) -> None:
        self._source, self._sign_source, self._flags = pattern, sign, flags

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern itself, compiled."""
        return re.compile(self._source, self._flags)

    @cached_property
    def sign(self) -> re.Pattern[str]:
        """What a text has that may hold the pattern, compiled."""
        return re.compile(self._sign_source, self._flags)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield what the pattern matches, as `re.Pattern.finditer` does."""
        return self.pattern.finditer(text) if self.sign.search(text) else iter(())

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match, as `re.Pattern.search` does."""
        return self.pattern.search(text) if self.sign.search(text) else None
