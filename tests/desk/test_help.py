"""The help pages: each screen has one, in both languages, and none names a command or a file."""

import re

import pytest

from mailer.web.help.of_screen import help_of
from mailer.web.routes import SCREENS
from mailer.web.views.office.help import HELP
from tests.desk.visitors import CAMPAIGN, READER

ADDRESSES = ("/aide", "/aide/mots", *(f"/aide/{name}" for name in HELP))


def test_every_page_of_a_campaign_and_of_people_leads_to_a_help_page_of_its_own():
    led_to = {screen.path: help_of(screen.path) for screen in SCREENS}

    assert set(led_to.values()) <= set(ADDRESSES)
    assert {name for name in ADDRESSES if name not in led_to.values()} == {"/aide/mots"}
    of_campaigns = {page for path, page in led_to.items() if path.startswith("/campagnes")}
    assert "/aide" not in of_campaigns


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_help_page_is_shown_and_names_no_command_and_no_file(shown_desk, language):
    visitor = shown_desk.visitor(READER, language)
    for address in ADDRESSES:
        page = visitor.get(address)
        assert page.status == 200
        assert not re.search(r"\bmailer \w|\.toml|\.md\b|--\w", page.text), address


def test_the_page_of_the_launch_answers_what_is_asked_there(shown_desk):
    visitor = shown_desk.visitor()
    assert 'href="/aide/lancement"' in visitor.get(f"{CAMPAIGN}/lancement").html

    text = visitor.get("/aide/lancement").text

    assert "Est-ce que tout part tout de suite ?" in text
    assert "Puis-je encore arrêter ?" in text
    assert "Ce que le programme ne fait jamais de lui-même" in text


def test_the_words_stand_in_the_order_of_the_readers_language(shown_desk):
    terms = re.findall(r"<dt>([^<]+)</dt>", shown_desk.visitor().get("/aide/mots").html)

    assert terms.index("envoi test") < terms.index("étape") < terms.index("incertain")
    assert terms.index("embargo") < terms.index("J-4") < terms.index("lancement")


def test_an_unknown_help_page_leads_to_the_list(shown_desk):
    refused = shown_desk.visitor().get("/aide/inconnu")

    assert refused.status == 404
    assert "Il n’y a pas de page d’aide de ce nom." in refused.text
