"""Turns the HTML of a word processor into the Markdown of a text.

Headings, bold, italic, links, lists and line breaks survive, and so do the words with their
typography. Nothing else does: deleted text, comments and hidden text never enter, and what is left
out is named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import nh3
from bs4 import BeautifulSoup, Comment
from bs4.element import Tag
from markdownify import MarkdownConverter

from mailer.render.markdown.left_out import quoted
from mailer.render.markdown.programmes import write_programmes
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_HTML = 2_000_000
"""How many characters are read. A long press kit has a tenth of it."""

_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden|mso-hide:\s*all", re.IGNORECASE)
_BOLD = re.compile(r"font-weight:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"font-weight:\s*(?:normal|[1-4]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style:\s*(?:italic|oblique)", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)
_LIST = re.compile(r"mso-list:\s*l\d+\s+level(\d+)", re.IGNORECASE)
_COMMENT = re.compile(r"mso-(?:element|special-character):\s*comment|msocom", re.IGNORECASE)
_COMMENTED = re.compile(r"mso-comment-", re.IGNORECASE)
"""Word wraps the words that a comment is about in a link or a span with such a style."""
_MARGIN = re.compile(r"mso-element:\s*(?:header|footer|frame)", re.IGNORECASE)
_NAVIGATION = re.compile(
    r"(?i)\b(?:breadcrumbs?|fil-?d-?ariane|navbar|main-?menu|site-(?:footer|header|nav)|skip-?links?)\b"
)
_ORDERED = re.compile(r"\s*\(?(?:\d+|[a-z]|[ivx]+)[.)]", re.IGNORECASE)
_NOWHERE = re.compile(r"\s*(?:#|javascript:.*)?\s*", re.IGNORECASE | re.DOTALL)
_LONGEST_NAME = 120
_TAGS = {"p", "br", "b", "strong", "i", "em", "a", "ul", "ol", "li", "blockquote"}
_TAGS |= {f"h{level}" for level in range(1, 7)}
DESCRIBED_PICTURES = _("pictures with a description")
"""Readers of the page see them, or are told what they show."""
ATTACHED_FILES = _("attachments: {names}").sentence
"""What travels with a mail beside its text."""
_LEFT_OUT = (
    ("table", _("a table (its words were taken as lines)")),
    ("img", _("pictures")),
    ("described", DESCRIBED_PICTURES),
    ("comment", _("comments")),
    ("deleted", _("deleted text")),
    ("end", _("what stands beyond two million signs")),
    ("margin", _("headers, footers or text boxes")),
)
_QUOTED: tuple[tuple[str, Callable[[str], Text]], ...] = (
    ("hidden", lambda words: _("hidden text: “{words}”", words=words)),
    ("navigation", lambda words: _("navigation of the page: “{words}”", words=words)),
)
"""What does not survive, in the order in which it is said."""


class PageFaultKind(StrEnum):
    """What a page lacks that its text cannot show. The value is the name of the check."""

    IMAGE = "image-without-alt"
    LINK = "link-without-target"


@dataclass(frozen=True, slots=True)
class PageFault:
    """A fault of a page: an image by its file, or a link by its words, and its line."""

    kind: PageFaultKind
    words: str
    line: int


@dataclass(frozen=True, slots=True)
class ConvertedText:
    """Markdown, and what of the original is not in it.

    `margins` are the words of headers and footers, in which an embargo may stand; `faults` those of
    a page that are not to be seen in its text.
    """

    markdown: str
    left_out: tuple[Text, ...] = ()
    margins: tuple[str, ...] = ()
    faults: tuple[PageFault, ...] = ()


def markdown_of(html: str) -> ConvertedText:
    """Return the text of a page or a part of one."""
    soup = BeautifulSoup(html[:MAX_HTML], "html.parser")
    faults = tuple(_faults(soup))
    found: dict[str, list[str]] = {}
    for name, words in _removed(soup):
        found.setdefault(name, []).append(words)
    if len(html) > MAX_HTML:
        found["end"] = []
    _make_lists(soup)
    _name_styles(soup)
    write_programmes(soup)
    if soup.find("table"):
        found["table"] = []
    for cell in soup.find_all(["td", "th"]):
        cell.name = "p"
    clean = nh3.clean(
        str(soup), tags=_TAGS, attributes={"a": {"href"}}, link_rel=None, url_schemes=_SCHEMES
    )
    markdown = _Converter(heading_style="atx", bullets="-", escape_misc=False).convert(clean)
    named = tuple(text for name, text in _LEFT_OUT if name in found)
    named += tuple(say(quoted(found[name])) for name, say in _QUOTED if name in found)
    return ConvertedText(_tidy(markdown), named, faults=faults)


def _faults(soup: BeautifulSoup) -> Iterator[PageFault]:
    """Yield the images of a page without an alternative text, and its links that lead nowhere.

    An empty text says that an image is a decoration. Pictures of a document have no file here.
    """
    for tag in soup.find_all(["img", "a"]):
        line = tag.sourceline or 0
        if tag.name == "img" and tag.get("src") and not tag.has_attr("alt"):
            yield PageFault(PageFaultKind.IMAGE, str(tag["src"])[:_LONGEST_NAME], line)
        if tag.name == "a" and tag.has_attr("href") and _NOWHERE.fullmatch(str(tag["href"])):
            words = " ".join(tag.get_text().split())
            if words or tag.find("img"):
                yield PageFault(PageFaultKind.LINK, words[:_LONGEST_NAME], line)


_SCHEMES = {"http", "https", "mailto", "tel"}


class _Converter(MarkdownConverter):
    """Markdown as our texts have it."""

    def convert_br(self, el: Tag, text: str, parent_tags: object) -> str:  # noqa: ARG002 - its names
        return "\\\n"


def _removed(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Remove what must not enter, and yield the name of each kind that there was, and its words."""
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in soup.find_all(["script", "style", "head", "title", "meta", "link", "xml", "svg"]):
        tag.decompose()
    for tag in soup.find_all(True):
        if tag.decomposed:
            continue
        kind = _kind_to_remove(tag)
        if not kind and _COMMENTED.search(str(tag.get("style", ""))):
            yield "comment", ""  # the words that it is about are the text's own
        if kind:
            yield kind, tag.get_text(" ")
        if kind or _is_list_mark(tag):
            tag.replace_with("") if kind in {"img", "described"} else tag.decompose()


