"""What offices say of one kind of fact in several ways: each is read, and none is made up."""

from datetime import date

import pytest

from mailer.operations.campaigns.writing.recognising.document import recognise

FR = "INVITATION PRESSE\n\nLille, le 4 janvier 2027\n\n# La halle rouvre\n\n"
EN = "MEDIA ADVISORY\n\nLEEDS, 4 January 2027\n\n# The old mill turns again\n\n"
WHEN_FR = "La halle rouvre le jeudi 14 janvier 2027 à 10 h.\n\n"
WHEN_EN = "The mill opens on Thursday 14 January 2027 at 10 a.m.\n\n"


def read(text, margins=()):
    language = "en" if text.startswith("MEDIA") else "fr"
    return recognise(text, language=language, today=date(2026, 11, 30), margins=margins)


def moment(found, *path):
    value = found.value(*path)
    return f"{value:%Y-%m-%d %H:%M}" if value else None


def partners(found):
    return [fact.value for fact in found.facts if fact.path[::2] == ("partners", "name")]


def contacts(found):
    people = {}
    for fact in found.facts:
        if fact.path[0] == "press_contacts":
            people.setdefault(fact.path[1], {})[fact.path[2]] = fact.value
    return list(people.values())


@pytest.mark.parametrize(
    ("text", "name", "phone"),
    [
        (
            FR
            + WHEN_FR
            + "Interviendront Mathilde Rozier, directrice, et Cyril Bonnamy, médecin.\n\n"
            "**Contacts presse**\n\nNom\n\nTéléphone\n\nCourriel\n\nOcéane Thibert\n\n02 61 91 25 36"
            "\n\no.thibert@halle.example",
            "Océane Thibert",
            "02 61 91 25 36",
        ),
        (
            EN
            + WHEN_EN
            + "Speakers will be Olive Brand, the director, and Sam Keel, shipwright.\n\n"
            "**Press contacts**\n\nName\n\nPhone\n\nE-mail\n\nAnn Low\n\n01632 960 284\n\na.low@mill.example",
            "Ann Low",
            "01632 960 284",
        ),
    ],
)
def test_a_speaker_above_the_contacts_is_none_of_them(text, name, phone):
    found = read(text)

    assert [(each["name"], each["phone"]) for each in contacts(found)] == [(name, phone)]
    assert text.partition("\n\n**")[0].rpartition("\n\n")[2] in found.text


