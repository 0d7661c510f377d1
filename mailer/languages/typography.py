"""Applies a language's typography to Markdown, plain text and subjects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Callable

_INVISIBLE = re.compile(
    r"[\s\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3164\ufeff]*"
)
# `7^{ème}`, as a word processor or LaTeX raises the end of an ordinal, and `7^e^` as Pandoc does.
_ENDINGS = (
    "er|ers|ère|ères|re|e|es|ème|èmes|eme|ième|ieme|ièmes|nd|nde|nds|st|rd|th|o|os|me|mes|lle|r"
)
RAISED = re.compile(
    rf"(?<=[\dIVXLCMDPn])\^(?:\{{(?P<braced>{_ENDINGS})\}}|(?P<closed>{_ENDINGS})\^|(?P<open>{_ENDINGS})(?![\w^]))"
)


def is_blank(text: str) -> bool:
    """Return whether a text shows nothing: only blanks and invisible characters."""
    return _INVISIBLE.fullmatch(text) is not None


def without_raised_marks(text: str) -> str:
    """Return `text` with ordinals as plain letters: `7ème` for `7^{ème}`."""
    return RAISED.sub(lambda found: found["braced"] or found["closed"] or found["open"], text)


def with_typography(text: str, language: str) -> str:
    """Return `text` with the typography of `language`, unchanged if that language has no rules.

    It is processed paragraph by paragraph, because results are cached: after an edit only one
    paragraph is processed again. A text with fenced code is not split, because code may have
    empty lines.
    """
    typography = language_of(language).typography
    text = line_with_typography(text, language)
    return _in_paragraphs(text, language, typography.together if typography else None)


def line_with_typography(text: str, language: str) -> str:
    """Return a subject, or another text of one line, with the typography of `language`."""
    typography = language_of(language).typography
    text = without_raised_marks(text)
    return _in_paragraphs(text, language, typography.typeset if typography else None)


def _in_paragraphs(text: str, language: str, edit: Callable[[str, str], str] | None) -> str:
    if not text or edit is None:
        return text
    paragraphs = [text] if "```" in text or "~~~" in text else text.split("\n\n")
    return "\n\n".join(edit(paragraph, language) for paragraph in paragraphs)
