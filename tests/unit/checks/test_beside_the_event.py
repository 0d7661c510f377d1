"""What a release says beside its event is not taken for the event, and what it lacks is still told."""

import pytest

from tests.counterparts.recall import diagnosed

FRENCH = """Vernoy, le lundi 19 avril 2027

INVITATION PRESSE

# Le musée du Sel rouvre

Le musée du Sel rouvrira le samedi 29 mai 2027 à 11 h, au 22, rue des Tisserands, 68930 Vernoy.

{said}

{ask}

Contact presse

Benoît Klein, responsable de la communication
03 53 01 28 64
benoit.klein@sel.example
"""
ENGLISH = """Norbury, Monday 19 April 2027

PRESS INVITATION

# The salt museum opens again

The salt museum opens again on Saturday 29 May 2027 at 11 am, at 22 Mill Road, Norbury NR1 2AB.

{said}

{ask}

Press contact

Fiona Lyle, press officer
01603 496 0274
fiona.lyle@salt.example
"""
ASKS = {
    FRENCH: "Accréditation obligatoire avant le 21 mai 2027 à 12 h, auprès du service de presse.",
    ENGLISH: "Accreditation is required by 21 May 2027 at noon; please write to the press office.",
}


def checks_of(frame, said="", ask=None):
    text = frame.format(said=said, ask=ASKS[frame] if ask is None else ask)
    _read, diagnosis = diagnosed("a.txt", text)
    return {each.check: each.severity.value for each in diagnosis.findings}


@pytest.mark.parametrize(
    ("frame", "said", "check"),
    [
        (FRENCH, "Le samedi 29 mai 2027, de 8 h à 18 h, Benoît Klein répond au 06 39 98 33 71.", "event-differs"),
        (ENGLISH, "On Saturday 29 May 2027, from 8 am to 6 pm, Fiona Lyle answers on 07700 900 123.", "event-differs"),
        (FRENCH, "Le musée ouvrira au public le mardi 1er juin 2027.", "event-differs"),
        (FRENCH, "Un débat suivra le jeudi 3 juin 2027 au même endroit.", "event-differs"),
        (ENGLISH, "A public debate will follow on Thursday 3 June 2027.", "event-differs"),
        (ENGLISH, "The museum opens to the public on Tuesday 1 June 2027.", "event-differs"),
        (FRENCH, "- 9 h 30 : visite des salles\n- 10 h 15 : photographies\n- 11 h : ouverture", "hour-differs"),
        (ENGLISH, "- 9.30 am: tour of the rooms\n- 10.15 am: pictures\n- 11 am: opening", "hour-differs"),
        (FRENCH, "La presse est reçue à 9 h.\n\n- 9 h : accueil\n- 9 h 15 : visite\n- 10 h 15 : questions", "hour-differs"),
    ],
)  # fmt: skip
def test_what_has_its_own_day_or_hour_is_not_the_event(frame, said, check):
    assert check not in checks_of(frame, said)


@pytest.mark.parametrize(
    ("frame", "said", "check"),
    [
        (FRENCH, "La réouverture a lieu le vendredi 28 mai 2027 à 11 h.", "event-differs"),
        (FRENCH, "Le samedi 29 mai 2027 à 14 h, le maire coupera le ruban.", "event-differs"),
        (ENGLISH, "The museum opens again on Friday 28 May 2027 at 11 am.", "event-differs"),
        (FRENCH, "- 9 h 30 : discours\n- 10 h 15 : visite\n- 12 h : buffet", "hour-differs"),
        (ENGLISH, "- 9.30 am: speeches\n- 10.15 am: tour\n- 12 noon: lunch", "hour-differs"),
    ],
)
def test_what_contradicts_the_event_is_still_found(frame, said, check):
    assert check in checks_of(frame, said)


@pytest.mark.parametrize(
    ("frame", "ask"),
    [
        (FRENCH, "L’accréditation est obligatoire et se demande par courriel avant le 21 mai 2027 à 12 h."),
        (FRENCH, "Accréditation obligatoire. Il suffit d’écrire au service de presse avant le 21 mai 2027 à 12 h."),
        (FRENCH, "Accréditation obligatoire avant le 21 mai 2027 à 12 h auprès du contact ci-dessous."),
        (ENGLISH, "Accreditation is required. Requests should be sent by e-mail by 21 May 2027 at noon."),
        (ENGLISH, "Accreditation is required by 21 May 2027 at noon: write to the press contact below."),
    ],
)  # fmt: skip
def test_whoever_is_told_to_write_to_the_contact_knows_where_to_ask(frame, ask):
    assert "accreditation-without-address" not in checks_of(frame, ask=ask)


@pytest.mark.parametrize(
    ("frame", "ask"),
    [
        (FRENCH, "L’accréditation est obligatoire avant le 21 mai 2027 à 12 h."),
        (ENGLISH, "Accreditation is required by 21 May 2027 at noon."),
    ],
)
def test_where_only_a_contact_stands_below_it_is_noted(frame, ask):
    assert checks_of(frame, ask=ask)["accreditation-without-address"] == "note"


