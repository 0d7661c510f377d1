"""Keeps signs at the beginning of a line that Markdown would take for marks of its own.

`+ 30 %` is a rise, `1984.` a year, `> 50 %` a comparison: as marks of a list or a quotation they
would vanish, and the figure with its sign.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.render.markdown.pasted_lists import AMOUNT
from mailer.render.markdown.typed_lines import LineKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.render.markdown.typed_lines import TypedLine

_MARK = re.compile(
    r"(?P<sign>[-+*])[ \t\u00a0]+(?P<words>\S.*)|(?P<number>\d{1,9})[.)](?:[ \t].*|$)"
)
_GREATER = re.compile(rf"(?P<indent>[ \t]*)>[ ]?(?={AMOUNT.pattern})")
_FOOTNOTE_STAR = re.compile(r"[^\W_][.,;:!?»]?\*+(?![\w*])")
_LONGEST_NUMBER = 2
"""In digits. No list of a press text has a hundredth item; `1984.` is a year."""


def signs_to_keep(lines: Sequence[TypedLine], text: str) -> Iterator[int]:
    """Yield the numbers of the lines that begin with a sign which is no mark of a list."""
    marks = {
        n: mark
        for n, line in enumerate(lines)
        if line.kind is LineKind.TEXT and (mark := _MARK.match(line.body))
    }
    has_star = any(mark["sign"] == "*" for mark in marks.values()) and any(
        _is_lone(found, text) for found in _FOOTNOTE_STAR.finditer(text)
    )
    order = list(marks)
    for at, n in enumerate(order):
        neighbours = [
            marks[other]
            for other in (*order[max(0, at - 1) : at], *order[at + 1 : at + 2])
            if _is_near(lines, n, other)
        ]
        if _is_text(marks[n], neighbours, has_star=has_star):
            yield n


def amounts_in_lists(lines: Sequence[TypedLine]) -> Iterator[int]:
    """Yield the numbers of the items whose dash might be a minus sign."""
    for n, line in enumerate(lines):
        mark = _MARK.match(line.body) if line.kind is LineKind.TEXT else None
        if mark and mark["sign"] == "-" and AMOUNT.match(mark["words"]):
            yield n


def _is_text(mark: re.Match[str], neighbours: Sequence[re.Match[str]], *, has_star: bool) -> bool:
    if mark["number"]:
        number = int(mark["number"])
        is_in_sequence = any(
            abs(int(each["number"]) - number) <= 1 for each in neighbours if each["number"]
        )
        return len(mark["number"]) > _LONGEST_NUMBER or (number != 1 and not is_in_sequence)
    is_alone = not any(each["sign"] == mark["sign"] for each in neighbours)
    if mark["sign"] == "+":
        return is_alone or bool(re.match(r"[\d\ue002]", mark["words"]))
    if mark["sign"] == "*":
        return is_alone and has_star
    return is_alone and bool(AMOUNT.match(mark["words"]))


def _is_near(lines: Sequence[TypedLine], one: int, other: int) -> bool:
    """Return whether two lines can be items of one list: in one block, or in blocks side by side."""
    first, second = sorted((one, other))
    before, after = lines[first], lines[second]
    return before.depth == after.depth and after.block - before.block <= 1


def _is_lone(star: re.Match[str], text: str) -> bool:
    """Return whether a star closes no emphasis: no star opens one before it on its line."""
    near = max(0, star.start() - 500)
    start = text.rfind("\n", near, star.start()) + 1 or near
    return not re.search(r"(?<!\w)\*+(?=\S)", text[start : star.start() + 1])


def comparisons(lines: Sequence[str]) -> Iterator[int]:
    """Yield the numbers of the lines on which `>` stands before an amount and quotes nobody."""
    for n, line in enumerate(lines):
        if _GREATER.match(line):
            around = (*lines[max(0, n - 1) : n], *lines[n + 1 : n + 2])
            is_alone = not any(other.lstrip().startswith(">") for other in around)
            is_attributed = n + 1 < len(lines) and re.match(r"\s*[–—]", lines[n + 1])
            if is_alone and not is_attributed:
                yield n
