"""What a screen reader says of a mail, in the order in which it says it.

Computed from the HTML alone, as a browser builds its accessibility tree: what is hidden is
silent, tables that only lay out are no tables, and a picture is its alternative text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from html.parser import HTMLParser

_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
_SILENT = frozenset({"head", "style", "script", "title", "template"})
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "cite",
        "code",
        "del",
        "em",
        "font",
        "i",
        "ins",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "wbr",
    ]
)
_INVISIBLE = re.compile("[\u00ad\u034f\u200b-\u200f\u2060\ufeff]")


class SpokenRole(StrEnum):
    """What a screen reader says beside the words."""

    TEXT = "text"
    HEADING = "heading"
    LINK = "link"
    PICTURE = "picture"
    UNNAMED_PICTURE = "unnamed-picture"
    LIST_ITEM = "list-item"
    TABLE = "table"
    SEPARATOR = "separator"


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One stop of a screen reader. `level` is that of a heading; `language` differs from the mail's."""

    role: SpokenRole
    text: str = ""
    level: int = 0
    language: str = ""


def transcript(html: str) -> tuple[SpokenLine, ...]:
    """Return what is said of a mail from its first word to its last."""
    reader = _ScreenReader()
    reader.feed(html)
    reader.close()
    reader.say()
    return tuple(reader.lines)


@dataclass(slots=True)
class _OpenElement:
    """An element that is open: its words have this role, language and audibility.

    `began_at` is the number of lines that were said before it.
    """

    tag: str
    role: SpokenRole
    level: int
    language: str
    is_silent: bool
    began_at: int = 0


@dataclass
class _ScreenReader(HTMLParser):
    lines: list[SpokenLine] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open = [_OpenElement("", SpokenRole.TEXT, 0, "", is_silent=False)]
        self._words: list[str] = []
        self._main_language = ""

    def say(self) -> None:
        """End the line of the words so far."""
        words = " ".join(_INVISIBLE.sub("", "".join(self._words)).split())
        self._words.clear()
        here = self._open[-1]
        if words and not here.is_silent:
            language = here.language if here.language != self._main_language else ""
            self.lines.append(SpokenLine(here.role, words, here.level, language))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "html":
            self._main_language = named.get("lang", "")
        if tag in _VOID:
            self._say_void(tag, named)
            return
        if tag not in _INLINE or tag == "a" or "lang" in named:
            self.say()
        self._open.append(_opened(tag, named, inside=self._open[-1]))
        self._open[-1].began_at = len(self.lines)
        if tag == "a" and named.get("aria-label") and not self._open[-1].is_silent:
            self.lines.append(SpokenLine(SpokenRole.LINK, named["aria-label"]))
            self._open[-1].is_silent = True  # the label is said in place of what it holds
        if self._open[-1].role is SpokenRole.TABLE:
            if not self._open[-1].is_silent:
                self.lines.append(SpokenLine(SpokenRole.TABLE, named.get("aria-label", "")))
            self._open[-1].role = SpokenRole.TEXT

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not any(each.tag == tag for each in self._open):
            return
        if tag not in _INLINE or tag == "a" or self._open[-1].language != self._open[-2].language:
            if tag == "a" and not self._open[-1].is_silent and not "".join(self._words).strip():
                self._say_empty_link()
            self.say()
        while self._open.pop().tag != tag:
            pass

    def _say_empty_link(self) -> None:
        """Say a link without words, unless its picture was said for it."""
        if self._open[-1].began_at == len(self.lines):
            self.lines.append(SpokenLine(SpokenRole.LINK))

    def handle_data(self, data: str) -> None:
        if not self._open[-1].is_silent:
            self._words.append(data)

    def _say_void(self, tag: str, named: dict[str, str]) -> None:
        here = self._open[-1]
        if here.is_silent or _is_hidden(named):
            return
        if tag == "br":
            self._words.append(" ")
        elif tag == "hr" and named.get("role") not in {"presentation", "none"}:
            self.say()
            self.lines.append(SpokenLine(SpokenRole.SEPARATOR))
        elif tag == "img":
            self._say_picture(named, in_link=here.role is SpokenRole.LINK)

    def _say_picture(self, named: dict[str, str], *, in_link: bool) -> None:
        name = named.get("aria-label") or named.get("alt")
        if named.get("role") in {"presentation", "none"} or name == "":
            return
        self.say()
        if name is None:
            self.lines.append(SpokenLine(SpokenRole.UNNAMED_PICTURE, named.get("src", "")[:80]))
        else:
            role = SpokenRole.LINK if in_link else SpokenRole.PICTURE
            self.lines.append(SpokenLine(role, name))


def _opened(tag: str, named: dict[str, str], *, inside: _OpenElement) -> _OpenElement:
    role, level = inside.role, inside.level
    if tag == "a" and "href" in named:
        role, level = SpokenRole.LINK, 0
    elif re.fullmatch("h[1-6]", tag) or named.get("role") == "heading":
        role = SpokenRole.HEADING
        level = int(tag[1]) if tag[1:].isdigit() else _level(named.get("aria-level", ""))
    elif tag == "li":
        role = SpokenRole.LIST_ITEM
    elif tag == "table" and named.get("role") not in {"presentation", "none"}:
        role = SpokenRole.TABLE
    return _OpenElement(
        tag,
        role,
        level,
        named.get("lang") or inside.language,
        is_silent=inside.is_silent or tag in _SILENT or _is_hidden(named),
    )


def _level(written: str) -> int:
    return int(written) if written.isdigit() else 2


def _is_hidden(named: dict[str, str]) -> bool:
    return (
        named.get("aria-hidden") == "true"
        or "hidden" in named
        or bool(_HIDDEN.search(named.get("style", "")))
    )
