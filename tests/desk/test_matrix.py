"""A named sample of the looks and attacks that `python -m tests.matrix` makes of every screen."""

import pytest

from mailer.web.routes import SCREENS
from tests.desk.visitors import CAMPAIGN
from tests.matrix.browsing import opened
from tests.matrix.hostile import Attack
from tests.matrix.looks import every_look
from tests.matrix.offices import PARTNER, READER, office
from tests.matrix.payloads import ALL, PAYLOADS
from tests.matrix.pseudo import foreign_words
from tests.matrix.screens import NO_PAGE, View, views_of

SAMPLE = (
    View("under way", "/a-rappeler"),
    View("under way", "/a-rappeler", refused=True),
    View("under way", f"{CAMPAIGN}/en-cours"),
    View("under way", f"{CAMPAIGN}/bilan/imprimer"),
    View("under way", f"{CAMPAIGN}/versions/0..1"),
    View("under way", f"{CAMPAIGN}/calendrier/reminder", person=READER.id),
    View("under way", f"{CAMPAIGN}/accreditations"),
    View("under way", f"{CAMPAIGN}/accreditations/demandes/1"),
    View("under way", f"{CAMPAIGN}/textes/announcement.md", person=READER.id),
    View("under way", "/", person=PARTNER.id),
    View("under way", f"{CAMPAIGN}/apercu", person=PARTNER.id),
    View("under way", f"{CAMPAIGN}/bon-a-tirer", person=PARTNER.id),
    View("under way", f"{CAMPAIGN}/accreditations", person=PARTNER.id),
    View("under way", f"{CAMPAIGN}/accreditations", person=PARTNER.id, refused=True),
)
"""Screens that fell in the first full run, and those of what is newest."""
ATTACKED = ("/a-rappeler", f"{CAMPAIGN}/accreditations", "/contacts/importer")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with office(tmp_path_factory.mktemp("matrix") / "office", "under way") as place:
        yield place


@pytest.mark.parametrize("view", SAMPLE, ids=str)
def test_a_screen_is_whole_at_every_width_zoom_and_colour_and_by_keyboard(
    chromium, axe, place, view
):
    with opened(chromium, place, view, "fr") as page:
        assert list(every_look(page, axe=axe, widths=(320, 1440))) == []


def test_every_address_of_the_desk_is_looked_at_in_some_state(place):
    looked_at = {view.path for view in views_of("under way", place.values)}

    missing = [
        screen.path
        for screen in SCREENS
        if not screen.act and "{" not in screen.path and "." not in screen.path
        if screen.path not in looked_at and not NO_PAGE.search(screen.path)
    ]

    assert missing == []


def test_letters_without_a_key_beside_them_do_nothing(chromium, place):
    """WCAG 2.1.4: nobody who dictates, or leans on a key, pauses a campaign."""
    with opened(chromium, place, View("under way", f"{CAMPAIGN}/en-cours"), "fr") as page:
        before, html = page.url, page.inner_html("main")

        for wanted in ("body", "h1", "main a"):
            page.locator(wanted).first.evaluate("each => each.focus()")
            page.keyboard.type("acejk suspendre annuler ?/.,;")

        assert page.url == before
        assert page.inner_html("h1") in html
        assert page.locator(".tag.paused").count() == 0


@pytest.mark.parametrize("of", ATTACKED)
def test_what_strangers_type_into_a_form_runs_nowhere(chromium, place, of):
    attack = Attack(chromium, place)

    for _round in range(2):
        attack.fill_every_form(of)

    assert attack.sent >= 2
    assert attack.faults == []


def test_there_are_two_hundred_payloads_of_twenty_kinds():
    assert (len(PAYLOADS), len(ALL), len(set(ALL))) == (20, 200, 200)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<body><p>⟦Enregistrer⟧ Ada</p>", []),
        ("<body><p>⟦Un ⟦deux⟧ trois⟧</p><p>Save</p>", ["Save"]),
        ('<body><q lang="en">no such user</q> <p>⟦a⟧ 12</p>', []),
        ('<body><a title="Send it">⟦a⟧</a>', ["Send", "it"]),
    ],
)
def test_a_word_that_no_catalogue_has_is_found(html, words):
    assert foreign_words(html, known={"ada"}) == sorted(words)


def test_a_fact_is_inserted_by_a_button_and_not_by_an_arrow_key(chromium, tmp_path):
    with office(tmp_path / "office", "signed") as place:
        view = View("signed", f"{CAMPAIGN}/textes/announcement.md")
        with opened(chromium, place, view, "fr") as page:
            facts, before = page.locator("select[data-tool=fact]"), page.input_value("#body")

            facts.focus()
            page.keyboard.press("ArrowDown")
            page.keyboard.press("ArrowDown")
            chosen = facts.input_value()
            untouched = page.input_value("#body")
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")

            assert untouched == before
            assert chosen
            assert page.input_value("#body").count(chosen) == before.count(chosen) + 1
