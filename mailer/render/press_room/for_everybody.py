"""Leaves out of a document what is for one reader: what names them, or depends on who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.render.jinja.deferred import BlockPart
from mailer.render.jinja.escape_context import SENTINEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from mailer.render.jinja.deferred import DeferredExpression


def for_everybody(
    tokens: Sequence[Token], deferred: Mapping[str, DeferredExpression]
) -> tuple[Token, ...]:
    """Return the paragraphs, lists and blocks that are the same for every reader.

    A sentence with a hole where somebody's name was would be read as a fault, so a paragraph that
    speaks to its reader is left out whole, and with it all that stands between an `if` about the
    reader and its end.
    """
    kept: list[Token] = []
    depth = 0
    for block in _top_level(tokens):
        found = [deferred[each].part for each in _sentinels(block) if each in deferred]
        is_within = depth > 0
        depth += found.count(BlockPart.OPEN) - found.count(BlockPart.CLOSE)
        if not found and not is_within:
            kept += block
    return tuple(kept)


def _sentinels(block: Sequence[Token]) -> Iterator[str]:
    for token in block:
        yield from SENTINEL.findall(token.content)
        for child in token.children or ():
            yield from SENTINEL.findall(str(child.attrs))


def _top_level(tokens: Sequence[Token]) -> list[list[Token]]:
    blocks: list[list[Token]] = []
    for token in tokens:
        if not blocks or (token.level == 0 and token.nesting >= 0):
            blocks.append([])
        blocks[-1].append(token)
    return blocks
