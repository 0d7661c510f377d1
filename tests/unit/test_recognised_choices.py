"""Where a document says several days, hours or names: what stands near decides, or nothing does."""

from datetime import date

import pytest

from mailer.operations.campaigns.writing.recognising.document import recognise

TODAY = date(2027, 1, 11)
HEAD = "# La serre rouvre\n\nInvitation presse\n\n"


def read(text, head=HEAD, zone="Europe/Paris"):
    return recognise(head + text, language="fr", today=TODAY, zone=zone)


def value(text, *path, head=HEAD):
    found = read(text, head).value(*path)
    return found and f"{found:%Y-%m-%d %H:%M}" if hasattr(found, "hour") else found and str(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Visite de presse : mardi 9 mars 2027 à 10 h.\n\nOuverture : mercredi 10 mars 2027 à 9 h.", "2027-03-09 10:00"),
        ("Le vernissage a lieu mercredi 10 mars 2027 à 18 h.\n\nMardi 9 mars 2027, 10 h", "2027-03-09 10:00"),
        ("Initialement prévue le mardi 2 mars 2027 à 10 h, la visite a lieu mardi 9 mars 2027 à 11 h.", "2027-03-09 11:00"),
        ("La visite prévue le 2 mars 2027 à 10 h est reportée au mardi 9 mars 2027 à 11 h.", "2027-03-09 11:00"),
        ("La serre ouvre mardi 9 mars 2027 à 10 h. Elle ferme mercredi 10 mars 2027 à 18 h.", None),
        ("Accueil mardi 9 mars 2027 à 10 h. Départ mardi 9 mars 2027 à 11 h.", "2027-03-09"),
        ("Mardi 9 et mercredi 10 mars 2027\n\nUne réunion se tient lundi 8 mars 2027 à 17 h.", "2027-03-09"),
        ("Exposition du lundi 8 au vendredi 12 mars 2027.\n\nLe vernissage a lieu mardi 9 mars 2027 à 18 h.", "2027-03-09 18:00"),
    ],
)  # fmt: skip
def test_the_day_is_the_one_to_which_the_press_is_asked_or_none(text, expected):
    assert value(text, "event", "starts_at") == expected


def test_the_days_of_a_programme_are_those_of_the_event():
    text = "## Mardi 9 mars 2027\n\n- 9 h : les ports\n\n## Mercredi 10 mars 2027\n\n- 9 h : les digues"

    assert value(text, "event", "starts_at") == "2027-03-09"
    assert value(text, "event", "ends_at") == "2027-03-10"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Merci de confirmer votre venue au plus tard la veille à 18 h : a@b.example.", "2027-03-08 18:00"),
        ("Merci de confirmer votre présence pour le 7 mars à midi au plus tard : a@b.example.", "2027-03-07 12:00"),
        ("RSVP l’avant-veille à midi : a@b.example", "2027-03-07 12:00"),
        ("Please tell us by noon the day before if you are coming: a@b.example", "2027-03-08 12:00"),
        ("Merci de confirmer votre venue la veille : a@b.example.", None),
        ("Pour être retiré du fichier des inscriptions (RGPD), écrire la veille à 18 h : a@b.example", None),
    ],
)  # fmt: skip
def test_a_deadline_may_be_told_by_the_day_of_the_event(text, expected):
    said = f"Mardi 9 mars 2027 à 10 h\n\n{text}"

    assert value(said, "accreditation", "deadline") == expected


def test_a_deadline_by_the_day_of_an_unknown_event_is_none():
    assert value("RSVP la veille à 18 h : a@b.example", "accreditation", "deadline") is None


AMERICAN = "# Sheep return\n\nMedia advisory\n\nThe sheep return to the hills with the herders.\n\n"


@pytest.mark.parametrize(
    ("phone", "hour", "zone", "at"),
    [
        ("775-555-0136", "6:45 a.m. PT", "America/Los_Angeles", "2027-07-22 06:45"),
        ("902-555-0181", "6:45 a.m. ADT", "America/Halifax", "2027-07-22 06:45"),
        ("+33 1 99 00 12 12", "6:45 a.m. PT", None, "2027-07-22"),
        ("775-555-0136", "6:45 a.m.", None, "2027-07-22 06:45"),
        ("0117 496 0455", "6:45 a.m. ET", None, "2027-07-22"),
    ],
)
def test_a_document_that_comes_from_elsewhere_proposes_its_time_zone(phone, hour, zone, at):
    text = f"When: Thursday, July 22, 2027, {hour}\n\nMedia contact: Ann Low, {phone}"

    assert value(text, "time_zone", head=AMERICAN) == zone
    assert value(text, "event", "starts_at", head=AMERICAN) == at


