"""Contradictions and remains that are told in no fixed words: by what they mean, not by a label."""

import pytest

from tests.counterparts.recall import diagnosed

FRENCH = """Vernoy, le lundi 19 avril 2027

{head}

# Le musée du Sel rouvre

Le musée du Sel ouvrira à la presse le samedi 29 mai 2027 à 11 h, au 22, rue des Tisserands, 68930 Vernoy.

{said}

Accréditation obligatoire avant le 21 mai 2027 à 12 h, auprès du service de presse.

Contact presse

Benoît Klein, responsable de la communication
{phone}
benoit.klein@sel.example
{hours}
"""
ENGLISH = """Norbury, Monday 19 April 2027

{head}

# The salt museum opens again

The salt museum will open to the press on Saturday 29 May 2027 at 11 am, at 22 Mill Road, Norbury NR1 2AB.

{said}

Accreditation is required by 21 May 2027 at noon; please write to the press office.

Press contact

Fiona Lyle, press officer
{phone}
fiona.lyle@salt.example
{hours}
"""
LANDLINES = {FRENCH: "03 53 01 28 64", ENGLISH: "020 7946 0245"}
MOBILES = {FRENCH: "06 39 98 33 71", ENGLISH: "07700 900 123"}


def checks_of(frame, said="", *, head="", phone=None, hours=""):
    text = frame.format(said=said, head=head, phone=phone or LANDLINES[frame], hours=hours)
    _read, diagnosis = diagnosed("a.txt", text)
    return {each.check for each in diagnosis.findings}


@pytest.mark.parametrize(
    ("frame", "head", "said"),
    [
        (FRENCH, "POUR DIFFUSION IMMÉDIATE", "Merci de ne rien publier avant le jeudi 20 mai 2027 à 8 h."),
        (FRENCH, "SOUS EMBARGO JUSQU’AU 20 MAI 2027 À 8 H (HEURE DE PARIS)", "Ces résultats peuvent être publiés dès le 18 mai 2027."),
        (FRENCH, "Sous embargo jusqu’au 20 mai 2027 à 8 h (heure de Paris)", "Publication autorisée à partir du 21 mai 2027."),
        (ENGLISH, "EMBARGOED UNTIL 00.01 ON MONDAY 24 MAY 2027 (LONDON TIME)", "This story may be published from Monday 17 May 2027."),
        (ENGLISH, "EMBARGO: Thursday 20 May 2027, 9 a.m. London time", "Nothing in this text may be published before 6 p.m. on Thursday 20 May 2027."),
        (ENGLISH, "FOR IMMEDIATE RELEASE", "Please do not publish before Thursday 20 May 2027."),
    ],
)  # fmt: skip
def test_from_when_a_text_may_be_published_is_said_once(frame, head, said):
    assert "embargo-contradicted" in checks_of(frame, said, head=head)


@pytest.mark.parametrize(
    ("frame", "head", "said"),
    [
        (FRENCH, "SOUS EMBARGO JUSQU’AU 20 MAI 2027 À 8 H (HEURE DE PARIS)", "Merci de ne rien publier avant le 20 mai 2027 à 8 h."),
        (FRENCH, "Sous embargo jusqu’au 20 mai 2027 à 8 h (heure de Paris)", "Les photographies peuvent être diffusées jusqu’au 30 juin 2027."),
        (ENGLISH, "EMBARGO: Thursday 20 May 2027, 9 a.m. London time", "Pictures may be published until 30 June 2027."),
        (ENGLISH, "EMBARGO: Thursday 20 May 2027, 9 a.m. London time", "Nothing may be published before 9 a.m. on Thursday 20 May 2027."),
        (ENGLISH, "EMBARGO: Thursday 20 May 2027, 9 a.m. London time", "A portrait can be found here once the embargo has been lifted."),
        (FRENCH, "Sous embargo jusqu’au 20 mai 2027 à 8 h (heure de Paris)", "Les portraits seront en ligne une fois l’embargo levé."),
        (FRENCH, "POUR DIFFUSION IMMÉDIATE", "Le bilan sera publié le 15 juin 2027."),
        (ENGLISH, "FOR IMMEDIATE RELEASE", "Results will be published on 15 June 2027."),
    ],
)  # fmt: skip
def test_what_agrees_with_the_embargo_or_is_of_something_else_is_left_alone(frame, head, said):
    assert "embargo-contradicted" not in checks_of(frame, said, head=head)


