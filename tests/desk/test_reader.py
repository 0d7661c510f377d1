"""Somebody who has the reader's role alone sees campaigns and figures, and nobody by name."""

from __future__ import annotations

import re
from contextlib import closing
from html import unescape
from http import HTTPStatus
from http.client import HTTPConnection

import pytest

from tests.matrix.offices import READER, UNCERTAIN, office
from tests.matrix.screens import views_of

# Names of places and of the office's own people stand on many pages, and are no secret.
_OWN = "@institut.example"


@pytest.fixture(scope="module", params=["prepared", "under way"])
def place(request, tmp_path_factory):
    with office(tmp_path_factory.mktemp("office") / "office", request.param) as found:
        yield found


def got(place, path):
    """Return the status and the body of a page, as a reader gets it."""
    cookie = f"desk-{place.port}={place.cookies[READER.id]}"
    with closing(HTTPConnection("127.0.0.1", place.port)) as connection:
        connection.request("GET", path, headers={"Cookie": cookie, "Accept-Language": "fr"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")


def test_no_page_shows_a_reader_the_name_or_address_of_a_contact(place):
    contacts = place.app.ledger.contacts.page(limit=10_000)
    people = {each.key for each in contacts if _OWN not in each.key}
    people |= {each.name for each in contacts if each.first_name and each.last_name}
    paths = {each.path for each in views_of("prepared", place.values)}
    told = {
        path: sorted(each for each in people if each in body)
        for path in sorted(paths)
        for _status, body in [got(place, path)]
    }

    assert len(paths) > 60
    assert {path: names for path, names in told.items() if names} == {}


def test_no_link_leads_a_reader_to_a_refusal(place):
    pages = {each.path: got(place, each.path) for each in views_of("prepared", place.values)}
    offered = {
        unescape(link): path
        for path, (status, body) in pages.items()
        if status == HTTPStatus.OK
        for link in re.findall(r'href="(/(?!fixe)[^"#]*)', body)
    }
    answers = {link: got(place, link)[0] for link in sorted(offered)}

    assert len(offered) > 100
    refused = {link for link, status in answers.items() if status >= HTTPStatus.BAD_REQUEST}
    without_folder = {f"/campagnes/{UNCERTAIN}"}  # its board says so to everybody
    assert {link: offered[link] for link in refused - without_folder} == {}


def test_the_parts_that_are_about_people_are_not_offered_to_a_reader(place):
    _status, start = got(place, "/")

    for path in ("/contacts", "/a-rappeler", "/oppositions", "/courrier", "/accreditations"):
        assert f'href="{path}"' not in start
        assert got(place, path)[0] == 409
