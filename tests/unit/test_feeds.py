"""The feeds of the press room against the rules of RFC 4287, of JSON Feed 1.1 and of sitemaps."""

import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.publication.feeds import Feed, FeedEntry, SitemapPage, atom, json_feed, sitemap
from tests.counterparts.feed_rules import (
    ATOM_RULES,
    JSON_RULES,
    broken_in_atom,
    broken_in_json,
)

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
def test_an_atom_feed_keeps_every_rule_of_rfc_4287(found):
    assert broken_in_atom(atom(a_feed(*found))) == []


@given(entries)
def test_a_json_feed_keeps_every_rule_of_version_1_1(found):
    written = json_feed(a_feed(*found))

    assert broken_in_json(written) == []
    assert [each["title"] for each in json.loads(written)["items"]] == [it.title for it in found]


SELF = 'rel="self" type="application/atom+xml" href="https://presse.institut.example/fr/feed.atom"'
ENTRY_LINK = 'href="https://presse.institut.example/fr/marees-1/"'
NAMED = "<author><name>Institut</name></author>"
ATOM_BROKEN = {
    "2, 4.1: only": ("<category", "<categorie"),
    "2: a language": ('xml:lang="fr"', 'xml:lang="français"'),
    "3.1.1: the": ("<summary>", '<summary type="text/plain">'),
    "3.1.1.1: a": ("<summary>", "<summary><b/>"),
    "3.2: a person": (NAMED, "<author/>"),
    "3.3: instants": ("2027-03-08T12:00:00Z", "2027-03-08 12:00"),
    "4.1.1, 4.1.2: one id": ("<id>https", "<id>x:y</id><id>https"),
    "4.1.1, 4.1.2: one title": ("<title>Mar", "<title>x</title><title>Mar"),
    "4.1.1, 4.1.2: one instant": ("</updated><link", "</updated><updated/><link"),
    "4.1.1: an author": (NAMED, ""),
    "4.1.1: at most": (NAMED, f"{NAMED}<icon/><icon/>"),
    "4.1.2: at most": ("</summary>", "</summary><summary/>"),
    "4.1.1, 4.1.2: alternates": (
        f"{ENTRY_LINK} />",
        f'{ENTRY_LINK} /><link rel="alternate" type="text/html" {ENTRY_LINK} />',
    ),
    "4.1.2: an entry": (None, None),
    "4.1.3.1, 4.1.3.3": ('<content type="text">', '<content type="text"><p/>'),
    "4.1.3.2, 4.1.2": ('<content type="text">', '<content type="text" src="https://a.example/">'),
    "4.2.2: a": ("<category term=", "<category label="),
    "4.2.6: an id": ("<id>https://presse", "<id>presse"),
    "4.1.1: no two": (None, None),
    "4.2.7: a link": (SELF, 'rel="self"'),
    "4.2.7.2: the": ('rel="self"', 'rel="alternate"'),
}
"""By the beginning of each rule: what in a feed to replace by what, so that it is broken."""
JSON_BROKEN = {
    "top: the version": {"version": "1.1"},
    "top: a title": {"title": ""},
    "top: items": {"items": {}},
    "top: only": {"auteur": "x"},
    "top: addresses": {"feed_url": 3},
    "top, items: a language": {"language": "français"},
    "top, items: an author": {"authors": [{"nom": "x"}]},
    "items: only": {"items": {"guid": "x"}},
    "items: an id": {"items": {"id": 4}},
    "items: no two": {"items": None},
    "items: the content": {"items": {"content_text": None}},
    "items: an address": {"items": {"url": "/fr/"}},
    "items: title": {"items": {"title": 1}},
    "items: instants": {"items": {"date_published": "8 mars"}},
    "items: tags": {"items": {"tags": "Communiqué"}},
    "attachments": {"items": {"attachments": [{"url": "https://a.example/a.pdf"}]}},
}
"""By the beginning of each rule: what in a feed, or in its first item, to change."""


def named(rules, beginning):
    (found,) = [each for each in rules if each.startswith(beginning)]
    return found


def test_every_rule_has_a_feed_that_breaks_it():
    assert {named(ATOM_RULES, each) for each in ATOM_BROKEN} == ATOM_RULES.keys()
    assert {named(JSON_RULES, each) for each in JSON_BROKEN} == JSON_RULES.keys()


@pytest.mark.parametrize("rule", ATOM_BROKEN)
def test_an_atom_feed_that_breaks_a_rule_is_found(rule):
    whole = atom(a_feed(an_entry())).decode()
    old, new = ATOM_BROKEN[rule]
    if rule == "4.1.1: no two":
        broken = atom(a_feed(an_entry(), an_entry())).decode()
    elif old is None:
        link = f'<link rel="alternate" type="text/html" {ENTRY_LINK} />'
        broken = re.sub("<content.*</content>", "", whole, flags=re.DOTALL).replace(link, "")
    else:
        broken = whole.replace(old, new, 1)

    assert broken != whole
    assert named(ATOM_RULES, rule) in broken_in_atom(broken)


@pytest.mark.parametrize("rule", JSON_BROKEN)
def test_a_json_feed_that_breaks_a_rule_is_found(rule):
    feed = json.loads(json_feed(a_feed(an_entry())))
    changed = JSON_BROKEN[rule]
    match changed.get("items", {}):
        case None:
            feed["items"] *= 2
        case found if rule == "top: items":
            feed["items"] = found
        case found:
            feed |= changed if not found else {}
            feed["items"][0] |= found

    assert named(JSON_RULES, rule) in broken_in_json(json.dumps(feed))


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
