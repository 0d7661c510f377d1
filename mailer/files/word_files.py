"""Reads a Word document (.docx) into Markdown, and names what is not in it.

mammoth accepts every tracked change, drops comments, headers and footers without a word, and
shows hidden text (seen with 1.13.0). The XML is therefore put right before mammoth reads it.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import mammoth
from lxml import etree

from mailer.errors import ContentError, Place, Problem
from mailer.model.tracked_changes import TrackedChanges
from mailer.render.markdown.from_html import ConvertedText, markdown_of
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_UNPACKED = 60_000_000
"""How many bytes the parts of a document may have together."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXTS = re.compile(r"word/(?:document|footnotes|endnotes)\.xml")
_TITLE = "p[style-name='Title'] => h1.title:fresh"
_MARGINS = re.compile(r"word/(?:header|footer)\d*\.xml")


def read_word(content: bytes, *, changes: TrackedChanges = TrackedChanges.ACCEPT) -> ConvertedText:
    """Return the text of a document. Raises ContentError for what is no Word document."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MAX_UNPACKED:
                raise ContentError(_refused(_("the document is too large when it is unpacked")))
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise ContentError(_refused(_("this is not a Word document (.docx)"))) from error
    if "word/document.xml" not in parts:
        raise ContentError(_refused(_("this is not a Word document (.docx)")))
    left_out = list(_left_out(parts))
    for name, part in list(parts.items()):
        if _TEXTS.fullmatch(name):
            parts[name], found = _put_right(part, changes)
            left_out += [each for each in found if each not in left_out]
    converted = markdown_of(_html(parts))
    return ConvertedText(
        converted.markdown, (*left_out, *converted.left_out), tuple(_margins(parts))
    )


def _html(parts: dict[str, bytes]) -> str:
    document = BytesIO()
    with ZipFile(document, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    try:
        html = str(mammoth.convert_to_html(document, style_map=_TITLE).value)
    except (KeyError, ValueError, AttributeError, IndexError, TypeError, ExpatError) as error:
        raise ContentError(_refused(_("the document is damaged"))) from error
    if '<h1 class="title">' not in html:
        return html
    # The title is the headline, and the headings below it are one level lower.
    return re.sub(r"(</?h)([1-5])>", lambda found: f"{found[1]}{int(found[2]) + 1}>", html)


def _left_out(parts: dict[str, bytes]) -> Iterator[Text]:
    """Yield the parts of a document besides its text, with the words of headers and footers."""
    if b"<w:comment " in parts.get("word/comments.xml", b""):
        yield _("comments")
    if words := list(_margins(parts)):
        yield _("header or footer: “{words}”", words=" / ".join(words)[:200])


def _margins(parts: dict[str, bytes]) -> Iterator[str]:
    """Yield the words of each header and footer that has some."""
    for name, part in sorted(parts.items()):
        if _MARGINS.fullmatch(name) and (text := " ".join(_parsed(part).itertext()).strip()):
            yield text


def _put_right(part: bytes, changes: TrackedChanges) -> tuple[bytes, list[Text]]:
    """Return a part without deleted, hidden and boxed text, and what was left out."""
    root = _parsed(part)
    count = len(list(root.iter(f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo")))
    found = []
    if count:
        found.append(_changes_in_words(count, changes))
    unwanted = ("del", "moveFrom") if changes is TrackedChanges.ACCEPT else ("ins", "moveTo")
    for name in unwanted:
        _remove_all(root, f"{_W}{name}")
    if changes is TrackedChanges.REFUSE:
        _restore_deleted(root)
    hidden = [
        mark.getparent().getparent()
        for mark in root.iter(f"{_W}vanish", f"{_W}webHidden")
        if mark.get(f"{_W}val") not in {"0", "false", "off"}
    ]
    for run in hidden:
        if run.tag == f"{_W}r":
            run.getparent().remove(run)
    if hidden:
        found.append(_("hidden text"))
    if _remove_all(root, f"{_W}txbxContent"):
        found.append(_("text boxes"))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), found


def _changes_in_words(count: int, changes: TrackedChanges) -> Text:
    if changes is TrackedChanges.ACCEPT:
        return _n(
            "{count} tracked change was accepted",
            "{count} tracked changes were accepted",
            count=count,
        )
    return _n(
        "{count} tracked change was refused", "{count} tracked changes were refused", count=count
    )


def _remove_all(root: etree._Element, tag: str) -> bool:
    found = list(root.iter(tag))
    for element in found:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return bool(found)


def _restore_deleted(root: etree._Element) -> None:
    """Turn deleted text, which was refused to be deleted, into text."""
    for text in root.iter(f"{_W}delText"):
        text.tag = f"{_W}t"
    for element in list(root.iter(f"{_W}del", f"{_W}moveFrom")):
        parent = element.getparent()
        if parent is not None:
            at = parent.index(element)
            for child in reversed(list(element)):
                parent.insert(at, child)
            parent.remove(element)


def _parsed(part: bytes) -> etree._Element:
    """Parse a part without entities and without reading anything from elsewhere."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise ContentError(_refused(_("the document is damaged"))) from error
    if root.getroottree().docinfo.doctype:  # Word writes none; it could hold entities
        raise ContentError(_refused(_("the document is damaged")))
    return root


def _refused(what: Text) -> Problem:
    return Problem(
        Place("", key="word"),
        what,
        _("Save it in Word as .docx, or copy its text and paste it."),
    )