def test_a_number_that_lacks_a_digit_is_not_taken_and_the_address_below_it_is():
    found = read(
        EN + WHEN_EN + "Contact\n\nAnn Low, press officer\n\nTel: 01632 9607\n\na.low@mill.example"
    )

    (contact,) = contacts(found)
    assert (contact["email"], contact.get("phone")) == ("a.low@mill.example", None)
    assert "01632 9607" in found.text


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            FR + "Adresse\n\n46 allée des Frênes\n\n38000 Grenoble",
            "46 allée des Frênes, 38000 Grenoble",
        ),
        (FR + "Adresse : 12 bis rue du Four\n\n13990 Arcy", "12 bis rue du Four, 13990 Arcy"),
        (EN + "Address:\n\n2 Ferry Road\n\nTarnby TN6 3LL", "2 Ferry Road, Tarnby TN6 3LL"),
    ],
)
def test_an_address_over_two_lines_is_read_with_its_town(text, address):
    found = read(text)

    assert found.value("event", "address") == address
    assert address.rpartition(", ")[2] not in found.text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (FR + "Partenaires\n\nAgence Bleue ; Métropole de Lille\n\nLa visite dure une heure.", ["Agence Bleue", "Métropole de Lille"]),
        (FR + "Avec le concours de la Ville de Lille, du Département du Nord et de la librairie La Maison verte.", ["Ville de Lille", "Département du Nord", "librairie La Maison verte"]),
        (FR + "L’Institut du geste et l’association Pas à pas organisent la journée.", ["association Pas à pas"]),
        (FR + "La Fondation Estran et l’université de Lille remettront le prix.", ["université de Lille"]),
        (EN + "The Loxton Institute and the Bridge Builders Guild will award the prize.", ["Bridge Builders Guild"]),
        (EN + "With the support of the Acorn Trust and the bookshop Green Leaf.", ["Acorn Trust", "bookshop Green Leaf"]),
        (FR + "Anne Roy et Paul Dumas remettront le prix.", []),
    ],
)  # fmt: skip
def test_each_partner_is_one_and_who_organises_together_is_one(text, names):
    assert partners(read(text)) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (EN + "WHAT\n\nLaunch of the Leeds Array: six turbines\n\nWHEN\n\nThursday 14 January 2027, 10 a.m.", "Launch of the Leeds Array"),
        (FR + "Quoi ? Inauguration de la plateforme Biomimex\n\n" + WHEN_FR, "Inauguration de la plateforme Biomimex"),
        (EN + "The Trust invites reporters to the opening of the Lister Pharmacy on Thursday 14 January 2027 at 10 a.m.", "Opening of the Lister Pharmacy"),
        (FR + "La Ville invite la presse à l’inauguration de la halle Marie-Curie, le jeudi 14 janvier 2027 à 10 h.", "Inauguration de la halle Marie-Curie"),
        (EN + "WHAT: The wheel built in 1789 will run again.\n\n" + WHEN_EN, None),
        (FR + "La Ville invite la presse à la visite du chantier, le jeudi 14 janvier 2027 à 10 h.", None),
    ],
)  # fmt: skip
def test_an_event_has_the_name_that_the_text_gives_it(text, name):
    assert read(text).value("event", "name") == name


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        (FR + WHEN_FR + "Quinze équipes présentent leurs travaux, dans toutes les salles, et répondent aux questions de la presse pendant la pause.\n\nLieu : la halle, 33 rue des Canonniers, 59000 Lille.\n\nFin prévue à 12 h.", 10, 12),
        (FR + WHEN_FR + "La cérémonie s’achèvera à 11 h.", 10, 11),
        (EN + WHEN_EN + "The visit ends at 11 a.m.", 10, 11),
        (FR + WHEN_FR + "Fin des inscriptions à 12 h.", 10, None),
    ],
)  # fmt: skip
def test_the_end_of_an_event_may_stand_in_a_sentence_of_its_own(text, start, end):
    found = read(text)

    assert moment(found, "event", "starts_at") == f"2027-01-14 {start}:00"
    assert moment(found, "event", "ends_at") == (end and f"2027-01-14 {end}:00")


@pytest.mark.parametrize(
    "text",
    [
        FR + "Du jeudi 14 au vendredi 15 janvier 2027, la halle rouvre.\n\nJeudi 14 janvier\n\n14 h – 18 h\n\nOuverture\n\nVendredi 15 janvier\n\n9 h – 12 h\n\nClôture",
        EN + "The mill opens from Thursday 14 to Friday 15 January 2027.\n\nThursday 14 January\n\n2 p.m. – 6 p.m.\n\nOpening\n\nFriday 15 January\n\n9 a.m. – 12 noon\n\nClose",
    ],
)  # fmt: skip
def test_an_event_of_several_days_begins_at_the_first_hour_and_ends_at_the_last(text):
    found = read(text)

    assert moment(found, "event", "starts_at") == "2027-01-14 14:00"
    assert moment(found, "event", "ends_at") == "2027-01-15 12:00"
    assert found.undecided == ()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (FR + "Les journalistes sont invités à [s’accréditer par courriel](mailto:presse@halle.example?subject=Halle) avant le mardi 12 janvier 2027 à 12 h.", "presse@halle.example"),
        (EN + "Journalists are asked to [register by e-mail](mailto:press@mill.example) by noon on Tuesday 12 January 2027.", "press@mill.example"),
    ],
)  # fmt: skip
def test_an_address_behind_words_is_that_of_the_accreditation(text, address):
    assert read(text).value("accreditation", "addresses") == (address,)


