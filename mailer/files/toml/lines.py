"""Finds the line of each key in a TOML document.

`tomllib` gives values without positions. This module walks through a document that `tomllib` has
accepted, so that it need not check brackets and quotes. A key path is that of the parsed value:
`("steps", 0, "send")`.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

KeyPath = tuple[str | int, ...]

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'  # up to two quotes may touch the closing three
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\r\n]+")
_SPACE = re.compile(r"[ \t]*")
_SPACE_AND_LINES = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")


def key_lines(document: str) -> dict[KeyPath, int]:
    """Return the line, from 1, of each key, table and array item of a valid document, by path.

    A table that several headers open has the line of the first.
    """
    walk = _KeyWalk(document)
    walk.document()
    return walk.lines


def line_of(path: KeyPath, lines: Mapping[KeyPath, int]) -> int:
    """Return the line of `path`, or of the nearest table around it that is written; else 0."""
    return next(
        (lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines),
        0,
    )


class _KeyWalk:
    """Walks once through a document; `at` is the index of the next character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[KeyPath, int] = {}
        self._counted_to = 0
        self._line = 1
        self._last_of_array: dict[KeyPath, int] = {}

    def document(self) -> None:
        table: KeyPath = ()
        while self._skip(_SPACE_AND_LINES) < len(self.text):
            if self.text.startswith("[[", self.at):
                table = self._array_header()
            elif self.text[self.at] == "[":
                self.at += 1
                table = self._header_path(self._key())
                self.at += 1
            else:
                self._pair(table)

    def _array_header(self) -> KeyPath:
        self.at += 2
        array = self._header_path(self._key(), last=False)
        self.at += 2
        index = self._last_of_array.get(array, -1) + 1
        self._last_of_array[array] = index
        self._record_line((*array, index))
        return (*array, index)

    def _header_path(self, key: tuple[str, ...], *, last: bool = True) -> KeyPath:
        """Return the path of a header; an array of tables in it means its latest table."""
        path: KeyPath = ()
        for depth, part in enumerate(key, start=1):
            path = (*path, part)
            self._record_line(path)
            if path in self._last_of_array and (last or depth < len(key)):
                path = (*path, self._last_of_array[path])
        return path

    def _pair(self, table: KeyPath) -> None:
        path = table
        for part in self._key():
            path = (*path, part)
            self._record_line(path)
        self._skip(_SPACE)
        self.at += 1  # the equals sign
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        if self.text[self.at] == "[":
            self._array(path)
        elif self.text[self.at] == "{":
            self._inline_table(path)
        else:
            self._take(_STRING) or self._take(_SCALAR)

    def _array(self, path: KeyPath) -> None:
        self.at += 1
        index = 0
        while self._peek() != "]":
            if self._peek() == ",":
                self.at += 1
                continue
            self._record_line((*path, index))
            self._value((*path, index))
            index += 1
        self.at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self.at += 1
        while self._peek() != "}":
            if self._peek() == ",":
                self.at += 1
                continue
            self._pair(path)
        self.at += 1

    def _key(self) -> tuple[str, ...]:
        parts = []
        while True:
            self._skip(_SPACE)
            part = self._take(_STRING) or self._take(_BARE_KEY)
            parts.append(tomllib.loads(f"key = {part}")["key"] if part[0] in "\"'" else part)
            self._skip(_SPACE)
            if self.text[self.at] != ".":
                return tuple(parts)
            self.at += 1

    def _peek(self) -> str:
        self._skip(_SPACE_AND_LINES)
        return self.text[self.at]

    def _skip(self, blank: re.Pattern[str]) -> int:
        self._take(blank)
        return self.at

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found[0]

    def _record_line(self, path: KeyPath) -> None:
        self._line += self.text.count("\n", self._counted_to, self.at)
        self._counted_to = self.at
        self.lines.setdefault(path, self._line)