def test_a_second_clock_leaves_the_office_its_own():
    text = "When: Thursday, July 22, 2027, 6 a.m. PT\n\nOnline at 9 a.m. ET. Ann Low, 775-555-0136"

    assert value(text, "time_zone", head=AMERICAN) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Contact presse\nCHU de Vire – Zoé Roy – 03 99 00 14 20 – z.roy@chu.example", "Zoé Roy"),
        ("Bien à vous,\n\nZoé Roy\nChargée des relations presse\n03 99 00 14 20\nz.roy@a.example", "Zoé Roy"),
        ("RSVP avant le 2 mars à 12 h auprès de Zoé Roy (z.roy@a.example, 03 99 00 14 20).", "Zoé Roy"),
        ("RSVP avant le 2 mars à 12 h auprès de Zoé Roy (presse@a.example, 03 99 00 14 20).", None),
        ("Zoé Roy\nChercheuse\n03 99 00 14 20\nz.roy@a.example", None),
        ("Contacts\nChercheuse l Ana Gil l T 03 99 00 14 19 l ana.gil@a.example\nPresse l Zoé Roy l T 03 99 00 14 20 l zoe.roy@a.example", "Ana Gil"),
    ],
)  # fmt: skip
def test_a_person_is_told_from_a_house_by_what_stands_near(text, name):
    assert value(text, "press_contacts", 0, "name") == name


def test_a_heading_below_the_contacts_is_nobody():
    found = read("Contact : Zoé Roy, 03 99 00 14 20\n\nAbout Aarau Precision\n\nFounded in 1921.")

    assert found.value("press_contacts", 1, "name") is None
    assert "About Aarau Precision" in found.text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("PORT OF LORNE\n\nNews release\n\nPort of Lorne to stop coal\n\nThe Port of Lorne will stop.", "Port of Lorne to stop coal"),
        ("Ardan Distillery\n\nPHOTOCALL: Casks float across the loch\n\nThey float.", "Casks float across the loch"),
        ("Invitation presse\n\nWebinaire\n\nComment parler du cancer ?\n\nIl parle.", "Comment parler du cancer ?"),
        ("Press view and interviews\n\nAn exhibition of mended things\n\nIt opens.", "An exhibition of mended things"),
        ("COMMUNIQUÉ DE PRESSE RÉGIONAL | BREST | 9 MARS 2027\n\nLa rade se vide\n\nElle se vide.", "La rade se vide"),
        ("Dear colleague,\n\nA skate hatches in Leith\n\nIt hatched.", "A skate hatches in Leith"),
    ],
)  # fmt: skip
def test_neither_an_office_nor_a_greeting_is_the_headline(text, title):
    assert value(text, "title", head="") == title


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("Press statement\n\nThe trust is sorry\n\n23 January 2027\n\nThe trust failed on 9 January 2027.", False),
        ("Invitation presse\n\nLa serre rouvre\n\n23 janvier 2027\n\nElle ouvre le 3 mars 2027, ou le 9 janvier 2027.", True),
    ],
)  # fmt: skip
def test_a_day_alone_above_a_release_is_that_of_its_issue(text, stays):
    assert ("23 jan" in read(text, head="").text.casefold()) is stays


def test_a_headline_may_stand_behind_the_label_of_what_happens():
    text = "Media invitation\n\nWhat: Opening of the cycle path\n\nWho: the mayor\n\nIt opens."

    assert value(text, "title", head="") == "Opening of the cycle path"


def test_a_place_online_is_no_venue_and_keeps_its_link():
    found = read("Où : en ligne, [rejoindre](https://visio.example/carbone)")

    assert found.value("event", "venue") is None
    assert "https://visio.example/carbone" in found.text


def test_a_registration_of_the_public_is_no_accreditation():
    text = "# La cantine est payée\n\nCommuniqué de presse\n\nInscriptions jusqu’au 30 juin 2027 à 18 h : c@a.example"

    assert read(text, head="").value("accreditation", "deadline") is None


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        ("Lieu : gare\n\nLieu : mairie", ("event", "venue"), ("gare", "mairie")),
        (
            "La serre ouvre mardi 9 mars 2027 à 10 h. Elle ferme mercredi 10 mars 2027 à 18 h.",
            ("event", "starts_at"),
            ("mardi 9 mars 2027 à 10 h", "mercredi 10 mars 2027 à 18 h"),
        ),
        (
            "Accréditation avant le 1er mars 2027 à 12 h.\n\nAccréditation avant le 2 mars 2027 à 12 h.",
            ("accreditation", "deadline"),
            ("1er mars 2027 à 12 h", "2 mars 2027 à 12 h"),
        ),
    ],
)
def test_what_is_said_in_two_ways_is_named_and_not_taken(text, path, words):
    found = read(text)

    assert found.value(*path) is None
    assert [(each.path, each.words) for each in found.undecided] == [(path, words)]
