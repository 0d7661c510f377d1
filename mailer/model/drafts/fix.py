"""The one right correction of a finding, as words to replace in the author's file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fix:
    r"""Words of a file and what replaces them.

    `old` begins in line `line`, which counts from 1, at `column`, which counts from 0; without a
    column it must stand there exactly once. A line end within `old` is `\n`, whatever the file has.
    """

    line: int
    old: str
    new: str
    column: int | None = None
