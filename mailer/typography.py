"""Typography, from text to text, by the rules of the language: Markdown, plain text, subjects."""

from __future__ import annotations

from mailer.languages import language_of


def in_type(text: str, language: str) -> str:
    """`text` as a careful typist of `language` sets it; as it is, where there is nothing to set.

    Paragraph by paragraph, since what was set once is remembered: an edit costs one of them.
    Code between fences may hold empty lines, and is not cut.
    """
    typography = language_of(language).typography
    if not text or not typography or not typography.typeset:
        return text
    paragraphs = [text] if "```" in text or "~~~" in text else text.split("\n\n")
    return "\n\n".join(typography.typeset(paragraph, language) for paragraph in paragraphs)
