"""What careful texts of strangers say is no fault: each of these was told as one."""

import pytest

from mailer.checks import run_checks
from mailer.model.campaigns.campaign import PressContact
from mailer.model.drafts.finding import Severity
from tests.counterparts.drafts import a_draft, a_step
from tests.counterparts.recall import diagnosed
from tests.unit.checks.test_hours_told_twice import ENGLISH, FRENCH


def checks_of(text):
    _read, diagnosis = diagnosed("a.txt", text)
    return {each.check: each for each in diagnosis.findings}


@pytest.mark.parametrize(
    ("frame", "said", "check"),
    [
        (FRENCH, "La journée du dimanche 30 mai 2027 est ouverte à tous.\n\nDimanche 30 mai\n9 h : point presse, réservé aux journalistes\n10 h : ouverture au public", "says-the-contrary"),
        (FRENCH, "Le concert a lieu le samedi 29 mai 2027 à 20 h.\n\nEn cas de pluie, les journalistes accrédités seront avertis le vendredi 28 mai 2027 avant 19 h.", "moment-differs"),
        (FRENCH, "Le concert a lieu le samedi 29 et le dimanche 30 mai 2027 à 20 h.\n\nLe samedi 29 et le dimanche 30 mai, le conservatoire répond.", "date-without-year"),
        (ENGLISH, "The hall opens on Monday 31 May 2027 at 10 am.\n\nFiona Lyle can be reached on 07700 900 123, from 8 am to 8 pm.\n\nMonday 31 May\n9.30 am: gates open\n10 am: first song", "item-too-long"),
        (ENGLISH, "The concert is on Saturday 29 May 2027 at 8 pm. Calls are answered Monday to Friday, 9.30 am to 4.30 pm.", "short-date-differs"),
        (FRENCH, "Les ateliers accueillent ensuite le public le lundi 31 mai 2027.", "event-differs"),
        (FRENCH, "Les bateaux relient les deux rives en dix-huit minutes. Ils passent toutes les vingt minutes.", "measures-disagree"),
        (FRENCH, "L’atelier est fait avec le service de presse de l’Institut des métiers.", "partner-without-contact"),
        (FRENCH, "Le concert a lieu le samedi 29 mai 2027 à 20 h. Une visite a lieu le jeudi 27 mai 2027 à 10 h.", "event-without-hour"),
        (ENGLISH, "The concert is on Saturday 29 May 2027 at 8 pm. A visit is on Thursday 27 May 2027 at 10 am.", "event-without-hour"),
    ],
)  # fmt: skip
def test_a_careful_text_is_left_alone(frame, said, check):
    assert check not in checks_of(frame.format(said=said))


def test_an_embargo_until_noon_has_its_zone_in_its_line():
    text = ENGLISH.format(
        said="The concert is on Saturday 29 May 2027.\n\nProgramme\n12 noon: end of the embargo\n12.30 pm: questions"
    ).replace("Press release", "Press release\nEmbargoed until 12 noon GMT on Saturday 29 May 2027")

    assert "embargo-without-zone" not in checks_of(text)


def test_a_head_with_a_day_lacks_only_its_place():
    text = FRENCH.format(said="Le concert a lieu le samedi 29 mai 2027 à 20 h.")

    placeless = checks_of(text.replace("Vernoy, le lundi 19 avril 2027", "Lundi 19 avril 2027"))
    assert "no place" in str(placeless["no-dateline"].what)
    undated = checks_of(text.replace("Vernoy, le lundi 19 avril 2027\n\n", ""))
    assert "no dateline" in str(undated["no-dateline"].what)


def test_the_number_of_the_house_below_a_contact_is_a_number():
    text = (
        "# Titre\n\nService de presse : Claire Delmas\nStandard : 01 40 00 27 60 (fermé le samedi)"
    )
    draft = a_draft(a_step(text=text), press_contacts=(PressContact("Claire Delmas"),))

    (told,) = (it for it in run_checks(draft) if it.check == "press-contact-without-phone")

    assert told.severity is Severity.NOTE
    assert "01 40 00 27 60" in str(told.what)


def test_of_two_days_of_an_event_the_first_is_its_day():
    text = ENGLISH.replace("Press release", "PRESS INVITATION").format(
        said="The conservatory opens its rooms on Thursday 27 and Friday 28 May 2027.\n\nA talk is given on Friday 28 May 2027 at 3 pm. The mayor comes next Thursday."
    )

    told = str(checks_of(text)["relative-date"].remedy)
    assert "Friday" not in told


@pytest.mark.parametrize(
    ("frame", "heading"),
    [
        (FRENCH, "Déroulé de la matinée\n9 h : accueil\n10 h : visite"),
        (ENGLISH, "Order of the day\n9 am: coffee\n10 am: tour"),
    ],
)
def test_the_first_screen_ends_above_a_programme(frame, heading):
    paragraph = "Le conservatoire ouvre ses salles à ceux qui aiment la musique. " * 12
    text = frame.format(said=f"{paragraph}\n\n{heading}\n\n{paragraph}")

    assert "first-screen-too-long" not in checks_of(text)
    assert "first-screen-too-long" in checks_of(frame.format(said=paragraph * 2))
