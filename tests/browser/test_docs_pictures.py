"""The pictures of the docs show the pages as they are now."""

import json

import pytest

from tests.browser.docs_pictures import DRAWN, FOLDER, SHOTS, fingerprint

AGAIN = "this page has changed: run python -m tests.browser.docs_pictures {}, and look at it"


@pytest.mark.parametrize("name", SHOTS)
def test_13_a_picture_is_drawn_again_and_looked_at_when_its_page_changes(name):
    drawn = json.loads(DRAWN.read_text("utf-8"))

    assert drawn[name] == fingerprint(SHOTS[name]), AGAIN.format(name)


def test_13_every_picture_of_the_docs_is_one_that_can_be_drawn_again():
    assert {it.stem for it in FOLDER.glob("*.webp")} == {*SHOTS}
    assert {*json.loads(DRAWN.read_text("utf-8"))} == {*SHOTS}