@pytest.mark.parametrize(
    "ask",
    [
        "Accreditation is required and closes at noon on Friday 21 May 2027. Write to the press office.",
        "Accreditation is required and closes on Friday 21 May 2027 at noon. Write to the press office.",
    ],
)
def test_a_request_that_closes_has_a_deadline(ask):
    assert "accreditation-without-deadline" not in checks_of(ENGLISH, ask=ask)


@pytest.mark.parametrize(
    ("frame", "days", "hours"),
    [
        (FRENCH, "le samedi 29 et le dimanche 30 mai 2027, ", "Pendant deux jours, de 9 h à 18 h, on pèsera le sel."),
        (ENGLISH, "on Saturday 29 and Sunday 30 May 2027, ", "From 10 am to 5 pm on both days, visitors can weigh salt."),
    ],
)  # fmt: skip
def test_hours_of_each_day_are_the_hours_of_the_event(frame, days, hours):
    text = frame.replace("le samedi 29 mai 2027 à 11 h, ", days)
    text = text.replace("on Saturday 29 May 2027 at 11 am, ", days)
    ask = ASKS[frame]

    def checks(said):
        _read, diagnosis = diagnosed("a.txt", text.format(said=said, ask=ask))
        return {each.check for each in diagnosis.findings}

    assert "event-without-hour" not in checks(hours)
    assert "event-without-hour" in checks("")


@pytest.mark.parametrize(
    ("frame", "said", "expected"),
    [
        (FRENCH, "Le maire l’inaugurera après-demain à 10 h.", True),
        (ENGLISH, "The mayor opens it the day after tomorrow.", True),
        (FRENCH, "Le maire l’inaugurera ce jour-là.", False),
    ],
)
def test_a_finished_text_says_no_day_that_depends_on_its_reader(frame, said, expected):
    text = frame.replace("lundi 19 avril", "jeudi 27 mai").replace(
        "Monday 19 April", "Thursday 27 May"
    )
    _read, diagnosis = diagnosed("a.txt", text.format(said=said, ask=""))

    assert ("relative-date" in {each.check for each in diagnosis.findings}) is expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("« Nous voulions que le sel se touche. »\n\nLe musée a neuf salles.", True),
        ("« Nous voulions que le sel se touche », explique Benoît Klein, directeur.", False),
        ("Anne Durand dirige le musée. Elle l’explique simplement.\n\n« Le sel se touche enfin. »", False),
        ("Les élèves expliquent les gestes. La salle ouvrira plus tard.\n\n« Le sel se touche enfin. »", True),
    ],
)  # fmt: skip
def test_a_quotation_stands_near_who_says_it(said, expected):
    assert ("quotation-without-name" in checks_of(FRENCH, said)) is expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("dans la grande galerie du musée", True),
        ("dans la grande galerie du musée, 3, quai des Roses", False),
    ],
)
def test_a_street_of_something_else_is_not_that_of_the_event(place, expected):
    text = FRENCH.replace("au 22, rue des Tisserands, 68930 Vernoy", "à Vernoy")
    said = f"La visite se tiendra {place}.\n\nLes moules ont été retrouvés dans une cave de la rue Basse."
    _read, diagnosis = diagnosed("a.txt", text.format(said=said, ask=ASKS[FRENCH]))

    assert ("no-street-address" in {each.check for each in diagnosis.findings}) is expected


def test_a_release_that_asks_for_accreditation_two_days_before_comes_too_late():
    text = FRENCH.replace("INVITATION PRESSE", "Communiqué de presse")
    text = text.replace("Le musée du Sel rouvrira le", "La fête du Sel aura lieu le")
    late = text.replace("lundi 19 avril", "jeudi 27 mai").replace(
        "{ask}", ASKS[FRENCH].replace("21 mai", "28 mai")
    )

    assert "announced-too-late" not in checks_of_text(text.replace("{ask}", ASKS[FRENCH]))
    assert "announced-too-late" in checks_of_text(late)


def checks_of_text(text):
    _read, diagnosis = diagnosed("a.txt", text.replace("{said}", ""))
    return {each.check for each in diagnosis.findings}


@pytest.mark.parametrize(
    ("frame", "ask"),
    [
        (FRENCH, "L’accréditation est obligatoire. Elle se demande jusqu’au 21 mai 2027 à 18 h."),
        (
            FRENCH,
            "Accréditation obligatoire. Les demandes sont reçues jusqu’au 21 mai 2027 à 12 h.",
        ),
        (ENGLISH, "Accreditation is required. It closes on 21 May 2027 at noon."),
    ],
)
def test_the_next_sentence_may_say_until_when(frame, ask):
    assert "accreditation-without-deadline" not in checks_of(frame, ask=ask)


def test_another_limit_behind_the_request_is_no_deadline():
    ask = "L’accréditation est obligatoire. L’exposition est ouverte jusqu’au 30 juin 2027."

    assert checks_of(FRENCH, ask=ask)["accreditation-without-deadline"] == "error"
