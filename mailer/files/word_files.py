"""Reads a Word document (.docx) into Markdown, and says what was left out of it.

mammoth accepts every tracked change, silently drops comments, headers and footers, and shows
hidden text (seen with 1.13.0). The XML is therefore cleaned before mammoth reads it.
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
"""Pictures are left out, and reported: mammoth would write them into the text in base64."""
_HEADERS_AND_FOOTERS = re.compile(r"word/(?:header|footer)\d*\.xml")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REMOVED = {
    TrackedChanges.ACCEPT: ("del", "moveFrom"),
    TrackedChanges.REFUSE: ("ins", "moveTo"),
}
"""The elements of tracked changes that go with their words, as the changes are decided."""
_OFF = {"0", "false", "off"}


def read_word(content: bytes, *, changes: TrackedChanges = TrackedChanges.ACCEPT) -> ConvertedText:
    """Return the text of a document, what was left out, and the words of its headers, footers and
    text boxes. Raises ContentError when it is not a Word document.
    """
    otherwise = _("this is not a Word document (.docx)")
    parts = read_parts(content, otherwise=otherwise)
    if "word/document.xml" not in parts:
        raise ContentError(refused(otherwise))
    left_out = list(_left_out(parts))
    hiding = _hiding_styles(parts.get("word/styles.xml"))
    margins = (*_headers_and_footers(parts, changes, hiding), *_boxes(parts, changes, hiding))
    margins = tuple(dict.fromkeys(filter(None, margins)))
    for name, part in list(parts.items()):
        if _TEXTS.fullmatch(name):
            parts[name], found = _cleaned(part, changes, hiding)
            left_out += [each for each in found if each not in left_out]
    converted = markdown_of(_html(parts))
    return ConvertedText(converted.markdown, (*left_out, *converted.left_out), margins)


def _html(parts: dict[str, bytes]) -> str:
    """Return the HTML that mammoth makes of the cleaned parts."""
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
    # A paragraph in the style Title is the headline, so the headings go down by one level.
    return re.sub(r"<h([1-5])>(.*?)</h\1>", _one_lower, html, flags=re.DOTALL)


def _one_lower(heading: re.Match[str]) -> str:
    level = int(heading[1]) + 1
    return f"<h{level}>{heading[2]}</h{level}>"


def _left_out(parts: dict[str, bytes]) -> Iterator[Text]:
    """Yield a sentence about the comments, and one about headers and footers, with their words."""
    comments = parts.get("word/comments.xml", b"")
    if b"<w:comment " in comments:
        said = (_words(each) for each in parsed(comments).iter(f"{_W}comment"))
        yield _("comments: “{words}”", words=quoted(said))
    roots = [parsed(parts[name]) for name in sorted(filter(_HEADERS_AND_FOOTERS.fullmatch, parts))]
    if words := quoted(" ".join((_words(root), *_watermarks(root))) for root in roots):
        yield _("header or footer: “{words}”", words=words)


def _headers_and_footers(
    parts: dict[str, bytes], changes: TrackedChanges, hiding: frozenset[str]
) -> Iterator[str]:
    """Yield the lines of each header and footer, with links in Markdown and without deleted or
    hidden text. The words after a tab are a line of their own, and so is a watermark.
    """
    for name in sorted(filter(_HEADERS_AND_FOOTERS.fullmatch, parts)):
        root = _written_out(parts, name, changes, hiding)
        yield "\n".join((*_paragraphs(root), *_watermarks(root))).strip()


def _boxes(
    parts: dict[str, bytes], changes: TrackedChanges, hiding: frozenset[str]
) -> Iterator[str]:
    """Yield the lines of each text box, which often holds the kind, the contacts or the day."""
    root = _written_out(parts, "word/document.xml", changes, hiding)
    for box in root.iter(f"{_W}txbxContent"):
        yield "\n".join(_paragraphs(box)).strip()


def _written_out(
    parts: dict[str, bytes], name: str, changes: TrackedChanges, hiding: frozenset[str]
) -> etree._Element:
    """Return a part with links, tabs and line breaks as text, without deleted or hidden text."""
    root = parsed(parts[name])
    _resolve_changes(root, changes)
    _remove(_hidden_runs(root, hiding))
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
    """Write the links of a part into its text, in Markdown."""
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
    """Return the words of an element, deleted ones too, with a space between its paragraphs."""
    texts = {f"{_W}t", f"{_W}delText"}
    pieces = [
        (each.text or "") if each.tag in texts else " "
        for each in element.iter(*texts, f"{_W}p", f"{_W}tab", f"{_W}br")
    ]
    return " ".join("".join(pieces).split())


def _cleaned(
    part: bytes, changes: TrackedChanges, hiding: frozenset[str]
) -> tuple[bytes, list[Text]]:
    """Return a part without deleted and hidden text and text boxes, and what was left out."""
    root = parsed(part)
    found = list(_tracked(root, changes))
    _resolve_changes(root, changes)
    if hidden := _remove(_hidden_runs(root, hiding)):
        found.append(_("hidden text: “{words}”", words=quoted(hidden)))
    if boxes := _remove(root.iter(f"{_W}txbxContent")):
        found.append(_("text boxes: “{words}”", words=quoted(boxes)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), found


def _tracked(root: etree._Element, changes: TrackedChanges) -> Iterator[Text]:
    """Yield the sentence that says how many changes were accepted or refused, if there are any."""
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
    """Yield the runs that are hidden by a property of their own or by their style."""
    for mark in root.iter(f"{_W}vanish", f"{_W}webHidden"):
        if mark.get(f"{_W}val") not in _OFF and (run := _run_of(mark)) is not None:
            yield run
    for style in root.iter(f"{_W}rStyle", f"{_W}pStyle"):
        if style.get(f"{_W}val") in hiding:
            inside = _run_of(style)
            paragraph = style.getparent().getparent()
            yield from [inside] if inside is not None else paragraph.iter(f"{_W}r")


def _run_of(mark: etree._Element) -> etree._Element | None:
    """Return the run that has a property; None when it is a property of a paragraph or a style."""
    run = next((each for each in mark.iterancestors() if each.tag != f"{_W}rPr"), None)
    return run if run is not None and run.tag == f"{_W}r" else None


def _hiding_styles(styles: bytes | None) -> frozenset[str]:
    """Return the ids of the styles that hide text, by themselves or by a style they are based on."""
    if styles is None:
        return frozenset()
    every = {each.get(f"{_W}styleId", ""): each for each in parsed(styles).iter(f"{_W}style")}
    found = {
        name
        for name, style in every.items()
        if any(mark.get(f"{_W}val") not in _OFF for mark in style.iter(f"{_W}vanish"))
    }
    for _depth in range(10):  # Word has no longer chains of styles
        found |= {
            name
            for name, style in every.items()
            for base in style.iter(f"{_W}basedOn")
            if base.get(f"{_W}val") in found
        }
    return frozenset(found)


def _remove(elements: Iterable[etree._Element]) -> list[str]:
    """Remove elements, and return the words of each."""
    found = []
    for element in list(elements):
        parent = element.getparent()
        if parent is not None:
            found.append(_words(element))
            parent.remove(element)
    return found


def _resolve_changes(root: etree._Element, changes: TrackedChanges) -> None:
    """Accept or refuse the tracked changes."""
    for name in _REMOVED[changes]:
        _remove(root.iter(f"{_W}{name}"))
    if changes is TrackedChanges.REFUSE:
        _restore_deleted(root)


def _restore_deleted(root: etree._Element) -> None:
    """Turn the text whose deletion is refused into ordinary text."""
    for text in root.iter(f"{_W}delText"):
        text.tag = f"{_W}t"
    for element in list(root.iter(f"{_W}del", f"{_W}moveFrom")):
        parent = element.getparent()
        if parent is not None:
            at = parent.index(element)
            for child in reversed(list(element)):
                parent.insert(at, child)
            parent.remove(element)
