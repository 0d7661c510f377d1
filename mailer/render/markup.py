"""MJML cut into pieces, in which whatever stands between Jinja's braces is opaque.

So that a mistake has its file, line and column before anything is rendered; and so that
each tag can carry its place along into what Jinja makes of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from mailer.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Whatever is never closed goes on to the end of the text (`\Z`), and nothing is given back
# (`*+`): reading takes as long as the text, however broken it is.
_STRING = r"\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)"
_JINJA = (
    r"\{#(?:[^#]|#(?!\}))*+(?:#\}|\Z)"
    rf"|\{{\{{(?:{_STRING}|[^\"'}}]|\}}(?!\}}))*+(?:\}}\}}|\Z)"
    rf"|\{{%(?:{_STRING}|[^\"'%]|%(?!\}}))*+(?:%\}}|\Z)"
)
_TRANS = r"\{%-?\s*trans\b(?:[^e]|e(?!ndtrans\b))*+(?:endtrans\s*[-+]?%\}|\Z)"
_QUOTED = rf"\"(?:{_JINJA}|[^\"])*+(?:\"|\Z)|'(?:{_JINJA}|[^'])*+(?:'|\Z)"
_PIECE = re.compile(
    rf"(?P<jinja>{_JINJA})"
    r"|(?P<comment><!--(?:[^-]|-(?!->))*+(?:-->|\Z))"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*)"
    rf"(?P<rest>(?:{_JINJA}|{_QUOTED}|[^<>\"'])*+)(?:>|\Z)"
)
_ATTRIBUTE = re.compile(
    rf"(?:{_JINJA})|(?P<name>[^\s=/\"'<>{{}}]+)"
    rf"(?P<is>\s*=\s*(?:\"(?P<double>(?:{_JINJA}|[^\"])*+)\"|'(?P<single>(?:{_JINJA}|[^'])*+)'"
    r"|(?P<bare>[^\s\"'<>]*)))?"
)
HAS_JINJA = re.compile(_JINJA)
_MARKED = re.compile(rf"{_TRANS}|{_JINJA}|<(?P<name>mj[\w-]*)(?=[\s/>])")
_MARK = re.compile(r'\s+zq-at="(\d+)"')


class Attribute(NamedTuple):
    """`value` is None for a name alone; `start` is where the name stands in the text."""

    name: str
    value: str | None
    start: int
    is_quoted: bool


class Piece(NamedTuple):
    """`kind` is `open`, `close`, `jinja`, `comment` or `text`; `name` is a tag's."""

    kind: str
    text: str
    start: int
    name: str = ""
    rest: str = ""
    rest_start: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether a tag closes itself."""
        return self.rest.endswith("/")

    def attributes(self) -> Iterator[Attribute]:
        for found in _ATTRIBUTE.finditer(self.rest):
            if found["name"]:
                is_bare = found["bare"] is not None
                value = next(
                    (v for v in (found["double"], found["single"], found["bare"]) if v is not None),
                    None,
                )
                start = self.rest_start + found.start()
                yield Attribute(found["name"], value, start, not is_bare)


def pieces(text: str) -> Iterator[Piece]:
    """The whole of `text`, piece after piece."""
    end = 0
    for found in _PIECE.finditer(text):
        if found.start() > end:
            yield Piece("text", text[end : found.start()], end)
        end = found.end()
        if found["jinja"]:
            yield Piece("jinja", found[0], found.start())
        elif found["comment"]:
            yield Piece("comment", found[0], found.start())
        else:
            kind = "close" if found["close"] else "open"
            yield Piece(
                kind, found[0], found.start(), found["name"], found["rest"], found.start("rest")
            )
    if end < len(text):
        yield Piece("text", text[end:], end)


class LineIndex:
    """From an offset in a file to its line and column."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def place(self, offset: int) -> Place:
        line = bisect_right(self._starts, offset)
        return Place(self._file, line, offset - self._starts[line - 1] + 1)


def mark_places(source: str, file: str, places: dict[str, Place]) -> str:
    """`source` with an attribute in each MJML tag that leads to its place, put into `places`.

    mrml overlooks attributes it does not know. Sentences to be translated stay as they are.
    """
    lines = LineIndex(file, source)

    def marked(found: re.Match[str]) -> str:
        if not found["name"]:
            return found[0]
        key = str(len(places))
        places[key] = lines.place(found.start())
        return f'{found[0]} zq-at="{key}"'

    return _MARKED.sub(marked, source)


def marked_place(rest: str, places: Mapping[str, Place]) -> Place | None:
    """Where a marked tag, of which `rest` is all but the name, stands in its file."""
    found = _MARK.match(rest) if rest.startswith(" zq-at") else None
    return places.get(found[1]) if found else None


def place_before(text: str, places: Mapping[str, Place]) -> Place | None:
    """Where the last marked tag of `text` stands: the nearest line to whatever follows it."""
    found = [mark_[1] for mark_ in _MARK.finditer(text)]
    return places.get(found[-1]) if found else None
