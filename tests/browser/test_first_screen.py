"""What must be seen before anybody scrolls, and along which line."""

import re

import pytest

from tests.browser.conftest import show
from tests.counterparts.pages import SCENES, THEMES, compiled, html_of
from tests.counterparts.rich_pages import INVITED, RICH

NAMED = {str(scene): scene for scene in (*SCENES, *RICH)}
LOWEST = {600: 800, 375: 1000}
"""Above what the button stands, in CSS pixels, at each width of the window."""

EDGES = """
() => Object.fromEntries(
  ['.mark', '.strip p', '.kind', '.dateline', 'h1', '.opening p:last-child', '.prose p', '.prose h2',
   '.figure', '.caption', '.part h2', '.contact', '.foot p', '.box', '.prose .facts', '.prose table',
   '.grid', '.quote'].flatMap(it => {
    const element = document.querySelector(it);
    if (!element) return [];
    const range = document.createRange();
    range.selectNodeContents(element);
    const isText = !/TABLE|TD/.test(element.tagName) || it === '.mark';
    return [[it, Math.round((isText ? range : element).getBoundingClientRect().left)]];
  }))
"""


NOON = {"fr": "12 h", "en": "12 noon"}


def end_of_button(page, scene, theme, language, width):
    page.set_viewport_size({"width": width, "height": 800})
    message = compiled(NAMED[scene], language=language, theme=theme, logos=True)
    show(page, html_of(message), message)
    button = page.locator(".action a").bounding_box()
    return button["y"] + button["height"]


@pytest.mark.parametrize("scene", ["announcement", "invitation-of-twelve"])
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", NOON)
@pytest.mark.parametrize("width", LOWEST)
def test_13_the_button_of_an_invitation_is_on_the_first_screen(page, scene, theme, language, width):
    assert end_of_button(page, scene, theme, language, width) < LOWEST[width]
    deadline = page.locator(".box .facts tr").last.inner_text()
    assert NOON[language] in deadline.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", NOON)
@pytest.mark.parametrize("width", [*LOWEST, 320])
def test_13_a_reminder_asks_higher_up_than_its_invitation(page, theme, language, width):
    lowest = end_of_button(page, "announcement", theme, language, width)

    assert end_of_button(page, "reminder", theme, language, width) < lowest
    asked = page.locator(".part", has=page.locator(".action")).inner_text()
    assert NOON[language] in asked.replace("\N{NO-BREAK SPACE}", " ")
    assert "@" in asked


@pytest.mark.parametrize("scene", NAMED)
@pytest.mark.parametrize("theme", THEMES)
def test_13_everything_begins_on_one_line(page, scene, theme):
    message = compiled(NAMED[scene], theme=theme, logos=True)

    show(page, html_of(message), message)

    for width, edge in ((600, 40), (375, 20)):
        page.set_viewport_size({"width": width, "height": 800})
        assert {it: at for it, at in page.evaluate(EDGES).items() if at != edge} == {}


def test_13_venue_and_address_have_lines_of_their_own_and_a_map(page):
    message = compiled(INVITED)

    show(page, html_of(message), message)
    place = page.locator(".box .facts tr:has-text('Lieu') td")

    assert re.sub("\u00a0", " ", place.inner_text()).split("\n") == [
        "Grand amphithéâtre de la Cité des sciences du Grand-Large, bâtiment C",
        "123 bis avenue du Maréchal-de-Lattre-de-Tassigny, 33000 Bordeaux – Plan",
    ]
    assert "33000\u00a0Bordeaux" in place.inner_text()
    assert place.locator("a").get_attribute("href").startswith("https://www.openstreetmap.org/")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_13_a_cancellation_says_it_once_with_its_day(page, language):
    message = compiled(NAMED["cancellation"], language=language)

    show(page, html_of(message), message)
    said = page.inner_text("body").upper().replace("\u00a0", " ")

    assert said.count("ANNULÉ" if language == "fr" else "CANCELLED") == 1
    assert ("SAMEDI 9 DÉCEMBRE 2017" if language == "fr" else "SATURDAY 9 DECEMBER 2017") in (
        page.inner_text(".strip").upper().replace("\u00a0", " ")
    )


def test_13_the_call_button_shows_the_number(page):
    message = compiled(NAMED["morning"])

    show(page, html_of(message), message)

    shown = page.inner_text(".button").replace("\u00a0", " ")
    assert shown.strip() == "Appeler Claire Delmas : 06 39 98 12 34"


@pytest.mark.parametrize("width", [600, 375])
def test_13_contacts_stand_in_two_columns_and_on_a_phone_in_one(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    message = compiled(INVITED)

    show(page, html_of(message), message)
    first, second, third = (it.bounding_box() for it in page.locator(".contact").all())

    assert (first["y"] == second["y"]) is (width == 600)
    assert third["x"] == first["x"]
