"""Letters on paper: what Chromium's own PDF of them holds, page by page (issue 13, fault 1)."""

import io

import pytest
from pypdf import PdfReader

from tests.browser.conftest import show
from tests.counterparts.pages import SCENES, THEMES, compiled, html_of
from tests.counterparts.rich_pages import RELEASED, RICH

MARGINS = dict.fromkeys(("top", "bottom", "left", "right"), "15mm")
every_letter = pytest.mark.parametrize("scene", [*SCENES, *RICH], ids=str)
every_look = pytest.mark.parametrize("theme", THEMES)


@every_letter
def test_13_on_paper_the_headline_comes_first_and_nothing_is_cut(page, scene):
    message = compiled(scene, logos=True)

    show(page, html_of(message), message)
    shown, headline = words(page.inner_text("body")), words(page.inner_text("h1"))
    pictures = page.locator("img:visible").count()
    # A table that goes on has its header on the next page too.
    repeated = words(" ".join(page.locator("th[scope=col]").all_inner_texts())).split()
    pages = printed(page)

    texts = [words(paper.extract_text()) for paper in pages]
    drawn = sum(paper.get_contents().get_data().count(b" Do") for paper in pages)
    assert headline in texts[0]
    assert all(texts)
    # What a page cuts is drawn on both: each word is there once, and each picture.
    once = set(shown.split()) - set(repeated)
    assert [word for word in once if is_twice(word, " ".join(texts), shown)] == []
    assert drawn == pictures


@every_look
@pytest.mark.parametrize("language", ["fr", "en"])
def test_13_a_release_of_one_page_takes_at_most_two(page, theme, language):
    message = compiled(RELEASED, theme=theme, language=language, logos=True)

    show(page, html_of(message), message)

    assert len(printed(page)) <= 2


def printed(page):
    return PdfReader(io.BytesIO(page.pdf(format="A4", margin=MARGINS))).pages


def words(text):
    return " ".join(text.replace("\u00a0", " ").split())


def is_twice(word, on_paper, shown):
    return len(word) > 6 and on_paper.split().count(word) > shown.split().count(word)
