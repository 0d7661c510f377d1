"""The feeds of the press room against the rules of RFC 4287, of JSON Feed 1.1 and of sitemaps."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
from hypothesis import given
from hypothesis import strategies as st

from mailer.publication.feeds import ATOM, Feed, FeedEntry, SitemapPage, atom, json_feed, sitemap

NOON = datetime(2027, 3, 8, 12, tzinfo=UTC)
HOME = "https://presse.institut.example/fr/"


def an_entry(number=1, **changes):
    fields = {
        "mailing": f"m{number}",
        "language": "fr",
        "url": f"{HOME}marees-{number}/",
        "title": "Marées & <houle>",
        "label": "Communiqué de presse",
        "summary": "Une équipe",
        "text": "Une équipe\nà Brest",
        "published_at": NOON,
        "changed_at": NOON + timedelta(hours=number),
    }
    return FeedEntry(**(fields | changes))


def a_feed(*entries):
    return Feed("Salle de presse", "Institut", "fr", f"{HOME}feed.atom", HOME, entries)


texts = st.text(max_size=60)
entries = st.lists(
    st.builds(an_entry, st.integers(1, 9), title=texts, summary=texts, text=texts),
    max_size=4,
    unique_by=lambda each: each.mailing,
)


@given(entries)
def test_an_atom_feed_keeps_the_rules_of_rfc_4287(found):
    root = ET.fromstring(atom(a_feed(*found)))
    name = f"{{{ATOM}}}"

    assert root.tag == f"{name}feed"
    for element in (root, *root.findall(f"{name}entry")):
        for required in ("id", "title", "updated"):
            assert len(element.findall(name + required)) == 1
        instant = element.find(f"{name}updated").text
        assert datetime.fromisoformat(instant).tzinfo is not None
        links = [each.attrib for each in element.findall(f"{name}link")]
        alternates = [
            (each.get("type"), each.get("hreflang")) for each in links if each["rel"] == "alternate"
        ]
        assert len(alternates) == len(set(alternates)) == 1
        assert urlsplit(element.find(f"{name}id").text).scheme in {"https", "urn"}
    assert [
        each.attrib["href"] for each in root.findall(f"{name}link") if each.attrib["rel"] == "self"
    ]
    assert root.find(f"{name}author/{name}name").text
    ids = [each.find(f"{name}id").text for each in root.findall(f"{name}entry")]
    assert len(ids) == len(set(ids)) == len(found)


@given(entries)
def test_a_json_feed_keeps_the_rules_of_version_1_1(found):
    read = json.loads(json_feed(a_feed(*found)))

    assert read["version"] == "https://jsonfeed.org/version/1.1"
    assert read["title"]
    assert {"home_page_url", "feed_url", "language", "authors"} <= read.keys()
    for item, entry in zip(read["items"], found, strict=True):
        assert isinstance(item["id"], str)
        assert "content_text" in item
        for name in ("date_published", "date_modified"):
            assert datetime.fromisoformat(item[name]).tzinfo is not None
        assert item["title"] == entry.title


def test_a_feed_reader_finds_what_was_written():
    read = feedparser.parse(atom(a_feed(an_entry(2), an_entry(1))))

    assert not read.bozo
    assert read.version == "atom10"
    assert [each.title for each in read.entries] == ["Marées & <houle>"] * 2
    assert read.entries[0].link == f"{HOME}marees-2/"
    assert read.feed.updated == "2027-03-08T14:00:00Z"


def test_an_id_depends_on_nothing_that_a_correction_or_a_move_changes():
    first = an_entry()
    moved = an_entry(url="https://ailleurs.example/", title="Autre", changed_at=NOON, text="")

    assert first.id == moved.id
    assert first.id != an_entry(language="en").id
    assert first.id != an_entry(2).id


def test_a_sitemap_names_each_page_once_with_its_last_change():
    root = ET.fromstring(sitemap([SitemapPage(HOME), SitemapPage(f"{HOME}marees/", NOON)]))
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

    assert [each.text for each in root.iter(f"{name}loc")] == [HOME, f"{HOME}marees/"]
    assert [each.text for each in root.iter(f"{name}lastmod")] == ["2027-03-08T12:00:00Z"]
