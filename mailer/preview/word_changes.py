"""What differs between two versions of a text, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORDS = re.compile(r"[\w'’-]+\s*|[^\w\s]\s*|\s+")
_KEPT = 120
"""How many characters of an unchanged passage stay on each side of a change."""


class RunKind(StrEnum):
    """What became of the words of a run."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    LEFT_OUT = "left-out"
    """The middle of a long unchanged passage, whose words are not shown."""


@dataclass(frozen=True, slots=True)
class WordRun:
    """Words that follow each other and had the same fate."""

    kind: RunKind
    text: str = ""


def word_changes(old: str, new: str) -> tuple[WordRun, ...]:
    """Return the runs that lead from `old` to `new`.

    Those that are not removed make `new`, those that are not added make `old`. Lines are compared
    first and words only in lines that differ: comparing all words of two long texts takes seconds.
    """
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    found: list[WordRun] = []
    for kind, start, end, new_start, new_end in _steps(old_lines, new_lines):
        before, after = "".join(old_lines[start:end]), "".join(new_lines[new_start:new_end])
        if kind == "equal":
            found.append(WordRun(RunKind.SAME, before))
        else:
            found.extend(_runs(_WORDS.findall(before), _WORDS.findall(after)))
    return tuple(_joined(found))


def has_changed(runs: Sequence[WordRun]) -> bool:
    """Return whether any word was removed or added."""
    return any(run.kind in {RunKind.REMOVED, RunKind.ADDED} for run in runs)


def around_changes(runs: Sequence[WordRun]) -> tuple[WordRun, ...]:
    """Return the runs with what stands far from every change left out."""
    last = len(runs) - 1
    return tuple(
        part
        for at, run in enumerate(runs)
        for part in (
            _shortened(run.text, is_first=at == 0, is_last=at == last)
            if run.kind is RunKind.SAME
            else (run,)
        )
    )


def _steps(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[WordRun]:
    for kind, start, end, new_start, new_end in _steps(old, new):
        if kind == "equal":
            yield WordRun(RunKind.SAME, "".join(old[start:end]))
            continue
        if start != end:
            yield WordRun(RunKind.REMOVED, "".join(old[start:end]))
        if new_start != new_end:
            yield WordRun(RunKind.ADDED, "".join(new[new_start:new_end]))


def _joined(runs: Sequence[WordRun]) -> Iterator[WordRun]:
    for kind, group in groupby(runs, key=lambda run: run.kind):
        yield WordRun(kind, "".join(run.text for run in group))


def _shortened(text: str, *, is_first: bool, is_last: bool) -> Iterator[WordRun]:
    """Yield an unchanged passage without its middle, or without the end that no change is at."""
    before, after = (0 if is_first else _KEPT), (0 if is_last else _KEPT)
    if len(text) <= before + after + _KEPT:
        yield WordRun(RunKind.SAME, text)
        return
    start = text.rfind(" ", 0, before) + 1
    end = text.find(" ", len(text) - after)
    end = len(text) if end < 0 or is_last else end
    if start:
        yield WordRun(RunKind.SAME, text[:start])
    yield WordRun(RunKind.LEFT_OUT)
    if end < len(text):
        yield WordRun(RunKind.SAME, text[end:])
