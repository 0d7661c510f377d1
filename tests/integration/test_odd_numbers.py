"""Addresses and forms of the desk that hold a number which is none."""

import pytest

from mailer.clock import SimulatedClock
from mailer.web.forms import Form, whole_number
from tests.counterparts.builders import NOON
from tests.counterparts.desk import an_office, signed_in
from tests.counterparts.team import ADA, BEA

CAMPAIGN = "/campagnes/2017-12-09-recherche-associations"
ODD = ("²", "٣", "-1", "+1", "1.5", "1e3", "0x1", " 1", "1_000", "", "9" * 16, "9" * 5_000)


@pytest.mark.parametrize("text", ODD)
def test_what_is_no_number_of_ours_is_none(text):
    assert whole_number(text) is None


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("9" * 15, 10**15 - 1)])
def test_digits_are_a_number(text, number):
    assert whole_number(text) == number


def test_a_form_takes_blanks_between_digits_and_no_number_without_end():
    form = Form({"count": ("1 204",), "endless": ("9" * 5_000,)})

    assert form.number("count") == 1204
    assert form.number("endless") is None


def test_no_page_breaks_on_a_number_that_is_none(tmp_path):
    with an_office(tmp_path, SimulatedClock(NOON), [ADA, BEA]) as app:
        browser = signed_in(app, BEA)

        answers = {
            (page, odd): browser.get(page.format(odd=odd)).status
            for odd in ("%C2%B2", "-1", "9" * 30)
            for page in (
                "/journal?avant={odd}",
                "/journal?du={odd}",
                "/journal?du=0001-01-01&ligne={odd}",
                "/campagnes?page={odd}",
                CAMPAIGN + "/versions?avant={odd}",
            )
        }

    assert {each for each, status in answers.items() if status != 200} == set()
