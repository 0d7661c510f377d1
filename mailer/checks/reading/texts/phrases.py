"""The phrases that checks look for, in all languages, because a French text may quote English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.languages.phrases import Phrases


def in_any_language(part: Callable[[Phrases], str]) -> str:
    """Return a case-insensitive regular expression for one kind of phrase in any language."""
    every = "|".join(part(language.phrases) for language in LANGUAGES if language.phrases)
    return f"(?i:{every})"


def matches(pattern: str) -> re.Pattern[str]:
    """Return the compiled pattern of whole words."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
