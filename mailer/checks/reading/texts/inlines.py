"""Read the texts of a draft as Markdown: the inline tokens of each block, and the words they show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mailer.checks.reading.texts.prose import BLANK, without_jinja
from mailer.errors import Place
from mailer.render.markdown.parser import new_parser
from mailer.render.markdown.typed_text import read_typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from mailer.model.campaigns.campaign import Content
    from mailer.model.drafts.draft import Draft

_MARKDOWN = new_parser()

ADDRESS = "\ue001"
"""A private-use code point that replaces each character of an address that is written out."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the author's text as readers see it, with code and addresses blanked."""

    text: str
    place: Place


def contents(draft: Draft) -> Iterator[Content]:
    """Yield each text once, even if several steps share it."""
    seen = set()
    for planned in draft.plan:
        for content in planned.step.contents.values():
            if content.file not in seen:
                seen.add(content.file)
                yield content


def inlines(content: Content) -> Iterator[tuple[Sequence[Token], int]]:
    """Yield the inline tokens of each block, with the line on which the block begins."""
    line = 0
    for token in tokens_of(content):
        # The cells of a table have no line of their own; their row has.
        line = token.map[0] if token.map else line
        if token.type == "inline":
            yield token.children or (), content.line + line


def tokens_of(content: Content) -> tuple[Token, ...]:
    """Return the Markdown tokens of a text, whose expressions are blanked."""
    return _tokens(content.text)


def shown_lines(content: Content) -> Iterator[ShownLine]:
    """Yield the lines of a text as they are shown, without the marks that took effect."""
    for block, first_line in inlines(content):
        line, words, is_written_out = first_line, "", False
        for token in block:
            if token.type in {"link_open", "link_close"}:
                is_written_out = token.type == "link_open" and token.info == "auto"
            if is_break(token):
                yield ShownLine(words, Place(content.file, line))
                line, words = line + 1, ""
            elif token.type == "code_inline":
                words += BLANK * len(token.content)
            elif is_written_out:
                words += ADDRESS * len(token.content)
            else:
                words += token.content
        yield ShownLine(words, Place(content.file, line))


def is_break(token: Token) -> bool:
    """Return whether a token ends a line of the author's text."""
    return token.type in {"softbreak", "hardbreak"}


@lru_cache(maxsize=256)  # several checks look at the same texts, at every save
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(_MARKDOWN.parse(without_jinja(read_typed(text).markdown)))
