"""What people type into a cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.contacts.cells import (
    civility,
    has_control,
    has_invisible,
    language_code,
    phone,
    split_name,
    tidy,
)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("  Léa \t Martin\n", "Léa Martin"),
        ("Le\u0301a", "Léa"),
        ("Mar\u00adtin\u200b", "Martin"),
        ("\u202eMartin\u202c", "Martin"),
        ("'=Hebdo", "=Hebdo"),
        ("'t Veld", "'t Veld"),
    ],
)
def test_a_cell_is_read_without_what_nobody_sees(typed, text):
    assert tidy(typed) == text


@given(st.text(max_size=60))
def test_a_tidy_cell_has_nothing_invisible_left(text):
    assert not has_invisible(tidy(text))


def test_joiners_of_persian_and_emoji_stay():
    assert tidy("می\u200cخواهم") == "می\u200cخواهم"


def test_control_characters_are_noticed_and_line_ends_are_not():
    assert has_control("a\x07b")
    assert not has_control("a\tb\r\nc")


@pytest.mark.parametrize(
    ("written", "title"), [("Madame", "Mme"), ("mr", "M."), ("PR", "Pr"), ("Maître", "Maître")]
)
def test_titles_have_one_spelling_and_unknown_ones_stay(written, title):
    assert civility(written) == title


@pytest.mark.parametrize(
    ("written", "code"), [("anglais", "en"), ("EN", "en"), ("en-GB", "en"), ("klingon", None)]
)
def test_languages_are_known_by_name_and_code(written, code):
    assert language_code(written) == code


@pytest.mark.parametrize(
    ("number", "whole"),
    [("612345678", "0612345678"), ("33612345678", "+33612345678"), ("01 99 00", "01 99 00")],
)
def test_a_number_gets_back_what_the_spreadsheet_took(number, whole):
    assert phone(number) == whole


@pytest.mark.parametrize(
    ("whole", "first", "last"),
    [
        ("Anne Durand", "Anne", "Durand"),
        ("DE LA TOUR Anne", "Anne", "DE LA TOUR"),
        ("Durand, Paul", "Paul", "Durand"),
        ("Durand", "", "Durand"),
        ("Jean-Luc de Brie", "Jean-Luc", "de Brie"),
    ],
)
def test_a_whole_name_is_taken_apart(whole, first, last):
    assert split_name(whole) == (first, last)


def test_a_column_may_say_that_the_family_name_is_first():
    assert split_name("Durand Anne", family_first=True) == ("Anne", "Durand")
