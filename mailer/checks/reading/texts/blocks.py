"""Find the press blocks of a draft, and make findings about what they lack."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.check import finding
from mailer.checks.reading.texts.inlines import contents, tokens_of
from mailer.errors import Place
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.check import Finding, Severity
    from mailer.model.campaigns.campaign import Content
    from mailer.model.drafts.draft import Draft
    from mailer.render.markdown.press_blocks.reading import Entry, PressBlock
    from mailer.wording import Text


class BlockInText(NamedTuple):
    """A block, and the text in which it stands."""

    block: PressBlock
    content: Content

    def at(self, line: int) -> Place:
        """Return the place of a line of the text, which counts from 0."""
        return Place(self.content.file, self.content.line + line)

    def lacks(
        self, *, severity: Severity, line: int, what: Text, why: Text, remedy: Text
    ) -> Finding:
        """Return a finding about something that is missing in a line of the block."""
        return finding(severity, self.at(line), what=what, why=why, remedy=remedy)


def blocks(draft: Draft, name: str) -> Iterator[BlockInText]:
    """Yield the blocks of this name in all texts."""
    for content in contents(draft):
        for token in tokens_of(content):
            if token.type == "block_open" and token.meta["block"].kind.name == name:
                yield BlockInText(token.meta["block"], content)


def sections_of(content: Content) -> frozenset[str]:
    """Return the anchors of the sections in other languages (`#lang-en`) that a text has."""
    return frozenset(
        f"#{token.attrs['id']}" for token in tokens_of(content) if token.type == "section_open"
    )


def head_of(entry: Entry) -> str:
    """Return the words by which people recognise an entry."""
    return next(
        (it.text for key in ("title", "name", "label", "value") if (it := entry.values.get(key))),
        "",
    )


def is_same_name(one: str, other: str) -> bool:
    """Return whether two names differ in accents, capitals and hyphens at most."""
    return folded(one) == folded(other)
