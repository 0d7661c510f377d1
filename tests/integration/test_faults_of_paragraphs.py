"""Faults that two paragraphs, or a slip of the desk, make are found; what only looks like one is not."""

import pytest

from tests.integration.test_faults_of_sentences import with_sentence
from tests.integration.test_sound_texts import advisory, invitation, noted, warned


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Le chœur compte 84 chanteurs.\n\nLes 48 chanteurs répètent le jeudi.", True),
        ("L’étude a suivi 512 patients.\n\nLes 521 patients ont tous été opérés.", True),
        ("Le réseau compte 36 vergers.\n\nLes 63 vergers du réseau ont donné l’an passé.", True),
        ("The fund has planted 1,340 Yorkshire oaks.\n\nThe 1,430 oaks are young.", True),
        ("The flood cut off 5,200 homes.\n\n“The 2,500 homes are dry,” said Ann Low, mayor.", True),
        ("Divers raised 212 jars in 2024.\n\nThe 180 jars raised by the divers are cleaned.", True),
        (
            "L’aile couvre 900 mètres carrés.\n\nLes 700 mètres carrés sont chauffés par une pompe.",
            True,
        ),
        ("Le relais emploie 36 meuniers.\n\nEn 1998, il employait 63 meuniers.", False),
        ("Le relais a 36 meuniers.\n\n« Nous sommes 63 meuniers », dit Paul Low, meunier.", False),
        ("The lift holds 12 people, and the hall is for 21 people.", False),
        ("Le relais montre 45 dessins de Roy.\n\nIl prête 54 dessins de Low.", False),
        ("The show has 140 prints, and 60 films.\n\nThe 60 films have never been seen.", False),
        ("En 2019, 120 élèves ont joué.\n\nLes 150 élèves de cette année viennent de loin.", False),
    ],
)
def test_a_count_is_told_twice_with_one_figure(sentence, expected):
    found = noted(with_sentence(sentence)) & {"figures-disagree", "measures-disagree"}

    assert bool(found) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("[Note pour Anne : vérifier la date avec la mairie]", True),
        ("Le chantier coûte 3 millions d’euros (à valider avec la trésorière).", True),
        ("[Legal to confirm before sending]", True),
        ("The wheel is 5 metres high (check with the millwright).", True),
        ("[Note aux rédactions : les images sont libres de droits]", False),
        ("[Note to editors: the mill is open all year]", False),
        ("« Il [le meunier] est parti », dit Paul Low, président du relais.", False),
        ("Le relais (à voir avec des enfants) ouvre le dimanche.", False),
        ("The mill (to be seen from the bridge) is open.", False),
    ],
)
def test_a_note_to_a_colleague_is_found(sentence, expected):
    assert ("note-to-colleague" in warned(with_sentence(sentence))) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Les images sont à demander à images@relais-du-port.", True),
        ("Les images sont sur www.relais-du-port et au relais.", True),
        ("The pictures are at https://old-mill/press and at the mill.", True),
        ("Les images sont à demander à images@relais.example.", False),
        ("The mill is on Instagram, as @oldmill, and at www.mill.example.", False),
    ],
)
def test_an_address_without_its_ending_is_found(sentence, expected):
    assert ("address-without-ending" in warned(with_sentence(sentence))) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Anna Roy, présidente du relais, parlera.\n\nAnna Roy, trésorière du relais, aussi.",
            True,
        ),
        ("Ann Low, the director, opens it.\n\nAnn Low, treasurer of the mill, thanks all.", True),
        ("Anna Roy, présidente du relais, parlera.\n\nPaul Roy, trésorier, aussi.", False),
        ("Anna Roy, présidente et trésorière, parlera.\n\nAnna Roy, trésorière, paiera.", False),
        ("Anna Roy, directrice générale, parlera.\n\nAnna Roy, directrice, dira tout.", False),
        ("Ann Low, the former mayor, opens it.\n\nAnn Low, chair of the mill, thanks all.", False),
    ],
)
def test_a_person_is_one_thing(sentence, expected):
    assert ("person-in-two-functions" in noted(with_sentence(sentence))) is expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Sous embargo jusqu’au samedi 1er mai 2027 à 6 h, heure de Paris", True),
        ("Sous embargo jusqu’au mardi 4 mai 2027 à 6 h, heure de Paris", False),
        ("Sous embargo jusqu’au lundi 3 mai 2027 à 18 h, heure de Paris", False),
    ],
)
def test_an_embargo_ends_after_the_day_of_writing(label, expected):
    text = invitation().replace("\n\n", f"\n\n{label}\n\n", 1)

    assert ("embargo-over" in warned(text)) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("La réunion d’avant-hier dura trois heures.", True),
        ("Le conseil vota hier soir la dépense.", True),
        ("The council gave the money last night.", True),
        ("« Hier, nous étions dix », dit Paul Low, président du relais.", False),
        ("Le relais montre les meuniers d’hier et leurs outils.", False),
        ("The mill hosts the last night of the season.", False),
    ],
)
def test_a_day_that_depends_on_the_reader_is_found(sentence, expected):
    assert ("relative-date" in warned(with_sentence(sentence))) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("L’Institut océanique d’Armor parle, puis l’Institut d’océanographie d’Armor.", True),
        (
            "The Dale Maritime Museum opens.\n\nThe Dale Museum of Maritime History has a film.",
            True,
        ),
        ("L’association Vivre en Brenne parle.\n\nVivre à Brenne compte cent membres.", True),
        ("L’Université de Nantes ouvre.\n\nL’Université de Nanterre ouvre aussi.", False),
        ("L’association Vivre en Brenne parle.\n\nVivre en Brenne compte cent membres.", False),
    ],
)
def test_a_body_has_one_name(sentence, expected):
    assert ("body-named-otherwise" in noted(with_sentence(sentence))) is expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Where: St Bride’s Hospital, Leeds", True),
        ("Where: Town Hall, 12 High St, Leeds", False),
    ],
)
def test_a_saint_is_no_street(place, expected):
    assert ("no-street-address" in warned(advisory(place=place))) is expected


