"""The rules that a feed validator holds a feed to: every MUST of RFC 4287 and JSON Feed 1.1 that
can apply to ours. Each is named by its section, and says whether a feed keeps it.
"""

import json
import re
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

_ATOM = "{http://www.w3.org/2005/Atom}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(;.+)?")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
_COMMON = {"author", "category", "contributor", "id", "link", "rights", "title", "updated"}
_IN_FEED = _COMMON | {"entry", "generator", "icon", "logo", "subtitle"}
_IN_ENTRY = _COMMON | {"content", "published", "source", "summary"}
_TEXTS = ("title", "summary", "rights", "subtitle")
_OF_FEED = {
    *("version", "title", "home_page_url", "feed_url", "description", "user_comment", "next_url"),
    *("icon", "favicon", "authors", "language", "expired", "hubs", "items"),
}
_OF_ITEM = {
    *("id", "url", "external_url", "title", "content_html", "content_text", "summary", "image"),
    *("banner_image", "date_published", "date_modified", "authors", "tags", "language"),
    "attachments",
}


def _both(root):
    return (root, *_all(root, "entry"))


def _all(element, name):
    return element.findall(f"{_ATOM}{name}")


def _texts(root, *names):
    return [each for name in names for each in root.iter(f"{_ATOM}{name}")]


def _has_one(root, name):
    return all(len(_all(element, name)) == 1 for element in _both(root))


def _has_at_most_one(element, *names):
    return all(len(_all(element, name)) <= 1 for name in names)


def _is_iri(text):
    split = urlsplit((text or "").strip())
    return bool(split.scheme and (split.netloc or split.path)) and " " not in text.strip()


def _alternates_differ(root):
    for element in _both(root):
        found = [
            (each.get("type"), each.get("hreflang"))
            for each in _all(element, "link")
            if each.get("rel", "alternate") == "alternate"
        ]
        if len(found) != len(set(found)):
            return False
    return True


def _is_known(root):
    persons = _texts(root, "author", "contributor")
    return (
        root.tag == f"{_ATOM}feed"
        and {each.tag for each in root} <= {f"{_ATOM}{name}" for name in _IN_FEED}
        and all(
            {each.tag for each in entry} <= {f"{_ATOM}{name}" for name in _IN_ENTRY}
            for entry in _all(root, "entry")
        )
        and all(
            {each.tag for each in person} <= {f"{_ATOM}{name}" for name in ("name", "uri", "email")}
            for person in persons
        )
    )


def _has_author(root):
    return bool(_all(root, "author")) or all(_all(entry, "author") for entry in _all(root, "entry"))


def _persons_are_named(root):
    return all(
        len(_all(each, "name")) == 1
        and _has_at_most_one(each, "uri", "email")
        and all(_ADDRESS.fullmatch(it.text or "") for it in _all(each, "email"))
        for each in _texts(root, "author", "contributor")
    )


def _is_instant(text):
    return bool(_INSTANT.fullmatch(text or "")) and datetime.fromisoformat(text) is not None


def _content_is_whole(root):
    for each in _texts(root, "content"):
        kind = each.get("type", "text")
        is_text = kind in {"text", "html"}
        if kind not in {"text", "html", "xhtml"} and not _MEDIA_TYPE.fullmatch(kind):
            return False
        if kind.startswith(("multipart/", "message/")) or (is_text and len(each)):
            return False
    return True


def _entries_lead_somewhere(root):
    return all(
        _all(entry, "content")
        or any(each.get("rel", "alternate") == "alternate" for each in _all(entry, "link"))
        for entry in _all(root, "entry")
    )


def _sourced_content_is_empty(root):
    return all(
        not each.text
        and _is_iri(each.get("src"))
        and any(each in entry and _all(entry, "summary") for entry in _all(root, "entry"))
        for each in _texts(root, "content")
        if each.get("src") is not None
    )


def _links_are_whole(root):
    return all(
        each.get("href")
        and _is_iri(each.get("href"))
        and re.fullmatch(r"[^:/?#\s]+|\w[\w+.-]*:\S+", each.get("rel", "alternate"))
        and (each.get("type") is None or _MEDIA_TYPE.fullmatch(each.get("type")))
        and (each.get("hreflang") is None or _LANGUAGE.fullmatch(each.get("hreflang")))
        for each in _texts(root, "link")
    )


def _ids_differ(root):
    found = [(_all(each, "id")[0].text or "").strip() for each in _all(root, "entry")]
    return len(found) == len(set(found))