@pytest.mark.parametrize(
    ("frame", "said", "expected"),
    [
        (FRENCH, "L’aide couvre les travaux. [NB interne : ne pas citer le montant, pas encore voté]", True),
        (FRENCH, "« C’est un lieu vivant », dit Anne Durand. (à supprimer avant envoi : Anne veut relire)", True),
        (FRENCH, "Le toit est neuf (chiffre pas encore validé).", True),
        (ENGLISH, "The roof is new (cut this before sending, Ann wants to see it).", True),
        (ENGLISH, "The grant covers the works [internal: do not quote the sum].", True),
        (FRENCH, "Le toit (refait avant la réouverture) est neuf.", False),
        (FRENCH, "Le musée (fermé depuis deux ans) a neuf salles.", False),
        (ENGLISH, "The roof (done before the opening) is new.", False),
        (ENGLISH, "The rooms (nine in all) are warm.", False),
    ],
)  # fmt: skip
def test_a_note_in_brackets_is_known_by_what_it_asks(frame, said, expected):
    assert ("note-to-colleague" in checks_of(frame, said)) is expected


@pytest.mark.parametrize(
    ("frame", "hours", "expected"),
    [
        (FRENCH, "Bureau fermé les samedis, dimanches et jours fériés", True),
        (FRENCH, "Service ouvert du lundi au vendredi", True),
        (ENGLISH, "Our office is open on weekdays only.", True),
        (ENGLISH, "Mon-Fri, 9 am to 5 pm", True),
        (FRENCH, "", False),
        (ENGLISH, "", False),
        (FRENCH, "Joignable aussi le samedi 29 mai, de 8 h à 18 h, au 06 39 98 33 71", False),
    ],
)
def test_a_mobile_that_is_switched_off_at_weekends_answers_nobody(frame, hours, expected):
    found = checks_of(frame, phone=MOBILES[frame], hours=hours)

    assert ("nobody-on-the-day" in found) is expected


@pytest.mark.parametrize(
    ("frame", "said", "expected"),
    [
        (ENGLISH, "The first heat starts at 8 a.m. on Saturday.\n\nSaturday: first heat at 10 a.m., finals at 3 p.m.", True),
        (FRENCH, "La première manche commence à 8 h.\n\n- 10 h : première manche\n- 15 h : finale", True),
        (ENGLISH, "The first heat starts at 10 a.m. on Saturday.\n\nSaturday: first heat at 10 a.m., finals at 3 p.m.", False),
        (FRENCH, "La première manche commence à 10 h.\n\n- 10 h : première manche\n- 15 h : finale", False),
        (FRENCH, "L’atelier commence à 16 h.\n\n- 14 h : atelier\n- 16 h : atelier", False),
    ],
)  # fmt: skip
def test_an_item_of_the_programme_begins_when_the_text_says(frame, said, expected):
    assert ("moment-differs" in checks_of(frame, said)) is expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "La ferme de la Grenouillère est ouverte. À la ferme de la Grenouillière, on mange.",
            True,
        ),
        (
            "La ferme de la Grenouillère est ouverte. À la ferme de la Grenouillère, on mange.",
            False,
        ),
        ("Le quartier des Marronniers est ouvert, la rue des Maronniers aussi.", True),
        ("Les Normandes et les Normands dansent ; un Normand chante.", False),
    ],
)
def test_a_long_name_has_one_spelling(said, expected):
    assert ("place-named-otherwise" in checks_of(FRENCH, said)) is expected


def test_an_hour_of_welcome_after_the_event_has_begun_is_noted():
    programme = "- {hour} : accueil de la presse\n- 16 h : visite"

    assert "hour-differs" in checks_of(FRENCH, programme.format(hour="14 h"))
    assert "hour-differs" not in checks_of(FRENCH, programme.format(hour="10 h 30"))
