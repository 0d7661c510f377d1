"""Reads a template's files in the order in which Jinja combines them, without rendering.

Overriding blocks replace those they override, includes and macros are read where they are used, and
every branch of a condition is read.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from mailer.render.markup import pieces

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from mailer.render.markup import Piece


class Branch(Enum):
    """A change of branch: a condition or loop begins, switches to another branch, or ends; or a
    file begins whose surroundings are unknown.
    """

    BEGIN = "begin"
    OTHER = "other"
    END = "end"
    DETACHED = "detached"


Span = tuple[str, int, int]
"""A file, and the first and last index of a run of its pieces."""

_STATEMENT = re.compile(r"\{%[-+]?\s*(\w+)\s*([\s\S]*?)\s*[-+]?%\}")
_CALL = re.compile(r"\{\{[-+]?\s*(?:\w+\.)?(\w+)\(")
_NAME = re.compile(r"[\"']([^\"']+)[\"']")
_ENDS = {"block": "endblock", "macro": "endmacro", "set": "endset", "raw": "endraw"}


_BRANCH_OF_KEYWORD = {
    "if": Branch.BEGIN,
    "for": Branch.BEGIN,
    "elif": Branch.OTHER,
    "else": Branch.OTHER,
    "endif": Branch.END,
    "endfor": Branch.END,
}


class TemplateFiles:
    """The files of a template as pieces, with the blocks and macros they define."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.pieces = {file: list(pieces(text)) for file, text in sources.items()}
        self.macros: dict[str, Span] = {}
        for file in self.pieces:
            self.macros |= dict(self.named("macro", file))

    def whole(self, file: str) -> Span:
        return file, 0, len(self.pieces[file])

    def named(self, kind: str, file: str) -> Iterator[tuple[str, Span]]:
        """Yield the blocks or macros that `file` defines."""
        for n, piece in enumerate(self.pieces[file]):
            keyword, rest = statement(piece)
            if keyword == kind:
                name = re.match(r"\w*", rest)
                yield name[0] if name else "", (file, n + 1, self.end(file, n, kind))

    def end(self, file: str, start: int, kind: str) -> int:
        """Return the index of the tag that closes the one at `start`."""
        depth = 0
        for n in range(start, len(self.pieces[file])):
            keyword, _rest = statement(self.pieces[file][n])
            depth += (keyword == kind) - (keyword == _ENDS[kind])
            if depth == 0:
                return n
        return len(self.pieces[file])


def statement(piece: Piece) -> tuple[str, str]:
    """Return keyword and rest of a `{% … %}`; two empty strings for anything else."""
    found = _STATEMENT.fullmatch(piece.text) if piece.kind == "jinja" else None
    return (found[1], found[2]) if found else ("", "")


def pieces_in_order(files: TemplateFiles, first: str) -> Iterator[tuple[str, Piece] | Branch]:
    """Yield each piece with its file, and a Branch where branches begin, change and end.

    Files that are not included by a fixed name (`{% include "base/" ~ part %}`) come last, each
    after `Branch.DETACHED`.
    """
    blocks: dict[str, Span] = {}
    read: set[str] = set()
    file = first
    while file in files.pieces and file not in read:
        read.add(file)
        for name, span in files.named("block", file):
            blocks.setdefault(name, span)
        base = next(
            (rest for keyword, rest in map(statement, files.pieces[file]) if keyword == "extends"),
            "",
        )
        named = _NAME.match(base)
        if not named:
            walker = _TemplateWalk(files, blocks, read)
            yield from walker.span(files.whole(file))
            break
        file = named[1]
    for other in files.pieces:
        if other not in read:
            yield Branch.DETACHED
            yield from _TemplateWalk(files, {}, read).span(files.whole(other))


class _TemplateWalk:
    def __init__(self, files: TemplateFiles, blocks: Mapping[str, Span], read: set[str]) -> None:
        self.files = files
        self.blocks = blocks
        self.read = read
        self.inside: list[Span] = []

    def span(self, span: Span) -> Iterator[tuple[str, Piece] | Branch]:
        if span in self.inside:  # a file that includes itself; Jinja reports it
            return
        self.inside.append(span)
        file, n, end = span
        self.read.add(file)
        while n < end:
            n = (yield from self._piece(file, n)) + 1
        self.inside.pop()

    def _piece(self, file: str, n: int) -> Generator[tuple[str, Piece] | Branch, None, int]:
        """Yield what piece `n` represents; returns the index of the last
        piece that belongs to it.
        """
        piece = self.files.pieces[file][n]
        keyword, rest = statement(piece)
        if keyword in _BRANCH_OF_KEYWORD:
            yield _BRANCH_OF_KEYWORD[keyword]
        elif keyword == "block":
            yield from self.span(
                self.blocks.get(
                    rest.partition(" ")[0], (file, n + 1, self.files.end(file, n, keyword))
                )
            )
            return self.files.end(file, n, keyword)
        elif keyword in {"macro", "raw"} or (keyword == "set" and "=" not in rest):
            return self.files.end(file, n, keyword)
        elif piece.kind == "jinja":
            for included in self._included(piece, keyword, rest):
                yield from self.span(included)
        else:
            yield file, piece
        return n

    def _included(self, piece: Piece, keyword: str, rest: str) -> Iterator[Span]:
        """Yield what an include or a macro call brings in."""
        if keyword == "include":
            for name in _NAME.findall(rest):
                if name in self.files.pieces:
                    yield self.files.whole(name)
        elif (called := _CALL.match(piece.text)) and called[1] in self.files.macros:
            yield self.files.macros[called[1]]