def _kind_to_remove(tag: Tag) -> str:
    style, about = str(tag.get("style", "")), f"{tag.get('class', '')} {tag.get('id', '')}"
    if tag.name in {"img", "v:imagedata", "picture", "object", "video"}:
        return "described" if tag.has_attr("alt") else "img"
    if tag.name in {"del", "s", "strike"} or _STRUCK.search(style):
        return "deleted"
    if _COMMENT.search(style) or _COMMENT.search(about):
        return "comment"
    if _HIDDEN.search(style) or tag.has_attr("hidden"):
        return "hidden"
    if _MARGIN.search(style) or tag.name in {"v:textbox", "w:txbxcontent"}:
        return "margin"
    return "navigation" if _is_navigation(tag, about) else ""


def _is_navigation(tag: Tag, about: str) -> bool:
    """Return whether a part of a page belongs to the site: its menu, its breadcrumb, its footer.

    A header or a footer inside the text, or with the headline, is one of the text.
    """
    role = str(tag.get("role", "")).lower()
    if tag.name == "nav" or role == "navigation" or _NAVIGATION.search(about):
        return tag.find("h1") is None
    is_margin = tag.name in {"header", "footer"} or role in {"banner", "contentinfo"}
    return is_margin and tag.find("h1") is None and tag.find_parent(["main", "article"]) is None


def _is_list_mark(tag: Tag) -> bool:
    """Return whether this is the bullet or the number that Word writes into the text of an item."""
    return "mso-list:ignore" in str(tag.get("style", "")).lower().replace(" ", "") and not (
        _mark_item(tag)
    )


def _mark_item(tag: Tag) -> bool:
    """Note on the paragraph of a list mark whether its list is numbered; returns False."""
    item = tag.find_parent(lambda parent: _LIST.search(str(parent.get("style", ""))) is not None)
    if item is not None and _ORDERED.match(tag.get_text()):
        item["data-ordered"] = "1"
    return False


def _make_lists(soup: BeautifulSoup) -> None:
    """Make lists of the paragraphs that Word marks as items."""
    for item in soup.find_all(True):
        level = _LIST.search(str(item.get("style", "")))
        if level is None or item.name not in {"p", "div"}:
            continue
        name = "ol" if item.has_attr("data-ordered") else "ul"
        item.name = "li"
        before = item.find_previous_sibling()
        if isinstance(before, Tag) and before.get("data-made") == name:
            before.append(item)
        else:
            made = soup.new_tag(name)
            made["data-made"] = name
            item.wrap(made)


def _name_styles(soup: BeautifulSoup) -> None:
    """Give spans that are only styled the tags of bold and italic, and unwrap false bold."""
    for tag in soup.find_all(["b", "strong"]):
        if _NOT_BOLD.search(str(tag.get("style", ""))):
            tag.unwrap()
    for tag in soup.find_all(["span", "font"]):
        style = str(tag.get("style", ""))
        if not tag.get_text(strip=True):
            continue
        if _BOLD.search(style):
            tag.wrap(soup.new_tag("strong"))
        if _ITALIC.search(style):
            tag.wrap(soup.new_tag("em"))
    _unwrap_marks(soup)


def _unwrap_marks(soup: BeautifulSoup) -> None:
    """Unwrap links that lead nowhere, and bold in headings."""
    for link in soup.find_all("a"):
        if str(link.get("href", "")).startswith("#") or not link.get("href"):
            link.unwrap()  # a footnote, or a mark of the word processor
    for heading in soup.find_all(re.compile(r"^h[1-6]$")):
        for bold in heading.find_all(["b", "strong"]):
            bold.unwrap()


def _tidy(markdown: str) -> str:
    lines = [line.rstrip(" \t") for line in markdown.replace("\r", "").split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    return re.sub(r"(?:\\\n)+(?=\n|\Z)", "\n", text).strip("\n ")
