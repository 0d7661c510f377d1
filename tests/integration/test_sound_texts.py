"""Texts that only look faulty have no finding that blocks or warns; their faulty twins have one."""

import pytest

from mailer.model.drafts.finding import Severity
from tests.counterparts.recall import diagnosed


def warned(text):
    """What would block a text or warn of it."""
    findings = diagnosed("a.txt", text)[1].findings
    return {each.check for each in findings if each.severity is not Severity.NOTE}


def noted(text):
    return {each.check for each in diagnosed("a.txt", text)[1].findings}


def invitation(
    *, dateline="Rennes, le 3 mai 2027", when="mercredi 12 mai 2027", place="", contact=""
):
    return (
        "INVITATION PRESSE\n\nLe relais des Quatre-Ponts ouvre ses portes\n\n"
        f"{dateline} – Le relais des Quatre-Ponts ouvre ses portes à la presse le {when} à 10 h.\n\n"
        f"{place or 'Relais des Quatre-Ponts, 5 rue du Port, 35000 Rennes'}\n\n"
        "Accréditation avant le lundi 10 mai 2027 à 17 h à presse@relais.example.\n"
        f"Contact presse : {contact or 'Anne Roy, 02 99 00 12 34, presse@relais.example'}\n"
    )


def advisory(*, dateline="LEEDS, 3 May 2027", when="Wednesday 12 May 2027", place="", contact=""):
    return (
        "MEDIA ADVISORY\n\nThe Old Mill opens its wheel\n\n"
        f"{dateline} – The Old Mill opens its wheel to the press on {when} at 10am.\n\n"
        f"{place or 'Old Mill, 14 Water Lane, Leeds LS1 4AB'}\n\n"
        "Accreditation by Monday 10 May 2027 at 5pm to press@mill.example.\n"
        f"Press contact: {contact or 'Ann Low, +44 113 496 0123, press@mill.example'}\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        invitation(dateline="Bray-sur-Mer, le 3 mai 2027"),
        invitation(dateline="Saint-Jean de la Mer, le 1er mai 2027"),
        invitation(dateline="Mer, le 1er mai 2027"),
        invitation(dateline="Rennes, le 3 mai", when="mercredi 12 mai"),
        invitation(when="mercredi 12 mai"),
        invitation(dateline="Rennes, le 15 décembre 2026", when="mercredi 12 mai"),
        advisory(dateline="LEEDS, 3 May", when="Wednesday 12 May"),
    ],
)
def test_a_date_is_read_in_the_year_of_its_text(text):
    assert warned(text) <= {"announced-too-late"}


@pytest.mark.parametrize(
    "text",
    [
        invitation(when="jeudi 12 mai"),
        invitation(dateline="Rennes, le lundi 4 mai 2027"),
        invitation(dateline="Rennes, le mar. 3 mai 2027"),
        advisory(when="Thursday 12 May"),
    ],
)
def test_a_weekday_that_fits_no_year_of_its_text_is_found(text):
    assert "weekday-differs" in warned(text)


def test_no_weekday_is_judged_in_a_text_without_any_year():
    text = "COMMUNIQUÉ DE PRESSE\n\nLe relais ouvre\n\nLe relais ouvre le lundi 9 juin à 10 h.\n"

    assert "weekday-differs" not in noted(text)


@pytest.mark.parametrize(
    "text",
    [
        invitation(place="Hôtel de Ville, 3 place du Marché, 35000 Rennes"),
        invitation(place="Salle des fêtes, 12, Grand-Rue, 5000 Namur"),
        invitation(place="Hôtel de Ville\nGrand-Place 4\n1000 Bruxelles"),
        invitation(place="Lieu : Musée du Lin, allée des Tilleuls 5, 9000 Gand"),
        invitation(place="Lieu : Gare de Thoune, Bahnhofstrasse 3, 3600 Thoune"),
        invitation(place="Relais des Quatre-Ponts – rue de la Station 14 – 4000 Liège"),
        advisory(place="Where: Old Mill, Langestraat 14b, 8000 Bruges"),
        advisory(place="Where: Old Mill, Sankt Alban-Tal 37, 4052 Basel"),
    ],
)
def test_an_address_needs_no_label_and_may_have_its_number_behind(text):
    assert not warned(text)


@pytest.mark.parametrize(
    "text",
    [
        invitation(place="Lieu : Musée du Lin, salle 12, 9000 Gand"),
        invitation(place="Lieu : Musée du Lin, 9000 Gand"),
        advisory(place="Where: Old Mill, Hall 3, 8000 Bruges"),
    ],
)
def test_the_number_of_a_room_is_no_street(text):
    assert "no-street-address" in warned(text)


def test_a_place_below_the_contacts_is_one():
    text = invitation(place="À bientôt.") + "\nSalle des fêtes, 12 rue Haute, 5000 Namur\n"

    assert not warned(text)


