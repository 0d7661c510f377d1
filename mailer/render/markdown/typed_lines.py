"""Splits a text into lines with what their beginnings mean, before Markdown reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VALUE, TAG = "\ue002", "\ue003"
"""Each character of a hidden `{{ … }}` or code span, and of a hidden `{% … %}`."""

_PREFIX = re.compile(rf"(?:[ \t]*>[ ]?)*[ \t]*(?:{TAG}+[ \t]*)*")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_RULE = re.compile(r"(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_UNDERLINE = re.compile(r"-+|=+")
_TABLE_RULE = re.compile(r"(?=[^\n]*\|)(?=[^\n]*-)[\s|:-]+")
_FENCE = re.compile(r"```+|~~~+")
_BOX = re.compile(r":::\s*\w")
_REFERENCE = re.compile(r"\[[^\]\n]+\]:")
LIST_MARK = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)")
"""What begins an item of a list in Markdown."""


class LineKind(Enum):
    """TEXT can be changed; a TAG line is Jinja alone; OTHER is a heading, a table, code, a box."""

    TEXT = auto()
    BLANK = auto()
    TAG = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line: quotation signs and indentation, what follows, and the block it belongs to.

    Lines of one block follow each other without a blank line.
    """

    prefix: str
    body: str
    kind: LineKind
    block: int
    is_first: bool
    """Whether no text of its block stands before it."""

    @property
    def depth(self) -> int:
        """The number of quotation signs."""
        return self.prefix.count(">")

    @property
    def text(self) -> str:
        return self.prefix + self.body


def typed_lines(lines: Sequence[str]) -> list[TypedLine]:
    """Return the lines with their kinds and blocks."""
    found: list[TypedLine] = []
    block, is_first = 0, True
    special = _special_lines(lines)
    for n, line in enumerate(lines):
        prefix = _PREFIX.match(line)
        start = prefix.end() if prefix else 0
        kind = _kind(line, line[start:], is_special=n in special)
        previous = found[-1] if found else None
        if previous and (
            kind in {LineKind.BLANK, LineKind.OTHER}
            or previous.kind in {LineKind.BLANK, LineKind.OTHER}
            or line.count(">", 0, start) != previous.depth
        ):
            ends_block = not is_first
            block, is_first = block + ends_block + (kind is LineKind.OTHER), True
        found.append(TypedLine(line[:start], line[start:], kind, block, is_first))
        is_first = is_first and kind is not LineKind.TEXT
    return found


def _kind(line: str, body: str, *, is_special: bool) -> LineKind:
    if is_special or _HEADING.match(body) or _RULE.fullmatch(body.strip()):
        return LineKind.OTHER
    if _UNDERLINE.fullmatch(body.strip()) or _REFERENCE.match(body):
        return LineKind.OTHER
    if not body.strip():
        return LineKind.TAG if TAG in line else LineKind.BLANK
    return LineKind.TEXT


def _special_lines(lines: Sequence[str]) -> set[int]:
    """Return the numbers of the lines in closed code fences, boxes and tables."""
    found: set[int] = set()
    for start, end in (*_enclosed(lines), *_tables(lines)):
        found.update(range(start, end + 1))
    return found


def _enclosed(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and last lines of code between fences and of boxes that are closed."""
    ends = _last_lines(lines)
    n = 0
    while n < len(lines):
        line = lines[n].strip()
        fence = _FENCE.match(line)
        mark = fence[0] if fence else ":::" if _BOX.match(line) else ""
        end = _end(lines, n, mark, ends) if mark else None
        if end is not None:
            yield n, end
            n = end
        n += 1


def _last_lines(lines: Sequence[str]) -> dict[str, int]:
    """Return the last line that may close each kind of block, so that no search is in vain."""
    return {sign: n for n, line in enumerate(lines) if (sign := line.strip()[:3])}


def _end(lines: Sequence[str], start: int, mark: str, ends: dict[str, int]) -> int | None:
    if ends.get(mark[:3], -1) <= start:
        return None
    for n in range(start + 1, len(lines)):
        line = lines[n].strip()
        if line.startswith(mark) and not line.strip(mark[0]):
            return n
    ends[mark[:3]] = start
    return None


def _tables(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    end = 0
    for n in range(1, len(lines)):
        if n > end and "|" in lines[n - 1] and _TABLE_RULE.fullmatch(lines[n].strip()):
            end = n
            while end + 1 < len(lines) and "|" in lines[end + 1]:
                end += 1
            yield n - 1, end


def unclosed_fences(lines: Sequence[str]) -> Iterator[int]:
    """Yield the lines that look like the beginning of code which never ends."""
    enclosed = {n for start, end in _enclosed(lines) for n in range(start, end + 1)}
    for n, line in enumerate(lines):
        if n not in enclosed and _FENCE.match(line.strip()):
            yield n