def test_a_holiday_is_told_by_the_dateline_where_no_telephone_tells_it():
    def dated(day):
        return (
            "MEDIA ADVISORY\n\nThe Old Mill Turns Its Wheel Again\n\n"
            "CEDAR BLUFF, Iowa, May 10, 2027 — The Old Mill turns its wheel for the press.\n\n"
            f"When: {day}, 2027, 9 a.m.\nWhere: Old Mill, 14 Water Lane, Cedar Bluff\n\n"
            "Media contact: Ann Low, press@mill.example\n"
        )

    assert "nobody-on-the-day" in noted(dated("Monday, May 31"))
    assert "nobody-on-the-day" not in noted(dated("Tuesday, June 1"))


@pytest.mark.parametrize(
    ("text", "check"),
    [
        (invitation().replace("INVITATION PRESSE\n\nLe", "DÉCLARATIONLe"), "kind-in-headline"),
        (
            with_sentence(
                "Le meunier, qui a travaillé\n\nRelais – Communiqué de presse – 2\n\nici, parle."
            ),
            "paragraph-cut",
        ),
        (
            with_sentence("For the th edition of the fair, the wheel is painted."),
            "unresolved-placeholder",
        ),
        (
            advisory(contact="Ann Low, (319) 555-01, press@mill.example"),
            "press-contact-without-phone",
        ),
    ],
)
def test_slips_of_a_desk_warn(text, check):
    assert check in warned(text)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Le budget atteint 9 millions d’euros sur quatre ans, de 2027 à 2032.", True),
        ("The repair took two years, from March 2024 to June 2027.", True),
        ("La vente progresse de 30 %, passant de 20 000 à 23 000 billets.", True),
        ("The café is open on five days a week, from Monday to Thursday.", True),
        ("The fund gives £90,000 over three years, or £40,000 a year.", True),
        ("La roue est née en 2019 ; elle a cinq ans.", True),
        ("Le budget atteint 9 millions d’euros sur cinq ans, de 2027 à 2031.", False),
        ("The repair took three years, from March 2024 to June 2027.", False),
        ("La vente progresse de 15 %, passant de 20 000 à 23 000 billets.", False),
        ("The café is open on six days a week, from Monday to Saturday.", False),
        ("La ville donne 120 000 euros sur trois ans, soit 40 000 euros par an.", False),
        (
            "The tickets are cheaper by 20% from 2 pm to 6 pm, and half of 12 to 18 year olds come.",
            False,
        ),
    ],
)
def test_figures_that_can_be_reckoned_are_so(sentence, expected):
    assert ("measures-disagree" in noted(with_sentence(sentence))) is expected


@pytest.mark.parametrize(
    ("sentence", "check", "expected"),
    [
        ("[Anne : tu vérifies les chiffres ?]", "note-to-colleague", True),
        ("[Photo TK – ask Dana], and the wheel turns.", "note-to-colleague", True),
        ("Le programme est sur bit.ly/roue27.", "shortened-link", True),
        ("Le programme est sur relais.example/roue27.", "shortened-link", False),
        ('The wheel "turns again".Ann Low is glad, and the mill too.', "missing-blank", True),
        ('The wheel "turns again". Ann Low is glad, and the mill too.', "missing-blank", False),
    ],
)
def test_further_slips_of_a_desk_warn(sentence, check, expected):
    assert (check in warned(with_sentence(sentence))) is expected


def test_a_long_name_in_small_letters_has_the_number_of_the_name():
    said = "Le Centre de recherche sur la neige ouvre.\n\nLe centre de {} sur la neige vit."

    assert "body-named-otherwise" in noted(with_sentence(said.format("recherches")))
    assert "body-named-otherwise" not in noted(with_sentence(said.format("recherche")))


def test_a_day_with_the_hour_of_the_event_is_that_of_the_event():
    text = advisory().replace(
        "\nAccr", "\nThe ribbon is cut on Thursday 13 May 2027 at 10am.\n\nAccr"
    )
    other = text.replace("at 10am.\n\nAccr", "at 4pm, for schools.\n\nAccr")

    assert "event-differs" in noted(text)
    assert "event-differs" not in noted(other)


def test_an_embargo_in_capitals_is_read():
    label = "EMBARGOED UNTIL 10 AM LONDON TIME ON SATURDAY, MAY 1, 2027"
    text = advisory().replace("\n\n", f"\n\n{label}\n\n", 1)

    assert "embargo-over" in warned(text)
