"""Leaves out of a document what is for one reader: what names them, or depends on who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mailer.render.jinja.deferred import BlockPart
from mailer.render.jinja.escape_context import SENTINEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from mailer.render.jinja.deferred import DeferredExpression


class Shared(NamedTuple):
    """What is the same for every reader, and how many paragraphs, lists or blocks are not."""

    tokens: tuple[Token, ...]
    left_out: int


def for_everybody(tokens: Sequence[Token], deferred: Mapping[str, DeferredExpression]) -> Shared:
    """Return the paragraphs, lists and blocks that are the same for every reader.

    A sentence with a hole where somebody's name was would be read as a fault, so a paragraph that
    speaks to its reader is left out whole, and with it all that stands between an `if` about the
    reader and its end.
    """
    kept: list[Token] = []
    depth = left_out = 0
    for block in _top_level(tokens):
        found = [deferred[each].part for each in _sentinels(block) if each in deferred]
        is_within = depth > 0
        depth += found.count(BlockPart.OPEN) - found.count(BlockPart.CLOSE)
        if not found and not is_within:
            kept += block
        elif not _is_tag_alone(block):
            left_out += 1
    return Shared(tuple(kept), left_out)


def _is_tag_alone(block: Sequence[Token]) -> bool:
    """Return whether a block is nothing but the beginning or end of an `if`: nobody misses it."""
    return not SENTINEL.sub("", "".join(token.content for token in block)).strip(" <!->")


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
