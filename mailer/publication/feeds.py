"""Writes what is public for machines: Atom (RFC 4287), JSON Feed 1.1, a sitemap."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Sequence

ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IDS = uuid.UUID("6f1d2f0c-8f8e-5a3a-9d0b-2f6f0d1c7c11")
"""The name space of the ids of entries."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without an entry has changed: a feed must say it."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One release as feeds tell it. `text` is the whole of it, or why it was withdrawn."""

    mailing: str
    language: str
    url: str
    title: str
    label: str
    summary: str
    text: str
    published_at: datetime
    changed_at: datetime

    @property
    def id(self) -> str:
        """What identifies it for ever, wherever the press room moves."""
        return uuid.uuid5(_IDS, f"{self.mailing}/{self.language}").urn


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: where it stands, the page it is of, and its entries, the newest first."""

    title: str
    author: str
    language: str
    url: str
    home_url: str
    entries: Sequence[FeedEntry]

    @property
    def changed_at(self) -> datetime:
        return max((each.changed_at for each in self.entries), default=_NEVER)


def atom(feed: Feed) -> bytes:
    """Return the feed in Atom."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
    _add(root, "id", feed.url)
    _add(root, "title", feed.title)
    _add(root, "updated", _instant(feed.changed_at))
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.url)
    _add(root, "link", rel="alternate", type="text/html", href=feed.home_url)
    _add(_add(root, "author"), "name", feed.author)
    for each in feed.entries:
        entry = _add(root, "entry")
        entry.set("xml:lang", each.language)
        _add(entry, "id", each.id)
        _add(entry, "title", each.title)
        _add(entry, "published", _instant(each.published_at))
        _add(entry, "updated", _instant(each.changed_at))
        _add(entry, "link", rel="alternate", type="text/html", href=each.url)
        _add(entry, "category", term=each.label)
        _add(entry, "summary", each.summary)
        _add(entry, "content", each.text).set("type", "text")
    return _document(root)


def json_feed(feed: Feed) -> bytes:
    """Return the feed as JSON Feed 1.1."""
    written: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.url,
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [
            {
                "id": each.id,
                "url": each.url,
                "title": each.title,
                "summary": each.summary,
                "content_text": each.text,
                "date_published": _instant(each.published_at),
                "date_modified": _instant(each.changed_at),
                "language": each.language,
                "tags": [each.label],
            }
            for each in feed.entries
        ],
    }
    return json.dumps(written, ensure_ascii=False, indent=1).encode()


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """An address, and when what stands there has changed; None for one that has no such time."""

    url: str
    changed_at: datetime | None = None


def sitemap(pages: Sequence[SitemapPage]) -> bytes:
    """Return the sitemap of these pages (sitemaps.org 0.9)."""
    root = ET.Element("urlset", {"xmlns": _SITEMAP})
    for page in pages:
        url = ET.SubElement(root, "url")
        ET.SubElement(url, "loc").text = page.url
        if page.changed_at is not None:
            ET.SubElement(url, "lastmod").text = _instant(page.changed_at)
    return _document(root)


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = _NOT_XML.sub("", text) or None
    return element


def _document(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