@pytest.mark.parametrize(
    ("contact", "digits"),
    [
        ("Anne Roy, 02 99 00 12 345, presse@relais.example", "11 digits"),
        ("Anne Roy, 02 99 00 12 3, presse@relais.example", "9 digits"),
        ("Anne Roy\n02 99 00 12\npresse@relais.example", "8 digits"),
        ("Anne Roy, +33 2 99 00 12 345, presse@relais.example", "10 digits"),
        ("Anne Roy, +32 470 12 34 567, presse@relais.example", "10 digits"),
        ("Anne Roy, 514-555-01234, presse@relais.example", "11 digits"),
    ],
)
def test_a_number_with_a_wrong_number_of_digits_is_said_to_be_one(contact, digits):
    findings = diagnosed("a.txt", invitation(contact=contact))[1].findings
    (said,) = [str(each.what) for each in findings if each.check == "press-contact-without-phone"]

    assert digits in said


@pytest.mark.parametrize(
    "contact",
    [
        "Anne Roy, +32 2 555 01 23, presse@relais.example",
        "Anne Roy, +41 33 555 01 23, presse@relais.example",
        "Anne Roy, +352 12 34 56, presse@relais.example",
        "Anne Roy, 514-555-0123, presse@relais.example",
        "Anne Roy, +44 (0)1632 960 120, presse@relais.example",
        "Anne Roy, +33 (0)2 99 00 12 34, poste 12, presse@relais.example",
    ],
)
def test_numbers_of_many_countries_are_right(contact):
    assert not warned(invitation(contact=contact))


@pytest.mark.parametrize(
    "hours",
    [
        ", joignable de 9 h à 18 h",
        ", de 9 h à 18 h",
        " (de 8 h 30 à 12 h)",
        ", joignable le mercredi 12 mai 2027 dès 8 h et jusqu’à 20 h",
        ", d’astreinte le mercredi 12 mai 2027 à 7 h",
    ],
)
def test_the_hours_of_a_contact_are_not_those_of_the_event(hours):
    contact = f"Anne Roy, 02 99 00 12 34, presse@relais.example{hours}"
    findings, document = _of(invitation(contact=contact))

    assert not findings & {"event-differs", "hour-differs"}
    assert document.value("press_contacts", 0, "role") is None
    assert hours.strip(" ,()") in document.text


def _of(text):
    diagnosis = diagnosed("a.txt", text)[1]
    return {each.check for each in diagnosis.findings}, diagnosis.document


def test_another_hour_of_the_event_is_found_beside_the_hours_of_a_contact():
    text = invitation(contact="Anne Roy, 02 99 00 12 34, presse@relais.example, de 9 h à 18 h")
    text = text.replace(
        "Accréditation", "Rendez-vous le mercredi 12 mai 2027 à 11 h.\n\nAccréditation"
    )

    assert "event-differs" in warned(text)


def test_a_slot_for_interviews_within_the_event_is_no_other_hour():
    slot = "Les entretiens se font le mercredi 12 mai 2027 à 11 h.\n\nAccréditation"

    assert not warned(invitation().replace("Accréditation", slot))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The wheel turns at 9am ADT.", False),
        ("The wheel turns at noon (CET).", False),
        ("The wheel turns for ADTX, at 9am.", True),
    ],
)
def test_the_name_of_a_clock_needs_no_words(sentence, expected):
    text = advisory().replace("Accreditation", f"{sentence}\n\nAccreditation")

    assert ("acronym-unexplained" in noted(text)) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The mill is funded by the Marlow Foundation.", False),
        ("The mill was restored with a grant from the Marlow Foundation.", False),
        ("The mill is run in partnership with the Marlow Foundation.", True),
        ("Partners: Marlow Foundation, Otley Trust", True),
        ("Partner: Marlow Foundation (press contact: Al Moss, 0113 496 0456)", False),
    ],
)
def test_a_partner_who_does_not_only_pay_says_whom_to_call(sentence, expected):
    text = advisory().replace("Accreditation", f"{sentence}\n\nAccreditation")

    assert ("partner-without-contact" in noted(text)) is expected


def test_the_contacts_are_no_part_of_the_first_screen():
    news = "Le relais montre ses roues, ses meules et ses sacs de farine. " * 12
    contacts = "Anne Roy, 02 99 00 12 34, presse@relais.example\n" + "Le relais reste ouvert. " * 9

    text = invitation(place="Venez.", contact=contacts).replace(" à 10 h.", f" à 10 h. {news}")
    assert "first-screen-too-long" not in noted(text)
    assert "first-screen-too-long" in noted(text.replace(news, news * 2))


@pytest.mark.parametrize(
    "text",
    [
        invitation(contact="Anne Roy, 02 99 00 12 34, presse@relais.example. Sur place le 12 mai dès 8 h : 06 39 98 12 34."),
        invitation(place="Relais, 5 rue du Port, 35000 Rennes\n\nVisite de presse : mardi 11 mai 2027, 18 h"),
        invitation(place="Relais, 5 rue du Port, 35000 Rennes\n\nRSVP pour le lundi 10 mai 2027 à 17 h"),
        advisory(place="Old Mill, 14 Water Lane, Leeds LS1 4AB\n\nPress view: Tuesday 11 May 2027, 6pm to 7pm"),
    ],
)  # fmt: skip
def test_other_days_that_a_text_explains_are_not_those_of_the_event(text):
    assert not noted(text) & {"event-differs", "hour-differs"}


def test_the_end_of_an_embargo_is_no_other_hour_of_the_event():
    text = invitation().replace(
        "PRESSE", "PRESSE\n\nSous embargo jusqu’au 12 mai 2027, 6 h (heure de Paris)", 1
    )

    assert "hour-differs" not in noted(text)