def test_a_contact_has_the_address_to_which_a_word_leads():
    found = read(
        FR + WHEN_FR + "Contact : Anne Roy, 05 36 49 27 71, [courriel](mailto:a.roy@halle.example)"
    )

    assert contacts(found) == [
        {"name": "Anne Roy", "phone": "05 36 49 27 71", "email": "a.roy@halle.example"}
    ]


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        (EN + WHEN_EN + "To attend, please write to press@mill.example by Tuesday 12 January 2027.", ("accreditation", "deadline"), "by Tuesday 12 January 2027"),
        (FR + WHEN_FR + "Accréditations jusqu’au mardi 12 janvier 2027 : presse@halle.example.", ("accreditation", "deadline"), "jusqu’au mardi 12 janvier 2027"),
        (FR + "Le nom des lauréats est sous embargo jusqu’au jeudi 14 janvier 2027 à 19 h 30.", ("embargo", "until"), "Le nom des lauréats"),
        (EN + "The names of the winners are under embargo until Thursday 14 January 2027 at 7.30 p.m.", ("embargo", "until"), "names of the winners"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_part_or_without_its_hour_is_told_and_not_taken(text, path, words):
    found = read(text)

    assert found.value(*path) is None
    assert [each.path for each in found.undecided] == [path]
    assert words in found.undecided[0].words[0]
    assert words in found.text


@pytest.mark.parametrize(
    "text",
    [
        FR + "Ce document est sous embargo jusqu’au jeudi 14 janvier 2027 à 6 h.",
        EN + "The findings are under embargo until Thursday 14 January 2027 at 6 a.m.",
    ],
)
def test_an_embargo_on_the_whole_text_is_taken(text):
    assert moment(read(text), "embargo", "until") == "2027-01-14 06:00"


def test_the_place_may_stand_right_behind_the_hour():
    fr = read(
        FR
        + "La halle rouvre le jeudi 14 janvier 2027 à 11 h, à la Maison de la recherche, à Lille."
    )
    en = read(
        EN + "The mill opens on Thursday 14 January 2027 at 11 a.m. at the Harbour Office, Leeds."
    )

    assert fr.value("event", "venue") == "Maison de la recherche, Lille"
    assert en.value("event", "venue") == "Harbour Office, Leeds"


def test_an_event_in_a_text_box_is_read_with_its_place_and_accreditation():
    box = (
        "VISITE DE PRESSE\nMardi 9 mars 2027 à 9 h 30\nMusée du Verre\n11 rue des Souffleurs, 57400 Arcy\n"
        "Inscription avant le lundi 8 mars 2027 à 17 h : presse@verre.example"
    )
    found = read(
        "Communiqué de presse\n\n# Le musée ouvre ses réserves\n\nLe musée expose 230 pièces.",
        [box],
    )

    assert found.value("event", "name") == "Visite de presse"
    assert moment(found, "event", "starts_at") == "2027-03-09 09:30"
    assert found.value("event", "venue") == "Musée du Verre"
    assert found.value("event", "address") == "11 rue des Souffleurs, 57400 Arcy"
    assert moment(found, "accreditation", "deadline") == "2027-03-08 17:00"


def test_the_address_of_an_office_in_a_footer_is_no_place_of_an_event():
    footer = "Northgate Trust – registered office: Trust House, 1 Priory Way, Northgate NG9 9ZZ"
    found = read(EN + WHEN_EN, [footer])

    assert found.value("event", "address") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (FR + WHEN_FR + "Embargo : mercredi, 18 heures.", "Embargo : mercredi, 18 heures."),
        (FR + WHEN_FR + "La halle compte 40 étals. L’étude est sous embargo.", "L’étude est sous embargo."),
        (EN + WHEN_EN + "EMBARGOED until Wednesday evening", "EMBARGOED until Wednesday evening"),
        (FR + WHEN_FR + "Sous embargo jusqu’au mercredi 13 janvier 2027 à 6 h ou 7 h.", "Sous embargo jusqu’au mercredi 13 janvier 2027 à 6 h ou 7 h."),
    ],
)  # fmt: skip
def test_an_embargo_whose_end_cannot_be_taken_is_told_and_stays_in_the_text(text, words):
    found = read(text)

    assert found.value("embargo", "until") is None
    assert [(each.path, each.words) for each in found.undecided] == [
        (("embargo", "until"), (words,))
    ]
    assert words in found.text


def test_an_embargo_that_only_a_header_says_and_that_is_not_taken_goes_into_the_text():
    found = read(FR + WHEN_FR, ["Sous embargo jusqu’à mercredi"])

    assert [each.words for each in found.undecided] == [("Sous embargo jusqu’à mercredi",)]
    assert found.text.startswith("Sous embargo jusqu’à mercredi\n\n# La halle rouvre")


