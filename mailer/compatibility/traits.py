"""The traits of a page: each element, attribute, property, value and rule that it uses.

A trait is a few words in the notation of HTML or CSS: `<table>`, `[align]`, `display`,
`display: flex`, `unit rem`, `calc()`, `@media`, `:hover`, `selector child`, `image webp`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from mailer.compatibility.style import declaration_traits, image_traits, sheet_traits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_HIDDEN_FROM_WORD = re.compile(r"\[if\s+!\s*mso\s*\]", re.IGNORECASE)
_WORD_ONLY = re.compile(r"\[if\b", re.IGNORECASE)
_END = re.compile(r"\[endif\]", re.IGNORECASE)
_NO_PICTURES = frozenset({"video", "audio", "source", "track", "embed", "iframe", "script"})
"""The elements whose `src` is something else."""
_TEXTS = frozenset({"title", "textarea", "xmp", "iframe", "noembed", "noframes"})
"""The elements in which a tag is a text (HTML, section 13.2.5)."""
_TYPE_UNSAID = {"input": "text", "button": "submit"}


@dataclass(frozen=True, slots=True)
class Use:
    """Where a page has a trait: the line (from 1), and the words that have it.

    `hidden_from_word` says that every such place stands between conditional comments that Word
    passes over.
    """

    line: int
    quoted: str
    hidden_from_word: bool = False


@lru_cache(maxsize=64)  # the pages of the desk ask again for messages that have not changed
def traits_of(html: str) -> Mapping[str, Use]:
    """Return the traits of a page, each with the first place that every program reads."""
    reader = _TraitCollector()
    reader.feed(html)
    reader.close()
    return reader.found


class _TraitCollector(HTMLParser):
    """Collects the traits of a page. It sees the tags that are written, and invents none."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, Use] = {}
        self._hidden = False
        self._in_style = False
        self._text_in = ""

    def _add(self, trait: str, quoted: str) -> None:
        known = self.found.get(trait)
        if known is None or (known.hidden_from_word and not self._hidden):
            self.found[trait] = Use(self.getpos()[0], " ".join(quoted.split())[:120], self._hidden)

    def handle_decl(self, decl: str) -> None:
        if decl.strip().lower() == "doctype html":
            self._add("doctype html", f"<!{decl}>")

    def handle_comment(self, data: str) -> None:
        if self._text_in:
            return
        if _HIDDEN_FROM_WORD.match(data):
            self._hidden = True
        elif _END.search(data):
            self._hidden = False
        elif not _WORD_ONLY.match(data):
            self._add("html comment", f"<!--{data}-->")

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(f"[{data}]")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._text_in:
            return
        self._text_in = tag if tag in _TEXTS else ""
        shown = self.get_starttag_text() or f"<{tag}>"
        self._in_style = tag == "style"
        self._add(f"<{tag}>", shown)
        if tag in _TYPE_UNSAID and not any(name == "type" for name, _value in attrs):
            self._add(f"<{tag} type={_TYPE_UNSAID[tag]}>", shown)
        for name, value in attrs:
            self._add(f"[{name}]", shown)
            for trait in _attribute_traits(tag, name, (value or "").strip().lower()):
                self._add(trait, shown)
            if name == "style":
                for trait, quoted in _of_attribute(value or ""):
                    self._add(trait, quoted)

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"
        self._text_in = "" if tag == self._text_in else self._text_in

    def handle_data(self, data: str) -> None:
        if self._in_style:
            for trait, quoted in _of_sheet(data):
                self._add(trait, quoted)


@lru_cache(maxsize=256)  # the messages of a campaign have nearly all sheets in common
def _of_sheet(css: str) -> tuple[tuple[str, str], ...]:
    return _first_of_each(sheet_traits(css))


@lru_cache(maxsize=2_000)  # a page says the same few styles again and again
def _of_attribute(css: str) -> tuple[tuple[str, str], ...]:
    return _first_of_each(declaration_traits(css))


def _first_of_each(traits: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the traits of one place, each once: Word sees all of a place or nothing of it."""
    found: dict[str, str] = {}
    for trait, quoted in traits:
        found.setdefault(trait, quoted)
    return tuple(found.items())


_WORD = re.compile(r"[a-z-]+")


def _attribute_traits(tag: str, name: str, value: str) -> Iterator[str]:
    match tag, name:
        case "input" | "button", "type":
            yield f"<{tag} type={value}>"
        case "meta", "name":
            yield f"<meta {value}>"
        case "img" | "source", "sizes":
            yield f"<{tag} sizes>"
        case "style" | "link" | "source", "media":
            yield from (f"@media {word}" for word in _WORD.findall(value))
        case "a" | "area", "href":
            yield f"link {'#' if value.startswith('#') else value.partition(':')[0]}"
        case "a", "name":
            yield "<a name>"
        case _:
            for address in _pictures(tag, name, value):
                yield from image_traits(address)


def _pictures(tag: str, name: str, value: str) -> Iterable[str]:
    """Return the addresses of pictures in an attribute, or what stands for one."""
    match tag, name:
        case _, "srcset":
            return (word.strip(",") for word in value.split())
        case "source", "type":
            return [f"data:{value}"] if value.startswith("image/") else []
        case _, "background" | "poster":
            return [value]
        case _, "src":
            return [] if tag in _NO_PICTURES else [value]
        case ("object", "data") | ("image", "href" | "xlink:href"):
            return [value]
    return []
