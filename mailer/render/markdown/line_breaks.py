"""Keeps the line breaks that an author made: in addresses, signatures, programmes.

Markdown joins the lines of a paragraph. A break that a text editor made, at the width of its
window, is joined here as well; one after a short line was meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.render.markdown.typed_lines import LIST_MARK, LineKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.render.markdown.typed_lines import TypedLine

SHORT = 50
"""In characters. Editors wrap their lines later; lines of an address end earlier."""

_BEGINS = re.compile(r"[\W_]*(?:[A-ZÀ-ÖØ-Þ0-9\ue002]|https?:|[\w.+-]+@)")
_ENDS = re.compile(r"[.!?:…»)\ue002][\s*_]*\Z")
_HOUR = re.compile(r"[\W_]*(?:[01]?\d|2[0-4])\s?(?:h|:|heures?)\b", re.IGNORECASE)
_LABEL = re.compile(r"[\W_]*[A-ZÀ-ÖØ-Þ][\w’'.() -]{0,30}[\s\u00a0]?:[\W_]*\s")


def lines_that_break(lines: Sequence[TypedLine]) -> Iterator[int]:
    """Yield the numbers of the lines whose end is a line break of the author."""
    width = max((len(line.text) for line in lines if line.kind is LineKind.TEXT), default=0)
    for first, end in _paragraphs(lines):
        paragraph = lines[first:end]
        is_list = bool(LIST_MARK.match(paragraph[0].body))
        are_short = not is_list and all(map(_is_short, paragraph))
        following_breaks = True
        for n in range(len(paragraph) - 2, -1, -1):
            line, after = paragraph[n], paragraph[n + 1]
            if _is_short(line):
                breaks = are_short or bool(_BEGINS.match(after.body))
            else:
                breaks = _is_row(line, after) or (
                    following_breaks and _is_signature(line, after, width=max(width, 60))
                )
            if breaks:
                yield first + n
            following_breaks = breaks


def _paragraphs(lines: Sequence[TypedLine]) -> Iterator[tuple[int, int]]:
    """Yield the first line of each paragraph or item, and the line after its last."""
    first: int | None = None
    for n, line in enumerate(lines):
        previous = lines[n - 1] if n else None
        continues = (
            first is not None
            and previous is not None
            and line.kind is LineKind.TEXT
            and line.block == previous.block
            and previous.kind is LineKind.TEXT
            and not LIST_MARK.match(line.body)
        )
        if not continues:
            if first is not None:
                yield first, n
            first = n if line.kind is LineKind.TEXT else None
    if first is not None:
        yield first, len(lines)


def _is_row(line: TypedLine, after: TypedLine) -> bool:
    """Return whether both lines begin with an hour, as in a programme, or with a label."""
    return any(sign.match(line.body) and sign.match(after.body) for sign in (_HOUR, _LABEL))


def _is_signature(line: TypedLine, after: TypedLine, *, width: int) -> bool:
    """Return whether a short line stands below the end of a sentence that had room for it."""
    first_word = after.body.split(" ", 1)[0]
    has_room = len(line.text) + 1 + len(first_word) <= width
    return bool(
        has_room and _is_short(after) and _BEGINS.match(after.body) and _ENDS.search(line.body)
    )


def _is_short(line: TypedLine) -> bool:
    return len(line.body.strip()) <= SHORT
