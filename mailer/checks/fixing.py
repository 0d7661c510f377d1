"""Correct a file of a campaign where a finding has one right fix; every other byte stays."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailer.model.drafts.fix import Fix

_LINE_END = re.compile(r"\r\n|\r|\n")
_ANY_LINE_END = r"(?:\r\n|\r|\n)"


class _Span(NamedTuple):
    """Where the words of a fix stand in a text, and what replaces them."""

    start: int
    end: int
    new: str


def fixed(content: bytes, fixes: Iterable[Fix]) -> bytes:
    """Return a UTF-8 file with the fixes that apply to it.

    A fix whose words are not where it says, or that overlaps an earlier one, changes nothing.
    Line ends and a byte order mark stay as they are.
    """
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    try:
        text = content[len(mark) :].decode()
    except UnicodeDecodeError:
        return content
    for span in reversed(_apart(text, fixes)):
        text = text[: span.start] + span.new + text[span.end :]
    return mark + text.encode()


def applies(content: bytes, fix: Fix) -> bool:
    """Return whether a file has the words of a fix where it says."""
    return fixed(content, (fix,)) != content


def _apart(text: str, fixes: Iterable[Fix]) -> list[_Span]:
    """Return the places of the fixes in their order, without those that overlap."""
    starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
    found = sorted(span for fix in fixes if (span := _span(text, starts, fix)) is not None)
    apart: list[_Span] = []
    for span in found:
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    return apart


def _span(text: str, starts: list[int], fix: Fix) -> _Span | None:
    """Return where the words of a fix stand, or None."""
    if not 0 < fix.line <= len(starts):
        return None
    start = starts[fix.line - 1]
    pattern = re.compile(_ANY_LINE_END.join(map(re.escape, fix.old.split("\n"))))
    if fix.column is not None:
        match = pattern.match(text, start + fix.column)
    else:
        end = starts[fix.line] if fix.line < len(starts) else len(text)
        every = list(pattern.finditer(text, start, end))
        match = every[0] if len(every) == 1 else None
    return _Span(match.start(), match.end(), fix.new) if match else None