@pytest.mark.parametrize(
    "text",
    [
        FR + WHEN_FR + "Cette information n’est pas sous embargo. L’embargo est levé.",
        FR + WHEN_FR + "L’exposition raconte l’embargo américain et l’embargo sur les armes.",
        EN + WHEN_EN + "The text is not under embargo. The show tells of the oil embargo.",
    ],
)
def test_no_embargo_and_one_on_goods_are_not_told(text):
    assert read(text).undecided == ()


@pytest.mark.parametrize(
    "sentence",
    [
        FR + "La halle vous invite le jeudi 21 ou le vendredi 22 janvier 2027, à 14h30 ou 15h (à confirmer), à Lille.",
        FR + "Conférence de presse jeudi 14 janvier 2027 à 11 h, ou le 20 janvier en ligne",
        FR + "Quand : jeudi 14 janvier 2027 à 11 h (horaire à confirmer)",
        FR + "Date à confirmer : jeudi 14 janvier 2027 à 11 h",
        EN + "The press visit is on Thursday 14 January 2027 at 10 a.m. or 11 a.m.",
        EN + "When: Thursday 14 January 2027, 10 a.m. (time to be confirmed)",
    ],
)  # fmt: skip
def test_a_moment_beside_another_or_to_be_confirmed_is_told_whole_and_not_taken(sentence):
    found = read(sentence)
    whole = sentence.rpartition("\n")[2]

    assert found.value("event", "starts_at") is None
    assert [(each.path, each.words) for each in found.undecided] == [
        (("event", "starts_at"), (whole,))
    ]
    assert whole in found.text


@pytest.mark.parametrize(
    "limit",
    [
        "le 12 janvier 2027 à 12 h ou 14 h",
        "le 11 ou le 12 janvier",
        "le 11 ou le 12 janvier à 12 h",
    ],
)
def test_a_deadline_of_two_days_or_hours_is_told_and_not_taken(limit):
    found = read(FR + WHEN_FR + f"Accréditation avant {limit} : presse@halle.example")

    assert found.value("accreditation", "deadline") is None
    assert [each.path for each in found.undecided] == [("accreditation", "deadline")]


@pytest.mark.parametrize(
    "text",
    [
        FR + "Visite de presse le jeudi 14 janvier 2027 à 10 h, lieu à confirmer.",
        FR + "Visite de presse le jeudi 14 janvier 2027 à 10 h, à confirmer auprès de presse@halle.example.",
        FR + "Visite de presse le jeudi 14 janvier 2027 à 10 h ou sur demande.",
    ],
)  # fmt: skip
def test_a_moment_is_taken_where_something_else_is_open_and_quoted_with_its_sentence(text):
    found = read(text)
    (start,) = [fact for fact in found.facts if fact.path == ("event", "starts_at")]

    assert moment(found, "event", "starts_at") == "2027-01-14 10:00"
    assert start.words == text.rpartition("\n")[2]


def test_the_address_of_an_office_beside_its_people_stays_in_the_text():
    found = read(
        FR
        + WHEN_FR
        + "Contact : Service presse, presse@halle.example ; Anne Roy : 06 39 98 00 01 (a.roy@halle.example)"
    )

    assert [each["email"] for each in contacts(found)] == ["a.roy@halle.example"]
    assert "Contact : Service presse, presse@halle.example" in found.text
    assert "Anne Roy" not in found.text


@pytest.mark.parametrize(
    ("said", "organisation", "role"),
    [
        ("Hugo Marchetti, hôpital Saint-Martin – 06 39 98 00 01", "hôpital Saint-Martin", None),
        ("Hugo Marchetti, médecin, hôpital Saint-Martin – 06 39 98 00 01", "hôpital Saint-Martin", "médecin"),
        ("Hugo Marchetti, direction de la communication – 06 39 98 00 01", None, "direction de la communication"),
    ],
)  # fmt: skip
def test_an_institution_behind_a_name_is_no_function(said, organisation, role):
    (contact,) = contacts(read(FR + WHEN_FR + f"Contact presse : {said}"))

    assert (contact.get("organisation"), contact.get("role")) == (organisation, role)
