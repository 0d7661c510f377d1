"""Reads brackets that nothing closes as text, when a paragraph has very many of them.

The parser looks from each `[` for its `]`: 20,000 signs of `![` took 21 s. A text that people
write has a few such brackets and is read by the parser alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_MAX_OPEN = 50
"""So many brackets without their `]`, or one inside the other, are left to the parser."""


def add_bracket_limit(parser: MarkdownIt) -> None:
    """Let `parser` read brackets beyond the limit as text, in linear time."""
    parser.inline.ruler.before("link", "unclosed_bracket", _unclosed_bracket)


def _unclosed_bracket(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature is markdown-it's
    run = _SIGNS.match(state.src, state.pos)
    if not run or not (beyond := _beyond_the_limit(state.src)):
        return False
    end = state.pos
    for at, sign in enumerate(run[0], state.pos):  # in one go: to add to a text costs its length
        if sign == "[" and at not in beyond:
            break
        if sign == "[":
            end = at + 1
    if end == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


_SIGNS = re.compile(r"(?:!?\[)+")


@lru_cache(maxsize=4)
def _beyond_the_limit(text: str) -> frozenset[int]:
    """Return the places of the `[` that are text, because too many are open there."""
    if text.count("[") <= _MAX_OPEN:
        return frozenset()
    opened: list[int] = []
    pairs: dict[int, int] = {}
    for at, sign in _brackets(text):
        if sign == "[":
            opened.append(at)
        elif opened:
            pairs[at] = opened.pop()
    unclosed = opened if len(opened) > _MAX_OPEN else []
    return frozenset((*unclosed, *_too_deep(pairs)))


def _too_deep(pairs: dict[int, int]) -> Iterator[int]:
    """Yield the places of the `[` that stand inside too many others; `pairs` has each by its `]`."""
    depth = 0
    for at in sorted((*pairs, *pairs.values())):
        depth += -1 if at in pairs else 1
        if depth > _MAX_OPEN and at not in pairs:
            yield at


def _brackets(text: str) -> Iterator[tuple[int, str]]:
    """Yield the brackets that no backslash escapes."""
    escaped = False
    for at, sign in enumerate(text):
        if sign in "[]" and not escaped:
            yield at, sign
        escaped = sign == "\\" and not escaped
