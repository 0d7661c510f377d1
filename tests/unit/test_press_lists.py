"""A list is of the press by its name, in French and English."""

import pytest

from mailer.model.campaigns.press_lists import is_of_press


@pytest.mark.parametrize(
    "name",
    [
        "press",
        "presse-nationale",
        "Presse",
        "Liste presse",
        "Journalistes mer",
        "journalistes",
        "liste-medias",
        "médias",
        "redactions",
    ],
)
def test_a_list_of_journalists_is_of_the_press(name):
    assert is_of_press(name)


@pytest.mark.parametrize(
    "name", ["associations", "mediatheques", "mediateurs", "expressions", "pressings", "elus", ""]
)
def test_other_lists_are_not(name):
    assert not is_of_press(name)
