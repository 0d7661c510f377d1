"""Applies a language's typography to Markdown, plain text and subjects."""

from __future__ import annotations

from mailer.languages import language_of


def with_typography(text: str, language: str) -> str:
    """Return `text` with the typography of `language`, unchanged if that language has no rules.

    It is processed paragraph by paragraph, because results are cached: after an edit only one
    paragraph is processed again. A text with fenced code is not split, because code may have
    empty lines.
    """
    typography = language_of(language).typography
    if not text or not typography or not typography.typeset:
        return text
    paragraphs = [text] if "```" in text or "~~~" in text else text.split("\n\n")
    return "\n\n".join(typography.typeset(paragraph, language) for paragraph in paragraphs)