ATOM_RULES = {
    "2, 4.1: only the elements of the format, where they may stand": _is_known,
    "2: a language is a language tag": lambda root: all(
        _LANGUAGE.fullmatch(each.get(_XML_LANG)) for each in root.iter() if each.get(_XML_LANG)
    ),
    "3.1.1: the type of a text is text, html or xhtml": lambda root: all(
        each.get("type", "text") in {"text", "html", "xhtml"} for each in _texts(root, *_TEXTS)
    ),
    "3.1.1.1: a text has no elements": lambda root: all(
        len(each) == 0 for each in _texts(root, *_TEXTS) if each.get("type") != "xhtml"
    ),
    "3.2: a person has one name, at most one page and one address": _persons_are_named,
    "3.3: instants are those of RFC 3339, with T and Z": lambda root: all(
        _is_instant(each.text) for each in _texts(root, "updated", "published")
    ),
    "4.1.1, 4.1.2: one id": lambda root: _has_one(root, "id"),
    "4.1.1, 4.1.2: one title": lambda root: _has_one(root, "title"),
    "4.1.1, 4.1.2: one instant of the last change": lambda root: _has_one(root, "updated"),
    "4.1.1: an author of the feed, or of each entry": _has_author,
    "4.1.1: at most one of what stands once in a feed": lambda root: _has_at_most_one(
        root, "generator", "icon", "logo", "rights", "subtitle"
    ),
    "4.1.2: at most one of what stands once in an entry": lambda root: all(
        _has_at_most_one(each, "content", "published", "rights", "source", "summary")
        for each in _all(root, "entry")
    ),
    "4.1.1, 4.1.2: alternates differ in type or language": _alternates_differ,
    "4.1.2: an entry without content leads to a page": _entries_lead_somewhere,
    "4.1.3.1, 4.1.3.3: content is of a simple type, text without elements": _content_is_whole,
    "4.1.3.2, 4.1.2: content elsewhere is empty here, and summarised": _sourced_content_is_empty,
    "4.2.2: a category has a term": lambda root: all(
        each.get("term") is not None for each in _texts(root, "category")
    ),
    "4.2.6: an id is an absolute IRI": lambda root: all(
        _is_iri(each.text) for each in _texts(root, "id")
    ),
    "4.1.1: no two entries have one id": _ids_differ,
    "4.2.7: a link has an address, a relation and a type that are some": _links_are_whole,
    "4.2.7.2: the feed says its own address": lambda root: any(
        each.get("rel") == "self" for each in _all(root, "link")
    ),
}


def _items(feed):
    return feed.get("items", ())


def _are_strings(feed, *names):
    return all(isinstance(feed[name], str) for name in names if name in feed)


def _authors_say_something(feed):
    return all(
        isinstance(holder["authors"], list)
        and all(each.keys() & {"name", "url", "avatar"} for each in holder["authors"])
        for holder in (feed, *_items(feed))
        if "authors" in holder
    )


def _attachments_are_whole(feed):
    return all(
        {"url", "mime_type"} <= each.keys()
        for item in _items(feed)
        for each in item.get("attachments", ())
    )


JSON_RULES = {
    "top: the version is the address of 1.1": lambda feed: (
        feed.get("version") == "https://jsonfeed.org/version/1.1"
    ),
    "top: a title, as text": lambda feed: isinstance(feed.get("title"), str) and feed["title"],
    "top: items, as a list": lambda feed: isinstance(feed.get("items"), list),
    "top: only names of the format, or with an underscore": lambda feed: all(
        name in _OF_FEED or name.startswith("_") for name in feed
    ),
    "top: addresses and language are text": lambda feed: (
        _are_strings(feed, "home_page_url", "feed_url", "language", "description")
        and _is_iri(feed.get("feed_url", "x:y"))
        and _is_iri(feed.get("home_page_url", "x:y"))
    ),
    "top, items: a language is a language tag": lambda feed: all(
        _LANGUAGE.fullmatch(each["language"])
        for each in (feed, *_items(feed))
        if "language" in each
    ),
    "top, items: an author has a name, a page or a picture": _authors_say_something,
    "items: only names of the format, or with an underscore": lambda feed: all(
        name in _OF_ITEM or name.startswith("_") for item in _items(feed) for name in item
    ),
    "items: an id, as text": lambda feed: all(
        isinstance(each.get("id"), str) and each["id"] for each in _items(feed)
    ),
    "items: no two have one id": lambda feed: (
        len(_items(feed)) == len({each.get("id") for each in _items(feed)})
    ),
    "items: the content, as text or as HTML": lambda feed: all(
        isinstance(each.get("content_text", each.get("content_html")), str) for each in _items(feed)
    ),
    "items: an address is absolute": lambda feed: all(
        _is_iri(each["url"]) for each in _items(feed) if "url" in each
    ),
    "items: title and summary are text": lambda feed: all(
        _are_strings(each, "title", "summary") for each in _items(feed)
    ),
    "items: instants are those of RFC 3339": lambda feed: all(
        _is_instant(each[name])
        for each in _items(feed)
        for name in ("date_published", "date_modified")
        if name in each
    ),
    "items: tags are a list of texts": lambda feed: all(
        isinstance(each.get("tags", []), list) and all(isinstance(it, str) for it in each["tags"])
        for each in _items(feed)
    ),
    "attachments: each has an address and a type": _attachments_are_whole,
}


def broken_in_atom(content):
    """The rules of RFC 4287 that a feed breaks, by name; raises ParseError for no XML."""
    root = ET.fromstring(content)
    return [name for name, is_kept in ATOM_RULES.items() if not is_kept(root)]


def broken_in_json(content):
    """The rules of JSON Feed 1.1 that a feed breaks, by name; raises ValueError for no JSON."""
    feed = json.loads(content)
    assert isinstance(feed, dict)
    return [name for name, is_kept in JSON_RULES.items() if not is_kept(feed)]
