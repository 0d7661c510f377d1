"""Line ends of a stored file, kept while its text is edited in a form.

A form shows and sends line ends of one kind. The file keeps its own: each line that stays has the
end it had, and a new line has the end that most lines have.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

_END = re.compile(r"\r\n|\r|\n")


def with_lf(text: str) -> str:
    """Return `text` with LF as its only line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def restore_line_ends(stored: str, edited: str) -> str:
    """Return `edited`, which has LF only, with the line ends of the text that it replaces."""
    if with_lf(stored) == edited:
        return stored
    ends = _END.findall(stored)
    kinds = Counter(ends)
    usual = kinds.most_common(1)[0][0] if ends else "\n"
    lines = edited.split("\n")
    if len(kinds) <= 1:
        return usual.join(lines)
    kept = _kept_ends(_END.split(stored), ends, lines)
    restored = "".join(f"{line}{kept.get(number, usual)}" for number, line in enumerate(lines[:-1]))
    restored += lines[-1]
    # A line that ends in CR before an empty one that ends in LF would be read as one line.
    return restored if with_lf(restored) == edited else usual.join(lines)


def _kept_ends(old: list[str], ends: list[str], new: list[str]) -> dict[int, str]:
    """Return the ends of the lines of `new` that `old` has too, by their number."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {
        block.b + offset: ends[block.a + offset]
        for block in blocks
        for offset in range(block.size)
        if block.a + offset < len(ends)
    }
