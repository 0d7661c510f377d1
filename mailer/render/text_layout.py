"""Lays out plain text: lines of 72 columns, aligned labels, rules. Filters
of the .txt templates.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

COLUMNS = 72
"""Leaves room for a reply's `> ` below 78 columns (RFC 5322 §2.1.1)."""

_BLANKS = re.compile(r"[\t\v\f\r]")
"""Those that wrapping turns into spaces."""


def wrap(text: str, first: str = "", rest: str | None = None, columns: int = COLUMNS) -> str:
    """Wrap `text` into lines; `first` and `rest` are the prefixes of the first and the other lines.

    Lines break only at ordinary spaces: no-break spaces are kept, and words and addresses are not
    cut. Existing line breaks are kept.
    """
    indent = first if rest is None else rest
    lines: list[str] = []
    for n, line in enumerate(text.split("\n")):
        prefix = indent if n else first
        lines += (
            [prefix + line]
            if _fits(line, columns - len(prefix))
            else _wrapped(line, prefix, indent, columns)
        )
    return "\n".join(lines)


def _fits(line: str, columns: int) -> bool:
    """Return whether a line stays as it is, which wrapping it would find out more slowly."""
    return 0 < len(line) <= columns and line == line.strip() and not _BLANKS.search(line)


def _wrapped(line: str, first: str, rest: str, columns: int) -> list[str]:
    has_blanks = _BLANKS.search(line) is not None
    return textwrap.wrap(
        line,
        columns,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
        expand_tabs=has_blanks,
        replace_whitespace=has_blanks,
    ) or [""]


def underlined(text: str, stroke: str = "-") -> str:
    """Return a title with a line below it, as long as its longest line."""
    lines = wrap(text)
    width = min(COLUMNS, max(map(len, lines.split("\n"))))
    return f"{lines}\n{stroke * width}"


def labelled(rows: Sequence[Sequence[str]]) -> str:
    """Return labels and values in two columns; values are wrapped within their column."""
    width = max((len(label) for label, _value in rows), default=0) + 3
    return "\n".join(wrap(value, f"  {label:<{width}}", " " * (width + 2)) for label, value in rows)


def rule(stroke: str = "-") -> str:
    """Return a horizontal line of full width."""
    return stroke * COLUMNS


def tidy_lines(text: str) -> str:
    """Remove repeated blank lines and trailing blanks; end with one newline."""
    lines = [line.rstrip(" \t") for line in text.strip().split("\n")]
    kept = [line for n, line in enumerate(lines) if line or lines[n - 1]]
    return "\n".join(kept) + "\n"


FILTERS: Mapping[str, Callable[..., str]] = {
    "wrap": wrap,
    "underlined": underlined,
    "labelled": labelled,
    "rule": lambda _value="": rule(),
}
