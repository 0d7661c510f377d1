"""What follows from two colours of an office can be read, by day and by night."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.look.colours import (
    contrast,
    inverted,
    made_readable,
    mixed,
    readable_on,
)
from mailer.look.contrasts import contrasts
from mailer.look.following import complete_colours, complete_dark, complete_fonts
from mailer.model.campaigns.theme import READABLE, Scheme, Theme

a_colour = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
GIVEN_TEXTS = {"accent"}
"""Texts in a colour that the office gives itself: measured, but not changed."""


def a_theme(**said):
    colours = complete_colours([said])
    dark = complete_dark([{}], colours, [said])
    return Theme("x", colours, dark, complete_fonts([{}]))


@given(accent=a_colour, header=a_colour)
def test_whatever_colours_an_office_has_the_texts_that_follow_can_be_read(accent, header):
    theme = a_theme(accent=accent, header=header)

    weak = [
        it
        for it in contrasts(theme)
        if it.scheme in {Scheme.LIGHT, Scheme.DARK} and round(it.ratio, 2) < READABLE
    ]

    assert {it.text for it in weak if it.scheme is Scheme.LIGHT} <= GIVEN_TEXTS
    assert [it for it in weak if it.scheme is Scheme.DARK] == []


@given(accent=a_colour, header=a_colour)
def test_a_layer_that_says_nothing_changes_nothing(accent, header):
    said = {"accent": accent, "header": header}

    assert complete_colours([said, {}]) == complete_colours([said])
    assert complete_colours([said, said]) == complete_colours([said])


@given(first=a_colour, second=a_colour)
def test_what_an_upper_layer_says_is_never_lost_to_one_below(first, second):
    below = {"accent": first, "label": first, "tint": first}

    above = complete_colours([below, {"accent": second}])

    assert above.accent == second
    assert above.label == (
        first if first == second else complete_colours([{"accent": second}]).label
    )


@given(colour=a_colour)
def test_an_inversion_done_twice_gives_the_colour_back(colour):
    assert inverted(inverted(colour)) == colour


@given(colour=a_colour)
def test_black_or_white_can_be_read_on_every_ground(colour):
    assert contrast(readable_on(colour), colour) >= READABLE


@given(colour=a_colour, ground=a_colour)
def test_a_colour_made_readable_is_readable(colour, ground):
    made = made_readable(colour, [ground], towards=readable_on(ground))

    assert contrast(made, ground) >= READABLE


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#767676", "#ffffff", 4.54), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert round(contrast(one, other), 2) == ratio
    assert round(contrast(other, one), 2) == ratio


def test_a_mixture_of_all_and_nothing_is_one_of_the_two():
    assert mixed("#123456", "#ffffff", share=1) == "#123456"
    assert mixed("#123456", "#ffffff", share=0) == "#ffffff"


def test_an_accent_without_hue_gives_a_dark_mode_without_hue():
    theme = a_theme(accent="#333333", header="#000000")

    red, green, blue = (int(theme.dark.paper[at : at + 2], 16) for at in (1, 3, 5))
    assert red == green == blue
