"""Reads a Word document (.docx) into Markdown, and names what is not in it.

mammoth accepts every tracked change, drops comments, headers and footers without a word, and
shows hidden text (seen with 1.13.0). The XML is therefore put right before mammoth reads it.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, ZipFile

import mammoth
from lxml import etree

from mailer.errors import ContentError
from mailer.files.document_archives import (
    DAMAGED,
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
    from collections.abc import Iterable, Iterator

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_TEXTS = re.compile(r"word/(?:document|footnotes|endnotes)\.xml")
_TITLE = "p[style-name='Title'] => h1.title:fresh"
_NO_PICTURE = mammoth.images.img_element(lambda _image: {})
"""Pictures are named and left out; written into the page they would fill it."""
_MARGINS = re.compile(r"word/(?:header|footer)\d*\.xml")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_UNWANTED = {
    TrackedChanges.ACCEPT: ("del", "moveFrom"),
    TrackedChanges.REFUSE: ("ins", "moveTo"),
}
_OFF = {"0", "false", "off"}


def read_word(content: bytes, *, changes: TrackedChanges = TrackedChanges.ACCEPT) -> ConvertedText:
    """Return the text of a document. Raises ContentError for what is no Word document."""
    otherwise = _("this is not a Word document (.docx)")
    parts = read_parts(content, otherwise=otherwise)
    if "word/document.xml" not in parts:
        raise ContentError(refused(otherwise))
    left_out = list(_left_out(parts))
    hiding = _hiding_styles(parts.get("word/styles.xml"))
    margins = (*_margins(parts, changes, hiding), *_boxes(parts, changes, hiding))
    margins = tuple(dict.fromkeys(filter(None, margins)))
    for name, part in list(parts.items()):
        if _TEXTS.fullmatch(name):
            parts[name], found = _put_right(part, changes, hiding)
            left_out += [each for each in found if each not in left_out]
    converted = markdown_of(_html(parts))
    return ConvertedText(converted.markdown, (*left_out, *converted.left_out), margins)


def _html(parts: dict[str, bytes]) -> str:
    document = BytesIO()
    with ZipFile(document, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    try:
        html = str(
            mammoth.convert_to_html(document, style_map=_TITLE, convert_image=_NO_PICTURE).value
        )
    except (KeyError, ValueError, AttributeError, IndexError, TypeError, ExpatError) as error:
        raise ContentError(refused(DAMAGED)) from error
    if '<h1 class="title">' not in html:
        return html
    # The title is the headline, and the headings below it are one level lower.
    return re.sub(r"<h([1-5])>(.*?)</h\1>", _one_lower, html, flags=re.DOTALL)


def _one_lower(heading: re.Match[str]) -> str:
    level = int(heading[1]) + 1
    return f"<h{level}>{heading[2]}</h{level}>"


def _left_out(parts: dict[str, bytes]) -> Iterator[Text]:
    """Yield the parts of a document besides its text, with their words."""
    comments = parts.get("word/comments.xml", b"")
    if b"<w:comment " in comments:
        said = (_words(each) for each in parsed(comments).iter(f"{_W}comment"))
        yield _("comments: “{words}”", words=quoted(said))
    margins = [parsed(parts[name]) for name in sorted(filter(_MARGINS.fullmatch, parts))]
    if words := quoted(" ".join((_words(root), *_watermarks(root))) for root in margins):
        yield _("header or footer: “{words}”", words=words)


def _margins(
    parts: dict[str, bytes], changes: TrackedChanges, hiding: frozenset[str]
) -> Iterator[str]:
    """Yield the lines of each header and footer, with its links in Markdown and without what was
    deleted or is hidden. What stands behind a tab is a line of its own, and so is a watermark.
    """
    for name in sorted(filter(_MARGINS.fullmatch, parts)):
        root = _written_out(parts, name, changes, hiding)
        yield "\n".join((*_paragraphs(root), *_watermarks(root))).strip()


def _boxes(
    parts: dict[str, bytes], changes: TrackedChanges, hiding: frozenset[str]
) -> Iterator[str]:
    """Yield the lines of each text box, where designs put the kind, the contacts or the day."""
    root = _written_out(parts, "word/document.xml", changes, hiding)
    for box in root.iter(f"{_W}txbxContent"):
        yield "\n".join(_paragraphs(box)).strip()


def _written_out(
    parts: dict[str, bytes], name: str, changes: TrackedChanges, hiding: frozenset[str]
) -> etree._Element:
    """Return a part with its links, tabs and line breaks as text, without what is deleted or hidden."""
    root = parsed(parts[name])
    _decide(root, changes)
    _taken_out(_hidden_runs(root, hiding))
    _write_links(root, parts.get(f"word/_rels/{name.removeprefix('word/')}.rels"))
    for tab in root.iter(f"{_W}tab", f"{_W}br"):
        tab.tag, tab.text = f"{_W}t", "\n"
    return root


def _paragraphs(element: etree._Element) -> list[str]:
    return [
        "".join(each.text or "" for each in paragraph.iter(f"{_W}t"))
        for paragraph in element.iter(f"{_W}p")
    ]


def _watermarks(root: etree._Element) -> list[str]:
    return [each.get("string", "") for each in root.iter(f"{_VML}textpath")]


def _write_links(root: etree._Element, relations: bytes | None) -> None:
    """Write the links of a header or a footer into its text, as Markdown has them."""
    targets = {
        each.get("Id"): each.get("Target", "")
        for each in (parsed(relations) if relations else ())
        if each.get("TargetMode") == "External"
    }
    for link in root.iter(f"{_W}hyperlink"):
        texts = list(link.iter(f"{_W}t"))
        if texts and (target := targets.get(link.get(_RELATION))):
            texts[0].text = f"[{texts[0].text or ''}"
            texts[-1].text = f"{texts[-1].text or ''}]({target})"


def _words(element: etree._Element) -> str:
    """Return the words of an element, with a blank between its paragraphs."""
    texts = {f"{_W}t", f"{_W}delText"}
    pieces = [
        (each.text or "") if each.tag in texts else " "
        for each in element.iter(*texts, f"{_W}p", f"{_W}tab", f"{_W}br")
    ]
    return " ".join("".join(pieces).split())


def _put_right(
    part: bytes, changes: TrackedChanges, hiding: frozenset[str]
) -> tuple[bytes, list[Text]]:
    """Return a part without deleted, hidden and boxed text, and what was left out."""
    root = parsed(part)
    found = list(_tracked(root, changes))
    _decide(root, changes)
    if hidden := _taken_out(_hidden_runs(root, hiding)):
        found.append(_("hidden text: “{words}”", words=quoted(hidden)))
    if boxes := _taken_out(root.iter(f"{_W}txbxContent")):
        found.append(_("text boxes: “{words}”", words=quoted(boxes)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), found


def _tracked(root: etree._Element, changes: TrackedChanges) -> Iterator[Text]:
    inserted = list(root.iter(f"{_W}ins", f"{_W}moveTo"))
    deleted = list(root.iter(f"{_W}del", f"{_W}moveFrom"))
    if inserted or deleted:
        yield tracked_in_words(
            len(inserted) + len(deleted),
            changes,
            inserted=map(_words, inserted),
            deleted=map(_words, deleted),
        )


def _hidden_runs(root: etree._Element, hiding: frozenset[str]) -> Iterator[etree._Element]:
    """Yield the runs that a mark of their own, or their style, hides."""
    for mark in root.iter(f"{_W}vanish", f"{_W}webHidden"):
        if mark.get(f"{_W}val") not in _OFF and (run := _run_of(mark)) is not None:
            yield run
    for style in root.iter(f"{_W}rStyle", f"{_W}pStyle"):
        if style.get(f"{_W}val") in hiding:
            inside = _run_of(style)
            paragraph = style.getparent().getparent()
            yield from [inside] if inside is not None else paragraph.iter(f"{_W}r")


def _run_of(mark: etree._Element) -> etree._Element | None:
    run = next((each for each in mark.iterancestors() if each.tag != f"{_W}rPr"), None)
    return run if run is not None and run.tag == f"{_W}r" else None


def _hiding_styles(styles: bytes | None) -> frozenset[str]:
    """Return the ids of the styles that hide text, by a mark or by the style that they build on."""
    if styles is None:
        return frozenset()
    every = {each.get(f"{_W}styleId", ""): each for each in parsed(styles).iter(f"{_W}style")}
    found = {
        name
        for name, style in every.items()
        if any(mark.get(f"{_W}val") not in _OFF for mark in style.iter(f"{_W}vanish"))
    }
    for _depth in range(10):  # Word has no deeper styles
        found |= {
            name
            for name, style in every.items()
            for base in style.iter(f"{_W}basedOn")
            if base.get(f"{_W}val") in found
        }
    return frozenset(found)


def _taken_out(elements: Iterable[etree._Element]) -> list[str]:
    """Remove elements, and return the words of each."""
    found = []
    for element in list(elements):
        parent = element.getparent()
        if parent is not None:
            found.append(_words(element))
            parent.remove(element)
    return found


def _decide(root: etree._Element, changes: TrackedChanges) -> None:
    """Accept or refuse the tracked changes."""
    for name in _UNWANTED[changes]:
        _taken_out(root.iter(f"{_W}{name}"))
    if changes is TrackedChanges.REFUSE:
        _restore_deleted(root)


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
