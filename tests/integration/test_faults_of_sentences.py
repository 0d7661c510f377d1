"""Faults that stand in one sentence of a text are found, and what only looks like one is not."""

import pytest

from tests.integration.test_sound_texts import advisory, invitation, noted, warned


def with_sentence(sentence):
    """An invitation, or an advisory for an English sentence, with one more paragraph."""
    is_english = any(
        f" {word} " in f" {sentence} " for word in ("the", "and", "a", "at", "one", "is")
    )
    text = advisory() if is_english else invitation()
    return text.replace("\nAccr", f"\n{sentence}\n\nAccr", 1)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Discours à 15 h 30 ; toasts à 14 h 45.", True),
        ("Doors open; the speeches 3.30pm; the toasts 2.45pm.", True),
        ("Accueil 10 h, visite 9 h 30, café 11 h.", True),
        ("Discours 16 h, toasts 15 h.", True),
        ("10 h 30 accueil ; 10 h visite.", True),
        ("Discours à 14 h 45 ; toasts à 15 h 30.", False),
        ("Le relais ouvre de 14 h à 18 h ; la boutique, de 9 h à 12 h.", False),
        ("The speeches 3.30pm; the toasts 4pm; the last bus at a quarter to six.", False),
        ("Concert à 22 h ; bal à 1 h.", False),
        ("Le café ferme à 18 h, et la boutique, que tiennent les bénévoles, à 17 h.", False),
    ],
)
def test_hours_of_one_line_do_not_go_back(sentence, expected):
    found = noted(with_sentence(sentence))

    assert bool(found & {"programme-out-of-order", "hours-reversed"}) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("« Les roues tournent enfin », note un formateur.", True),
        ("« On a attendu dix ans », raconte une ancienne meunière.", True),
        ("“We waited for years,” said a neighbour.", True),
        ("“It is a dream,” explains one volunteer.", True),
        ("« Les roues tournent enfin », note Paul Low, formateur.", False),
        ("« Les roues tournent enfin », note un formateur, Paul Low.", False),
        ("« Qui moud le matin moud le soir », dit un proverbe.", False),
        ("“The wheel is sound,” says a report of Dale Council.", False),
    ],
)
def test_a_quotation_of_somebody_without_a_name(sentence, expected):
    assert ("quotation-without-name" in noted(with_sentence(sentence))) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("La visite est menée par [Prénom Nom].", True),
        ("La visite est menée par [Nom, fonction].", True),
        ("The visit is led by [First name and surname].", True),
        ("The visit is led by [Name of the organisation].", True),
        ("Lorem.", True),
        ("La visite commence à XX h.", True),
        ("Téléphone : 00 00 00 00 00.", True),
        ("La visite est menée par [Paul Low].", False),
        ("La visite est menée par Anne Lorem.", False),
        ("La visite est menée par [notre nom](https://relais.example).", False),
    ],
)
def test_a_placeholder_is_found(sentence, expected):
    assert ("unresolved-placeholder" in warned(with_sentence(sentence))) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Quand : mercredi 12 mai 2027, 16 h", True),
        ("Horaire : 16 h", True),
        ("Date : jeudi 13 mai 2027 à 10 h", True),
        ("When: Wednesday 12 May, 4pm, and the mill is open", True),
        ("Time: 11am to noon, and the mill is open", True),
        ("When: Thursday 13 May 2027, 10am, and the mill is open", True),
        ("Quand : mercredi 12 mai 2027, 10 h", False),
        ("Horaires : de 9 h à 18 h", False),
        ("Horaires : accueil 9 h 30, visite 10 h", False),
        ("Quand : les 12 et 13 mai 2027", False),
        ("Accès : parking ouvert dès 9 h", False),
    ],
)
def test_the_lead_and_the_line_that_says_when_agree(line, expected):
    found = noted(with_sentence(line))

    assert bool(found & {"hour-differs", "event-differs"}) is expected


def test_two_days_of_one_release_are_found():
    text = advisory().replace("MEDIA ADVISORY", "PRESS RELEASE")
    other = text.replace("\nOld Mill,", "\nWhen: Thursday 13 May 2027, 10am\n\nOld Mill,")

    assert "event-differs" not in noted(text)
    assert "event-differs" in noted(other)


