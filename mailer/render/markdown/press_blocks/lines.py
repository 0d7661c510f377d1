"""The lines of a block, and what stands before and after a colon in them."""

from __future__ import annotations

import re
from typing import NamedTuple

_COLON = re.compile(r"[\s\u00a0\u202f]?:(?=\s|\Z)")
_LABEL_LENGTH, _LABEL_WORDS = 48, 6


class SourceLine(NamedTuple):
    """A line of a block: its number in the text, its words, and whether it is indented."""

    number: int
    text: str
    is_indented: bool


def without_brackets(line: SourceLine) -> SourceLine:
    """Return `(source: x)` as `source: x`, and a quoted line without its sign."""
    text = line.text.lstrip("> ") if line.text.startswith(">") else line.text
    if text.startswith("(") and text.endswith(")") and _COLON.search(text):
        text = text[1:-1].strip()
    return line._replace(text=text)


def is_address(text: str) -> bool:
    """Return whether a text is a web address and nothing else."""
    return text.startswith(("https://", "http://", "www.", "<http")) and " " not in text


def split_label(text: str) -> tuple[str, str]:
    """Return what stands before and after the first colon with a blank behind it."""
    found = _COLON.search(text)
    if not found:
        return "", text
    return text[: found.start()].rstrip(), text[found.end() :].strip()


def is_label(words: str) -> bool:
    """Return whether a few words before a colon are the label of a row, and no sentence."""
    return len(words) <= _LABEL_LENGTH and len(words.split()) <= _LABEL_WORDS
