"""Slips in domains: real providers stand here as text only; nothing is ever sent to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.contacts.domains import is_slip, near_neighbours, well_known


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmai.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.fr", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("hotmal.fr", "hotmail.fr"),
        ("hotmail.cmo", "hotmail.com"),
        ("orange.f", "orange.fr"),
        ("ornage.fr", "orange.fr"),
        ("wanadoo.f", "wanadoo.fr"),
        ("wandoo.fr", "wanadoo.fr"),
        ("yaho.fr", "yahoo.fr"),
        ("laposte.nte", "laposte.net"),
        ("outllok.com", "outlook.com"),
        ("lejournal.con", "lejournal.com"),
        ("lejournal.fe", "lejournal.fr"),
        ("reseau.ogr", "reseau.org"),
    ],
)
def test_a_well_known_slip_is_recognised(typed, meant):
    assert well_known(typed) == meant


@pytest.mark.parametrize(
    "domain",
    ["gmail.com", "orange.fr", "orange.com", "laposte.fr", "yahoo.es", "hotmail.it", "a.example"],
)
def test_a_sound_domain_is_left_alone(domain):
    assert well_known(domain) is None


def test_a_domain_that_stands_once_is_compared_with_the_frequent_ones():
    counts = {
        "lecourrier.example": 3,
        "lecourier.example": 1,
        "radio1-nord.example": 4,
        "radio2-nord.example": 1,
        "lagazette.example": 1,
        "lagazettes.example": 1,
        "court.example": 2,
        "cours.example": 1,
        "lecourrier.invalid": 1,
    }

    assert near_neighbours(counts) == {"lecourier.example": "lecourrier.example"}


@given(st.text("abc", min_size=1, max_size=6), st.data())
def test_one_slip_is_one_letter_missing_added_wrong_or_two_exchanged(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abc"))
    slips = {
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }

    for slip in slips - {word}:
        assert is_slip(slip, word)
        assert is_slip(word, slip)
    assert not is_slip(word, word)
    assert not is_slip(word + "dd", word)