BELGIAN = "Ann Low, +32 2 555 01 23, press@mill.example"
AMERICAN = "Ann Low, (716) 555-0123, press@mill.example"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (invitation(), "L’entrée coûte 12 $."),
        (invitation(), "Le menu est à £20."),
        (invitation(), "Le sentier fait 5 miles."),
        (invitation(), "L’eau est à 68 °F."),
        (invitation(), "Le canal est long de 4 km²."),
        (invitation(), "On a posé 4 km² de sentiers."),
        (invitation(), "Le bois a une superficie de 12 km."),
        (advisory(), "Entry costs $12."),
        (advisory(), "Entry costs 12 euros."),
        (advisory(), "The canal is 4 km² long."),
        (advisory(place="Where: Old Mill, Langestraat 14b, 8000 Bruges", contact=BELGIAN), "Menus cost £20."),
        (advisory(place="Where: Old Mill, 14 Water Street, Buffalo, NY 14201", contact=AMERICAN), "Menus cost €20."),
    ],
)  # fmt: skip
def test_money_and_units_of_elsewhere_are_noted(text, expected):
    assert "unit-of-elsewhere" in noted(text.replace("\nAccr", f"\n{expected}\n\nAccr", 1))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (invitation(), "L’entrée coûte 12 € et le sentier fait 5 km."),
        (invitation(), "L’entrée coûte 12 $ (11 €)."),
        (invitation(), "Une fondation américaine a donné 12 000 $."),
        (invitation(), "« Cela coûtait 12 $ », dit Paul Low."),
        (invitation(), "Le bois couvre 12 km² et le canal est long de 4 km."),
        (invitation(), "Le jardin a une surface de 30 m sur 40 m."),
        (invitation(), "Le parc compte 20 hectares de bois et 3 km de sentiers."),
        (advisory(), "Entry costs £12, and the canal is 4 miles long."),
        (advisory(), "The wood has an area of 12 square miles."),
        (advisory(contact="Ann Low, +33 2 99 00 12 34, press@mill.example"), "Entry costs $12."),
        (advisory(place="Where: Old Mill, 14 Water Street, Buffalo, NY 14201", contact=AMERICAN), "Menus cost $20."),
    ],
)  # fmt: skip
def test_money_and_units_of_the_place_are_left_alone(text, sentence):
    assert "unit-of-elsewhere" not in noted(text.replace("\nAccr", f"\n{sentence}\n\nAccr", 1))


FRENCH_NEWS = "Le relais ouvre le mardi 11 mai 2027 à 10 h, 5 rue du Port, à Rennes."
ENGLISH_NEWS = "The Old Mill opens on Tuesday 11 May 2027 at 10am at 14 Water Lane, Leeds."


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("Depuis toujours, la roue fascine les hommes. Elle est partout.", True),
        ("Autrefois, on menait le grain à dos d’âne, et nul ne songeait à Rennes.", True),
        ("En 1887, quand la reine vint à Rennes, le relais moulait déjà.", True),
        ("Il y a plus d’un siècle, le relais de Rennes moulait pour la ville.", True),
        ("There is something about wheels that no one in Leeds can resist.", True),
        ("In 1887, when Queen Victoria came to Leeds, the mill was new.", True),
        ("Legend has it that the miller of Leeds never slept.", True),
        ("En 1887, le relais moulait déjà ; il rouvre le mardi 11 mai 2027 à Rennes.", False),
        ("Depuis 2025, le relais de Rennes moule aussi le seigle.", False),
        ("Le relais de Rennes, né en 1887, rouvre en mai 2027.", False),
        ("In 2027, the Old Mill of Leeds will grind rye.", False),
    ],
)
def test_a_lead_that_muses_or_tells_history(lead, expected):
    is_english = "Leeds" in lead
    text = (
        f"PRESS RELEASE\n\nThe Old Mill opens\n\nLEEDS, 3 May 2027 – {lead}\n\n{ENGLISH_NEWS}\n"
        if is_english
        else f"COMMUNIQUÉ DE PRESSE\n\nLe relais ouvre\n\nRennes, le 3 mai 2027 – {lead}\n\n{FRENCH_NEWS}\n"
    )

    assert ("lead-incomplete" in noted(text)) is expected


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("Anne Roy, 02 99 00 12 34", True),
        ("Anne Roy, directrice\n02 99 00 12 34", True),
        ("Anne Roy, 02 99 00 12 34, anne.roy@relais.example", False),
        ("Anne Roy, 02 99 00 12 34\nPaul Low, 02 99 00 12 35, paul@relais.example", False),
    ],
)
def test_a_contact_without_an_address_to_write_to(contact, expected):
    assert ("contact-without-mail" in noted(invitation(contact=contact))) is expected


@pytest.mark.parametrize(
    "place",
    [
        "Rendez-vous à 10 h, piscine des Dunes, Rennes",
        "10 h – salle des fêtes, Rennes",
        "Accueil : 9 h 30, musée du Lin",
    ],
)
def test_a_place_without_street_behind_an_hour_lacks_only_its_street(place):
    found = warned(invitation(place=place).replace("ses portes à la presse", "à la presse"))

    assert "no-street-address" in found
    assert "event-without-place" not in found


@pytest.mark.parametrize(
    ("dateline", "expected"),
    [
        ("Rennes, le 11 mai 2027", True),
        ("Rennes, 11/05/2027", True),
        ("Rennes, le 3 mai 2027", False),
    ],
)
def test_an_invitation_of_the_eve_comes_too_late(dateline, expected):
    text = invitation(dateline=f"{dateline}\n\n").replace("lundi 10 mai", "mardi 11 mai")

    assert ("announced-too-late" in warned(text)) is expected
