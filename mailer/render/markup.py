"""Splits MJML templates into tags, text and Jinja, without looking inside Jinja's braces.

This gives every mistake its file, line and column before anything is rendered, and lets each tag
carry its position into the rendered MJML.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from mailer.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# A construct that is never closed extends to the end of the text (`\Z`), and nothing is read a second
# time: sets are possessive (`*+`) and groups atomic, as possessive groups fail before Python 3.11.5.
_STRING = r"\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)"
_AFTER_BRACE = (
    r"#(?>(?:[^#]++|#(?!\}))*)(?:#\}|\Z)"
    rf"|\{{(?>(?:{_STRING}|[^\"'}}]++|\}}(?!\}}))*)(?:\}}\}}|\Z)"
    rf"|%(?>(?:{_STRING}|[^\"'%]++|%(?!\}}))*)(?:%\}}|\Z)"
)
_JINJA = rf"\{{(?:{_AFTER_BRACE})"
_TRANS = r"\{%-?\s*trans\b(?>(?:[^e]++|e(?!ndtrans\b))*)(?:endtrans\s*[-+]?%\}|\Z)"
_QUOTED = rf"\"(?>(?:[^\"{{]++|{_JINJA}|\{{)*)(?:\"|\Z)|'(?>(?:[^'{{]++|{_JINJA}|\{{)*)(?:'|\Z)"
# It begins with a set of characters, which `re` searches for several times as fast as for a group.
_PIECE = re.compile(
    rf"[<{{](?:(?<=\{{)(?P<jinja>{_AFTER_BRACE})"
    r"|(?<=<)(?:(?P<comment>!--(?>(?:[^-]++|-(?!->))*)(?:-->|\Z))"
    r"|(?P<close>/?)(?P<name>[A-Za-z][\w:-]*)"
    rf"(?P<rest>(?>(?:[^<>\"'{{]++|{_JINJA}|{_QUOTED}|\{{)*))(?:>|\Z)))"
)
_ATTRIBUTE = re.compile(
    rf"(?:{_JINJA})|(?P<name>[^\s=/\"'<>{{}}]+)"
    rf"(?P<is>\s*=\s*(?:\"(?P<double>(?>(?:{_JINJA}|[^\"])*))\"|'(?P<single>(?>(?:{_JINJA}|[^'])*))'"
    r"|(?P<bare>[^\s\"'<>]*)))?"
)
HAS_JINJA = re.compile(_JINJA)
_TAG_TO_ANNOTATE = re.compile(rf"{_TRANS}|{_JINJA}|<(?P<name>mj[\w-]*)(?=[\s/>])")
_ANNOTATION = re.compile(r'\s+zq-at="(\d+)"')


class Attribute(NamedTuple):
    """`value` is None for a name alone; `start` is the offset of the name in the text of the tag."""

    name: str
    value: str | None
    start: int
    is_quoted: bool


class Piece(NamedTuple):
    """`kind` is `open`, `close`, `jinja`, `comment` or `text`; `name` is the name of a tag."""

    kind: str
    text: str
    start: int
    name: str = ""
    rest: str = ""
    rest_start: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether the tag is self-closing."""
        return self.rest.endswith("/")


def attributes_of(rest: str) -> Iterator[Attribute]:
    """Yield the attributes of a tag, whose text after its name is `rest`."""
    for found in _ATTRIBUTE.finditer(rest):
        if found["name"]:
            is_bare = found["bare"] is not None
            value = next(
                (v for v in (found["double"], found["single"], found["bare"]) if v is not None),
                None,
            )
            yield Attribute(found["name"], value, found.start(), not is_bare)


def pieces(text: str) -> Iterator[Piece]:
    """Yield all pieces of `text` in order."""
    end = 0
    for found in _PIECE.finditer(text):
        start = found.start()
        if start > end:
            yield Piece("text", text[end:start], end)
        end = found.end()
        kind = found.lastgroup or ""
        if kind == "rest":
            kind, name = "close" if found["close"] else "open", found["name"]
            yield Piece(kind, found[0], start, name, found["rest"], found.start("rest"))
        else:
            yield Piece(kind, found[0], start)
    if end < len(text):
        yield Piece("text", text[end:], end)


class LineIndex:
    """Converts offsets in a file to line and column."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def place(self, offset: int) -> Place:
        line = bisect_right(self._starts, offset)
        return Place(self._file, line, offset - self._starts[line - 1] + 1)


def annotate_positions(source: str, file: str, places: dict[str, Place]) -> str:
    """Add an attribute to each MJML tag that refers to its position, which is stored in `places`.

    mrml ignores attributes it does not know. Sentences to be translated are not changed.
    """
    lines = LineIndex(file, source)

    def annotated(found: re.Match[str]) -> str:
        if not found["name"]:
            return found[0]
        key = str(len(places))
        places[key] = lines.place(found.start())
        return f'{found[0]} zq-at="{key}"'

    return _TAG_TO_ANNOTATE.sub(annotated, source)


def annotated_place(rest: str, places: Mapping[str, Place]) -> Place | None:
    """Return the position of an annotated tag in its file; `rest` is the
    tag's text after the name.
    """
    found = _ANNOTATION.match(rest) if rest.startswith(" zq-at") else None
    return places.get(found[1]) if found else None


def last_annotated_place(text: str, places: Mapping[str, Place]) -> Place | None:
    """Return the position of the last annotated tag in `text`: the nearest
    known line to what follows.
    """
    found = [annotation[1] for annotation in _ANNOTATION.finditer(text)]
    return places.get(found[-1]) if found else None
