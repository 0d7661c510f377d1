"""Reads a document of LibreOffice (.odt) into Markdown, and names what is not in it.

OASIS Open Document 1.3, part 3: text in §5, tracked changes in §5.5, annotations in §14.1,
headers and footers in §16.10.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from mailer.errors import ContentError
from mailer.files.document_archives import (
    parsed,
    read_parts,
    refused,
    tracked_in_words,
)
from mailer.model.campaigns.tracked_changes import TrackedChanges
from mailer.render.markdown.from_html import ConvertedText, markdown_of
from mailer.render.markdown.left_out import quoted
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_NAMESPACES = {
    name: f"{{urn:oasis:names:tc:opendocument:xmlns:{path}:1.0}}"
    for name, path in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
    }.items()
}
_OFFICE, _STYLE, _TEXT = (_NAMESPACES[name] for name in ("office", "style", "text"))
_TABLE, _DRAW, _FO = (_NAMESPACES[name] for name in ("table", "draw", "fo"))
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_DEEPEST = 10
"""How many styles a style builds on at most."""
_HREF = "{http://www.w3.org/1999/xlink}href"
_MIME = b"application/vnd.oasis.opendocument.text"
_HIDDEN = {f"{_TEXT}hidden-text", f"{_TEXT}hidden-paragraph"}
_WRAPPED = {f"{_TEXT}list": "ul", f"{_TEXT}list-item": "li", f"{_TABLE}table": "table"}
_SINGLE = {
    f"{_TEXT}tab": " ",
    f"{_TEXT}line-break": "<br>",
    f"{_DRAW}image": "<img>",
    f"{_TEXT}tracked-changes": "",
    f"{_TEXT}sequence-decls": "",
    f"{_OFFICE}annotation-end": "",
    f"{_OFFICE}forms": "",
    f"{_SVG}title": "",
    f"{_SVG}desc": "",
}
"""What an element is in HTML, whatever is inside it."""
_WRAPPED |= {f"{_TABLE}table-row": "tr", f"{_TABLE}table-cell": "td"}


def is_open_document(content: bytes) -> bool:
    """Return whether an archive begins as those of OpenDocument texts do (part 2, §3.3)."""
    return b"mimetype" + _MIME in content[:120]


def read_open_document(
    content: bytes, *, changes: TrackedChanges = TrackedChanges.ACCEPT
) -> ConvertedText:
    """Return the text of a document. Raises ContentError for what is no OpenDocument text."""
    otherwise = _("this is not an OpenDocument text (.odt)")
    parts = read_parts(content, otherwise=otherwise)
    if "content.xml" not in parts:
        raise ContentError(refused(otherwise))
    root = parsed(parts["content.xml"])
    styles = parsed(parts["styles.xml"]) if "styles.xml" in parts else None
    margins = tuple(_margins(styles))
    reader = _OdtReader(changes, _styles(root, styles), _tracked_changes(root))
    body = next(root.iter(f"{_OFFICE}text"), None)
    html = "" if body is None else reader.inside(body)
    html += "".join(f"<p>{escape(note)}</p>" for note in reader.notes)
    converted = markdown_of(html)
    left_out = (*reader.left_out(margins), *converted.left_out)
    return ConvertedText(converted.markdown, left_out, (*margins, *reader.framed))


def _margins(styles: etree._Element | None) -> Iterator[str]:
    """Yield the lines of each header and footer that has some, with its links in Markdown. What
    stands behind a tab is a line of its own.
    """
    if styles is not None:
        names = [f"{_STYLE}{each}" for each in ("header", "footer", "header-first", "footer-first")]
        for element in styles.iter(*names):
            if text := _lines(element):
                yield text


def _lines(element: etree._Element) -> str:
    """Return the lines of a header, a footer or a text box."""
    copied = deepcopy(element)
    for unseen in list(copied.iter(f"{_OFFICE}annotation", *_HIDDEN)):
        unseen.clear(keep_tail=True)
    _write_out(copied)
    paragraphs = copied.iter(f"{_TEXT}p", f"{_TEXT}h")
    return "\n".join("".join(each.itertext()) for each in paragraphs).strip()


def _write_out(element: etree._Element) -> None:
    """Write the tabs, line breaks, blanks and links of a header or a footer into its text."""
    for each in element.iter(f"{_TEXT}tab", f"{_TEXT}line-break", f"{_TEXT}s"):
        each.text = " " if each.tag == f"{_TEXT}s" else "\n"
    for link in element.iter(f"{_TEXT}a"):
        label, target = "".join(link.itertext()), link.get(_HREF, "")
        for child in list(link):
            link.remove(child)
        link.text = f"[{label}]({target})" if target else label


@dataclass(frozen=True, slots=True)
class _OdtStyle:
    """What a style makes of text, as far as it matters here."""

    tags: tuple[str, ...] = ()
    is_hidden: bool = False
    heading: int = 0


def _styles(*roots: etree._Element | None) -> dict[str, _OdtStyle]:
    """Return the looks by the name of the style; one that builds on another has both."""
    every = {
        element.get(f"{_STYLE}name", ""): element
        for root in roots
        if root is not None
        for element in root.iter(f"{_STYLE}style")
    }
    return {name: _look(name, every, depth=0) for name in every}


def _look(name: str, every: dict[str, etree._Element], *, depth: int) -> _OdtStyle:
    element = every.get(name)
    if element is None or depth > _DEEPEST:
        return _OdtStyle()
    base = _look(element.get(f"{_STYLE}parent-style-name", ""), every, depth=depth + 1)
    tags, is_hidden = set(base.tags), base.is_hidden
    for text in element.iter(f"{_STYLE}text-properties"):
        tags |= {"strong"} if text.get(f"{_FO}font-weight") == "bold" else set()
        tags |= {"em"} if text.get(f"{_FO}font-style") in {"italic", "oblique"} else set()
        is_hidden = is_hidden or text.get(f"{_TEXT}display") == "none"
    heading = 1 if name == "Title" else base.heading
    return _OdtStyle(tuple(sorted(tags)), is_hidden, heading)


@dataclass(frozen=True, slots=True)
class _OdtChange:
    """One tracked change: an insertion, or a deletion with what was deleted."""

    is_deletion: bool
    deleted: etree._Element


def _tracked_changes(root: etree._Element) -> dict[str, _OdtChange]:
    found = {}
    for region in root.iter(f"{_TEXT}changed-region"):
        name = region.get(f"{_TEXT}id") or region.get("{http://www.w3.org/XML/1998/namespace}id")
        for element in region:
            if element.tag in {f"{_TEXT}insertion", f"{_TEXT}deletion"}:
                found[name or ""] = _OdtChange(element.tag == f"{_TEXT}deletion", element)
    return found


@dataclass
class _OdtReader:
    """Writes the text as HTML, and collects the words of what is not in it."""

    changes: TrackedChanges
    styles: dict[str, _OdtStyle]
    tracked: dict[str, _OdtChange]
    comments: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """The words of footnotes, which stand below the text."""
    hidden: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    framed: list[str] = field(default_factory=list)
    """The lines of each text box."""
    inserted: list[str] = field(default_factory=list)
    _inserting: str = ""

    def inside(self, element: etree._Element) -> str:
        """Return what is inside an element, with the text between its children."""
        pieces = [self._said(element.text)]
        for child in element:
            if isinstance(child.tag, str):
                pieces.append(self._child(child))
            pieces.append(self._said(child.tail))
        return "".join(pieces)

    def _said(self, text: str | None) -> str:
        """Return text as HTML; nothing of what was inserted where changes are refused."""
        if not text:
            return ""
        if self._inserting:
            self.inserted.append(text)
            if self.changes is TrackedChanges.REFUSE:
                return ""
        return escape(text)

    def _child(self, element: etree._Element) -> str:
        tag = element.tag
        if (left := self._collected(element)) is not None:
            left.append(_words(element))
            if left is self.boxes:
                self.framed.append(_lines(element))
            return ""
        if tag in {f"{_TEXT}change-start", f"{_TEXT}change-end", f"{_TEXT}change"}:
            return self._change(element)
        if tag == f"{_TEXT}s":
            return self._said(" " * min(int(element.get(f"{_TEXT}c") or 1), 100))
        return _SINGLE[tag] if tag in _SINGLE else self._wrapped(element)

    def _collected(self, element: etree._Element) -> list[str] | None:
        """Return where the words of an element belong that does not enter the text."""
        look = self.styles.get(element.get(f"{_TEXT}style-name", ""), _OdtStyle())
        if element.tag == f"{_OFFICE}annotation":
            return self.comments
        if element.tag == f"{_TEXT}note":
            return self.notes
        if element.tag in _HIDDEN or look.is_hidden or element.get(f"{_TEXT}display") == "none":
            return self.hidden
        return self.boxes if element.tag == f"{_DRAW}text-box" else None

    def _change(self, element: etree._Element) -> str:
        name = element.get(f"{_TEXT}change-id", "")
        change = self.tracked.get(name)
        if change is None:
            return ""
        if element.tag == f"{_TEXT}change-start" and not change.is_deletion:
            self._inserting = name
        elif element.tag == f"{_TEXT}change-end" and self._inserting == name:
            self._inserting = ""
        elif element.tag == f"{_TEXT}change" and change.is_deletion:
            return self._deleted(change)
        return ""

    def _deleted(self, change: _OdtChange) -> str:
        """Return what was deleted where changes are refused, in the paragraph where it stood."""
        if self.changes is TrackedChanges.ACCEPT:
            return ""
        paragraphs = [each for each in change.deleted if each.tag in {f"{_TEXT}p", f"{_TEXT}h"}]
        return "<br>".join(self.inside(each) for each in paragraphs)

    def _wrapped(self, element: etree._Element) -> str:
        inside, tag = self.inside(element), element.tag
        look = self.styles.get(element.get(f"{_TEXT}style-name", ""), _OdtStyle())
        if tag == f"{_TEXT}h":
            level = min(int(element.get(f"{_TEXT}outline-level") or 1), 6)
            return f"<h{level}>{inside}</h{level}>"
        if tag == f"{_TEXT}p":
            block = "h1" if look.heading or element.get(f"{_TEXT}style-name") == "Title" else "p"
            return f"<{block}>{inside}</{block}>"
        if tag == f"{_TEXT}span" and inside.strip():
            for each in look.tags:
                inside = f"<{each}>{inside}</{each}>"
            return inside
        if tag == f"{_TEXT}a":
            return f'<a href="{escape(element.get(_HREF, ""), quote=True)}">{inside}</a>'
        if named := _WRAPPED.get(tag):
            return f"<{named}>{inside}</{named}>"
        return inside

    def left_out(self, margins: tuple[str, ...]) -> Iterator[Text]:
        """Yield what is not in the text, with its words."""
        if self.tracked:
            deleted = (_words(each.deleted) for each in self.tracked.values() if each.is_deletion)
            yield tracked_in_words(
                len(self.tracked), self.changes, inserted=self.inserted, deleted=deleted
            )
        if margins:
            yield _("header or footer: “{words}”", words=quoted(margins))
        for words, said in (
            (self.comments, _("comments: “{words}”", words=quoted(self.comments))),
            (self.hidden, _("hidden text: “{words}”", words=quoted(self.hidden))),
            (self.boxes, _("text boxes: “{words}”", words=quoted(self.boxes))),
        ):
            if words:
                yield said


def _words(element: etree._Element) -> str:
    """Return the words of an element, without who wrote a comment or a change and when."""
    paragraphs = element.iter(f"{_TEXT}p", f"{_TEXT}h")
    texts = [" ".join("".join(each.itertext()).split()) for each in paragraphs]
    return " ".join(texts) or " ".join("".join(element.itertext()).split())
