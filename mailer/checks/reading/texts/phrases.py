"""The phrases that checks look for, in all languages, because a French text may quote English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mailer.languages.phrases import Phrases


def in_any_language(part: Callable[[Phrases], str]) -> str:
    """Return a case-insensitive regular expression for one kind of phrase in any language."""
    every = "|".join(part(language.phrases) for language in LANGUAGES if language.phrases)
    return f"(?i:{every})"


def matches(pattern: str) -> re.Pattern[str]:
    """Return the compiled pattern of whole words."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


def one_of(words: Iterable[str]) -> str:
    """Return a regular expression for the longest of the words that stands somewhere.

    What several words begin with is written once: dozens of patterns hold the two hundred words of
    numbers, and each is compiled in little more than half the time.
    """
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[:1], []).append(word)
    is_end = bool(groups.pop("", ()))
    branches = []
    for group in groups.values():
        shared = _shared_start(min(group), max(group))
        rest = one_of(word.removeprefix(shared) for word in group) if len(group) > 1 else ""
        branches.append(re.escape(shared) + rest)
    if not branches:
        return "" if is_end else "(?!)"
    return f"(?:{'|'.join(branches)})" + "?" * is_end


def _shared_start(first: str, last: str) -> str:
    """Return what two words begin with, and all those between them in the order of the alphabet."""
    differs = (n for n, (one, other) in enumerate(zip(first, last, strict=False)) if one != other)
    return first[: next(differs, len(first))]
