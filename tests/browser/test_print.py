"""Letters on paper: what Chromium's own PDF of them holds, page by page."""

import io
import os
import re
from itertools import product

import pytest
from pypdf import PdfReader

from tests.browser.conftest import show
from tests.counterparts.pages import LINKS, SCENES, THEMES, compiled, html_of
from tests.counterparts.rich_pages import INVITED, RELEASED, RICH

MARGINS = dict.fromkeys(("top", "bottom", "left", "right"), "15mm")
SHORT = next(it for it in SCENES if str(it) == "press-release")
LETTERS = (*SCENES, *RICH)
every_look = pytest.mark.parametrize("theme", THEMES)


def looks():
    """Each letter in a theme, which are taken in turn; in all with EVERY_LOOK=1."""
    turns = ((it, THEMES[place % len(THEMES)]) for place, it in enumerate(LETTERS))
    chosen = product(LETTERS, THEMES) if os.environ.get("EVERY_LOOK") else turns
    return [pytest.param(*look, id="-".join(map(str, look))) for look in chosen]


@pytest.mark.parametrize(("scene", "theme"), looks())
def test_13_on_paper_the_headline_comes_first_and_nothing_is_cut(page, scene, theme):
    message = compiled(scene, theme=theme, logos=True)

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
def test_13_a_short_release_takes_one_page(page, theme, language):
    message = compiled(SHORT, theme=theme, language=language, logos=True)

    show(page, html_of(message), message)

    assert len(printed(page)) == 1


@every_look
def test_13_the_footer_of_a_longer_release_never_stands_alone_on_a_page(page, theme):
    message = compiled(SHORT, theme=theme, logos=True)

    show(page, html_of(message), message)
    footer = words(page.inner_text(".feet")).split()

    for _line in range(5):
        page.locator(".prose p").last.evaluate("it => it.after(it.cloneNode(true))")
        pages = printed(page)
        assert set(words(pages[-1].extract_text()).split()) - set(footer)
    assert len(pages) == 2


@every_look
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("scene", [RELEASED, INVITED], ids=str)
def test_13_a_release_and_the_invitation_of_twelve_take_two_pages(page, scene, theme, language):
    message = compiled(scene, theme=theme, language=language, logos=True)

    show(page, html_of(message), message)

    assert len(printed(page)) <= 2


def test_13_a_copy_on_paper_neither_answers_for_its_reader_nor_takes_them_off_the_list(page):
    message = compiled(INVITED, logos=True)

    show(page, html_of(message), message)
    on_screen = page.locator("a:visible").evaluate_all("all => all.map(it => it.href)")
    on_paper = [link for paper in printed(page) for link in links(paper)]

    personal = set(LINKS.values())
    assert personal <= set(on_screen)
    assert personal.isdisjoint(on_paper)
    assert "https://www.institut.example/" in on_paper


def test_13_the_address_behind_a_button_of_the_text_stands_on_paper(page):
    scenes = {str(it): it for it in SCENES}
    written = {"press-blocks": "/direct)", "every-block": "/salle/reserver)"}

    for name, address in written.items():
        message = compiled(scenes[name], logos=True)
        show(page, html_of(message), message)

        assert address in " ".join(paper.extract_text() for paper in printed(page))


@every_look
def test_13_a_white_mark_keeps_its_dark_ground_on_paper_and_no_button_its_subject(page, theme):
    message = compiled(INVITED, theme=theme, logos=True)

    show(page, html_of(message), message)
    ground = page.locator(".cell.dark").evaluate("it => getComputedStyle(it).backgroundColor")
    pages = printed(page)

    drawn = b"".join(paper.get_contents().get_data() for paper in pages)
    assert filling(ground) in drawn
    assert "?subject" not in " ".join(paper.extract_text() for paper in pages)


def links(paper):
    actions = (it.get_object().get("/A", {}) for it in paper.get("/Annots", ()))
    return [action["/URI"] for action in actions if "/URI" in action]


def filling(colour):
    """The operator of PDF that fills with a colour, `rgb(27, 36, 48)`."""
    shares = (f"{int(it) / 255:.4f}".strip("0") for it in re.findall(r"\d+", colour))
    return f"{' '.join(shares)} rg".encode()


def printed(page):
    return PdfReader(io.BytesIO(page.pdf(format="A4", margin=MARGINS))).pages


def words(text):
    return " ".join(text.replace("\u00a0", " ").split())


def is_twice(word, on_paper, shown):
    return len(word) > 6 and on_paper.split().count(word) > shown.split().count(word)
