"""Layouts of sound texts that were taken for faults, and the faults beside them that are found."""

import pytest

from tests.counterparts.recall import diagnosed

FR = (
    "INVITATION PRESSE\n\nRennes, le 3 mai 2027\n\nLe relais des Quatre-Ponts ouvre ses portes\n\n"
    "Le relais des Quatre-Ponts ouvre ses portes à la presse le {when}, 5 rue du Port, 35000 Rennes.\n\n"
    "{more}\n\nContact presse : Anne Roy, {phone}, presse@relais.example\n"
)
EN = (
    "MEDIA ADVISORY\n\nLEEDS, 3 May 2027\n\nThe Old Mill opens its wheel\n\n"
    "The Old Mill opens its wheel to the press on {when}, at 14 Water Lane, Leeds LS1 4AB.\n\n"
    "{more}\n\nPress contact: Ann Low, {phone}, press@mill.example\n"
)


def noted(text, *, more="", when="", phone=""):
    when = when or (
        "mercredi 12 mai 2027 à 10 h" if text is FR else "Wednesday 12 May 2027 at 10am"
    )
    phone = phone or ("02 99 00 12 34" if text is FR else "01632 960 284")
    written = text.format(more=more, when=when, phone=phone)
    return {each.check for each in diagnosed("a.txt", written)[1].findings}


TIMETABLE = "\n".join(
    f"{hour} h {minute} : {said}"
    for hour, minute, said in [
        (10, "00", "accueil de la presse par la directrice du relais"),
        (10, "30", "visite des salles avec le responsable du chantier"),
        (11, "15", "démonstration de la roue et de ses engrenages"),
        (11, "45", "entretiens et photographies dans la grande salle"),
        (12, "30", "déjeuner avec les élus et les compagnons"),
    ]
)


@pytest.mark.parametrize(
    ("text", "more", "check"),
    [
        (FR, TIMETABLE, "long-sentence"),
        (EN, TIMETABLE.replace(" h ", "."), "long-sentence"),
        (FR, "Ce document est sous embargo jusqu’au mercredi 12 mai 2027 à 18 h (heure de Paris).", "event-differs"),
        (EN, "This text is under embargo until Wednesday 12 May 2027 at 6pm (London time).", "event-differs"),
        (FR, "Sous embargo jusqu’au mercredi 12 mai 2027 à 6 h (heure de Paris).\n\nL’embargo sera levé ce jour-là à 6 h.", "embargo-without-zone"),
        (EN, "Embargoed until Wednesday 12 May 2027 at 6am (London time).\n\nThe embargo lifts that day at 6am.", "embargo-without-zone"),
        (FR, "Le jury, composé de sept membres – trois chercheurs, deux élus, deux experts –, remettra trois prix.", "parts-disagree"),
        (EN, "The jury of seven members – three researchers, two mayors, two editors – will hand over three prizes.", "parts-disagree"),
    ],
)  # fmt: skip
def test_a_sound_layout_has_no_finding_of_the_kind(text, more, check):
    assert check not in noted(text, more=more)


@pytest.mark.parametrize(
    ("text", "more", "check"),
    [
        (FR, TIMETABLE.replace("\n", " ; ").replace(" : ", " ").replace(" ; ", " et "), "long-sentence"),
        (FR, "La visite est ouverte le mercredi 12 mai 2027 à 18 h.", "event-differs"),
        (FR, "L’embargo sera levé le mercredi 12 mai 2027 à 6 h.", "embargo-without-zone"),
        (EN, "The embargo lifts on Wednesday 12 May 2027 at 6am.", "embargo-without-zone"),
        (FR, "Le jury, composé de sept membres – quatre chercheurs, deux élus, deux experts –, remettra trois prix.", "parts-disagree"),
        (EN, "The £14.2 million scheme was funded by the State (£9 million), the Trust (£3.2 million) and the town (£2.5 million).", "parts-disagree"),
    ],
)  # fmt: skip
def test_its_faulty_twin_has_one(text, more, check):
    assert check in noted(text, more=more)


@pytest.mark.parametrize(
    ("text", "when", "phone", "is_noted"),
    [
        (EN, "Saturday 15 May 2027 at 10am", "01632 960 284 (also on Saturday 15 May)", False),
        (EN, "Saturday 15 May 2027 at 10am", "01632 960 284 (weekend included)", False),
        (FR, "samedi 15 mai 2027 à 10 h", "02 99 00 12 34 (aussi le samedi 15 mai)", False),
        (FR, "samedi 15 mai 2027 à 10 h", "02 99 00 12 34 (y compris le week-end)", False),
        (EN, "Saturday 15 May 2027 at 10am", "01632 960 284 (also by text, not on Saturday)", True),
        (FR, "samedi 15 mai 2027 à 10 h", "02 99 00 12 34 (sauf le samedi)", True),
        (FR, "samedi 15 mai 2027 à 10 h", "02 99 00 12 34", True),
    ],
)
def test_who_answers_also_on_the_day_is_named(text, when, phone, is_noted):
    assert ("nobody-on-the-day" in noted(text, when=when, phone=phone)) is is_noted


def test_a_layout_of_questions_is_a_lead():
    text = (
        "UNIVERSITY OF WEALDON\n\nMEDIA ADVISORY\n2 December 2026\n\nOldest working orrery restarted after repair\n\n"
        "WHAT: The orrery built in 1789 will run again.\n\nWHO: Dr Harriet Colebrook, Curator.\n\n"
        "WHEN: {when}\n\nWHERE: Old Observatory, 9 Mill Lane, Wealdon SW61 3AB\n\n"
        "Media contact: Martha Deakin, 01632 960 284, press@wealdon.example\n"
    )
    found = diagnosed("a.txt", text.format(when="Tuesday 15 December 2026, 11 a.m."))[1].findings

    assert not {"lead-incomplete", "practical-part-differs"} & {each.check for each in found}


def test_a_day_without_a_year_is_of_the_year_that_the_text_gives_it():
    text = (
        "Ardenbrook Council\nMedia invitation\n\nIssued: Monday 30 November 2026\n\nFirst book trail opens\n\n"
        "The Council invites you to the opening on Saturday 12 December 2026. The trail is open until 3 January 2027.\n\n"
        "There will be photographs at 10.15 am on Sunday 12 December on the library steps.\n\n"
        "Contact\nHelen Price, officer\nTel: 01632 9607 742\nhelen.price@ardenbrook.example\n"
    )
    found = diagnosed("a.txt", text)[1].findings

    assert not any("2027" in str(each.what) for each in found)
    assert "contact-without-mail" not in {each.check for each in found}
