"""What a telephone dials when somebody touches a number."""

import pytest

from mailer.model.campaigns.campaign import PressContact
from mailer.render.link_targets import completed
from mailer.telephones import dialled


def plain(parts):
    return "".join(part for part in parts if isinstance(part, str)).replace("\u00a0", " ")


TWO = "06 39 98 22 11 / 06 39 98 22 12"
EXTENSION = "01 99 00 12 34 poste 12"


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("01 99 00 12 34", "+33199001234"),
        (EXTENSION, "+33199001234"),
        ("01 99 00 12 34 (poste 12)", "+33199001234"),
        ("01 99 00 12 34 (12)", "+33199001234"),
        ("01.99.00.12.34, ext. 12", "+33199001234"),
        ("+33 1 99 00 12 34 x12", "+33199001234"),
        ("Tél. : +33 (0)1 99 00 12 34", "+33199001234"),
        (TWO, "+33639982211"),
        ("01 99 00 12 34 - 06 39 98 22 11", "+33199001234"),
        ("01\u00a099\u00a000\u00a012\u00a034 ou 06 39 98 22 11", "+33199001234"),
        ("+44 20 7946 0000 or 0001", "+442079460000"),
        ("+44 20 7946 0000 / +44 20 7946 0001", "+442079460000"),
        ("020 7946 0000", "02079460000"),
        ("020 7946 0000 / 020 7946 0001", "02079460000"),
        ("020 7946 0000 – 020 7946 0001", "02079460000"),
        ("030/12345678", "03012345678"),
        ("+1 (202) 555-0123 ext. 4", "+12025550123"),
        ("3900", "3900"),
        ("to be announced", ""),
        ("", ""),
    ],
)
def test_the_first_number_alone_is_dialled(phone, number):
    assert dialled(phone, "Europe/Paris") == number


def test_a_number_of_another_country_is_not_made_french():
    assert dialled("01 99 00 12 34", "Europe/Brussels") == "0199001234"


def test_a_link_typed_with_two_numbers_dials_the_first():
    assert completed(TWO) == "tel:0639982211"


@pytest.mark.parametrize(("phone", "number"), [(EXTENSION, "+33199001234"), (TWO, "+33639982211")])
def test_the_mail_shows_a_number_as_typed_and_dials_the_first(press, phone, number):
    campaign = press.campaign(press_contacts=(PressContact(name="Claire Lemoine", phone=phone),))
    message = press.compiled(campaign=campaign)
    html, text = (plain(part) for part in (message.html, message.text))

    assert f'href="tel:{number}"' in html
    assert phone in html
    assert phone in text
    assert number not in text
