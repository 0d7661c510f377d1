"""Shows what differs between two versions of a text, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CONTEXT = 2
"""How many unchanged lines are shown around a change."""


class ChangeKind(StrEnum):
    """Where a line of a difference stands."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    GAP = "gap"
    """Unchanged lines that are left out."""


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a difference, without its line end."""

    kind: ChangeKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class FileDifference:
    """What differs in one file. `lines` is empty for a file that is not a text."""

    path: str
    is_new: bool
    is_gone: bool
    lines: tuple[DiffLine, ...] = ()


def file_differences(
    old: Mapping[str, bytes], new: Mapping[str, bytes]
) -> tuple[FileDifference, ...]:
    """Return the files that differ between two states of a campaign, by path."""
    return tuple(
        FileDifference(
            path,
            is_new=path not in old,
            is_gone=path not in new,
            lines=_lines(old.get(path, b""), new.get(path, b"")),
        )
        for path in sorted({*old, *new})
        if old.get(path) != new.get(path)
    )


def text_difference(old: str, new: str) -> tuple[DiffLine, ...]:
    """Return the lines removed from `old` and added in `new`, with a few unchanged ones around."""
    return tuple(_difference(old.splitlines(), new.splitlines()))


def _lines(old: bytes, new: bytes) -> tuple[DiffLine, ...]:
    try:
        return text_difference(old.decode(), new.decode())
    except UnicodeDecodeError:
        return ()


def _difference(old: list[str], new: list[str]) -> Iterator[DiffLine]:
    groups = list(SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(CONTEXT))
    for number, group in enumerate(groups):
        if number or group[0][1]:
            yield DiffLine(ChangeKind.GAP)
        for kind, start, end, new_start, new_end in group:
            if kind == "equal":
                yield from (DiffLine(ChangeKind.SAME, line) for line in old[start:end])
                continue
            yield from (DiffLine(ChangeKind.REMOVED, line) for line in old[start:end])
            yield from (DiffLine(ChangeKind.ADDED, line) for line in new[new_start:new_end])
    if groups and groups[-1][-1][2] < len(old):
        yield DiffLine(ChangeKind.GAP)
