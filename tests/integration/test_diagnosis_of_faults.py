"""Faults that desks find in releases are found, each in an invented text that has no other one."""

import pytest

from tests.counterparts.recall import diagnosed

RELEASE = {
    "fr": (
        "Communiqué de presse\n\nVernoy, le 12 avril 2027\n\n# Vernoy ouvre un jardin de lilas\n\n{}"
        "\n\nContact presse\nLéa Morin, Ville de Vernoy, 06 39 98 12 34, lea@vernoy.example\n"
    ),
    "en": (
        "Press release\n\nNorbury, 12 April 2027\n\n# Norbury opens a garden of lilacs\n\n{}"
        "\n\nPress contact\nAnn Low, Norbury Trust, 07700 900123, ann@norbury.example\n"
    ),
}
IN_RELEASES = {
    "announced-too-late": [
        (
            "fr",
            (
                "La Ville de Vernoy ouvre le jardin le 4 mai 2027 à 10 h, 3 rue Haute, 69000 Vernoy.\n\n"
                "La visite de presse aura lieu le 13 avril 2027 à 9 h, au même endroit."
            ),
        ),
        (
            "en",
            (
                "The Norbury Trust opens the garden on 4 May 2027 at 10 am, 4 Oak Road, Norbury.\n\n"
                "Ann Low will explain it at a press briefing on 13 April 2027 at 9 am, in the same place."
            ),
        ),
    ],
    "accreditation-without-deadline": [
        (
            "fr",
            (
                "La Ville de Vernoy ouvre le jardin le 4 mai 2027 à 10 h, 3 rue Haute, 69000 Vernoy.\n\n"
                "Les photographes doivent s’accréditer auprès de lea@vernoy.example."
            ),
        ),
    ],
    "person-named-otherwise": [
        ("fr", "Régis Montaudran dirige le jardin.\n\n« C’est beau », dit Réjis Montodran."),
        ("en", "Catherine Holloway leads the Trust.\n\n“It is a garden,” says Katharine Hollowey."),
        ("fr", "Stéphanie Lambert dirige le jardin.\n\n« C’est beau », dit Stefanie Lambère."),
    ],
    "quotation-without-name": [
        ("en", "The Norbury Trust opens the garden. It took three years. “We cried.”"),
        ("en", "Ann Low planted a lilac. The roots were weak. “We cried.” The garden grew."),
        ("fr", "La Ville de Vernoy ouvre le jardin. Il a fallu du temps. « Nous avons pleuré. »"),
    ],
    "acronym-unexplained": [
        ("en", "The Norbury Trust opens the garden on 4 May 2027.\n\nThe ABCX lends tools."),
        ("fr", "La Ville de Vernoy ouvre le jardin. Le SMVB prête ses outils."),
        ("fr", "La Ville de Vernoy ouvre le jardin. L’AMVB prête ses outils."),
    ],
    "body-named-otherwise": [
        ("en", "The Norbury Arts Fund opens the garden.\n\nThe Fund for Arts in Norbury pays."),
        (
            "fr",
            "L’Agence régionale du livre ouvre.\n\nL’Agence du livre régionale finance les lilas.",
        ),
    ],
    "edition-differs": [
        (
            "fr",
            "Le 3e tournoi de Vernoy commence le 4 mai 2027.\n\nCe sera un 4e tournoi sans pluie.",
        ),
        (
            "en",
            "The third tournament begins on 4 May 2027.\n\nThe 4th tournament welcomes ten clubs.",
        ),
        (
            "fr",
            "La 12e édition du salon commence.\n\nPour sa 13e édition, le salon accueille dix chœurs.",
        ),
    ],
    "ends-before-start": [
        ("en", "The Norbury Trust opens the garden between 9 May and 2 May 2027."),
        ("fr", "La Ville de Vernoy ouvre le jardin entre le 9 mai et le 2 mai 2027."),
    ],
    "missing-blank": [
        ("fr", "La Ville de Vernoy ouvre le jardin( gratuit) le 4 mai 2027."),
        ("fr", "La Ville de Vernoy ouvre le jardin(gratuit) le 4 mai 2027."),
        ("en", "The Norbury Trust opens the garden( free) on 4 May 2027."),
        ("en", "The Norbury Trust opens the garden (free)on 4 May 2027."),
    ],
    "straight-quotes": [("fr", 'La Ville de Vernoy ouvre le jardin. "C’est beau", dit Léa Morin.')],
    "lead-incomplete": [
        ("fr", "Et si le bonheur était dans les fleurs ?\n\nLa Ville de Vernoy ouvre le jardin."),
        ("en", "What if happiness were a flower?\n\nThe Norbury Trust opens the garden."),
        (
            "fr",
            "Il y a des lieux qui racontent. À Vernoy, le lilas est une histoire.\n\nLe jardin ouvre.",
        ),
    ],
}
NOTHING_IN_RELEASES = {
    "event-differs": [
        (
            "fr",
            (
                "Vernoy organise une fête les samedi 22 et dimanche 23 mai 2027 au 3, rue Haute, 69000"
                " Vernoy. Rendez-vous le samedi à 10 h.\n\nDimanche 23 mai\n\n9 h 30 Réveil en fanfare"
            ),
        ),
    ],
    "name-written-otherwise": [
        ("en", "The garden opens in Norbury. The Trust has planted lilacs."),
        ("en", "The garden opens in Norbury.\n\nTrust in soil is the motto."),
    ],
    "announced-too-late": [
        (
            "fr",
            "La Ville de Vernoy ouvre le jardin. La visite de presse aura lieu le 23 avril 2027.",
        ),
        ("en", "The Norbury Trust opened the garden on 11 April 2027, at a press briefing."),
    ],
    "person-named-otherwise": [
        ("en", "Paul Roper leads the garden and Anna Royce the Trust. Susan Marlow sings."),
        ("fr", "Jean Dupuis dirige le jardin. Jeanne Dupuis, sa sœur, chante avec Jules Dupin."),
    ],
    "quotation-without-name": [
        ("en", "The Trust opens the garden. Ann Low, its chair, is glad. “We cried.”"),
        ("fr", "« Nous avons pleuré. » Claire Delmas, maire de Vernoy, n’en revient pas."),
    ],
    "acronym-unexplained": [
        ("en", "The Arts Bureau of the Coast (ABCX) lends tools. The ABCX is from Leeds."),
        ("en", "The Norbury Rivers Union lends tools. The NRU is from Leeds. UNESCO pays."),
        ("fr", "Le Syndicat mixte du Val blanc prête ses outils. Le SMVB et le CNRS sont voisins."),
        ("fr", "Léa MORIN et Paul ROYER plantent un lilas. SOUS EMBARGO. Louis XVI l’aimait."),
    ],
    "body-named-otherwise": [
        ("en", "The Museum of Salt in Norbury opens. The Museum of Salt is free.")
    ],
    "edition-differs": [
        ("fr", "La 4e édition commence. La 3e édition avait réuni dix chœurs."),
        ("en", "The 4th tournament begins. The last one, the 3rd tournament, was in May."),
        ("en", "The 2nd prize goes to Ann Low, the 3rd prize to Paul Roper."),
    ],
    "ends-before-start": [("en", "The garden opens between 2 May and 9 May 2027.")],
    "missing-blank": [
        (
            "fr",
            "Les élu(e)s, les invité(es) et les artistes [plantent](https://a.example) un lilas (rose).",
        ),
        ("en", "The volunteer(s) plant a lilac (pink), then f(x) more (white)."),
    ],
    "straight-quotes": [("en", '"It is a garden," says Ann Low.')],
    "lead-incomplete": [
        ("fr", "La Ville de Vernoy ouvre un jardin de lilas le 4 mai 2027, 12, rue des Lilas."),
        ("en", "The Norbury Trust opens a garden of lilacs in Norbury on 4 May 2027."),
    ],
}
EVENT = "MEDIA ADVISORY\n\nNorbury, {written} 2027\n\n# Norbury opens a garden\n\n{text}\n\nPress contact: Ann Low, {phone}\n"
AT = "The Norbury Trust opens a garden on {day} 2027 at 10 am, at 4 Oak Road, Norbury."


def found(text):
    return {each.check for each in diagnosed("a.txt", text)[1].findings}


def advisory(day="Tuesday 4 May", *, text="", written="12 April", phone="07700 900123"):
    return found(EVENT.format(written=written, text=AT.format(day=day) + text, phone=phone))


def cases(table):
    return [(check, *each) for check, texts in table.items() for each in texts]


@pytest.mark.parametrize(("check", "language", "text"), cases(IN_RELEASES))
def test_a_fault_of_a_release_is_found(check, language, text):
    assert check in found(RELEASE[language].format(text))


@pytest.mark.parametrize(("check", "language", "text"), cases(NOTHING_IN_RELEASES))
def test_what_only_looks_like_a_fault_is_left_alone(check, language, text):
    assert check not in found(RELEASE[language].format(text))


@pytest.mark.parametrize(
    ("check", "changes"),
    [
        ("announced-too-late", {"written": "3 May"}),
        ("accreditation-without-deadline", {"text": " Reporters must be accredited."}),
        ("deadline-after-event", {"text": " Please reply by 5 May to press@norbury.example."}),
        ("nobody-on-the-day", {"day": "Sunday 2 May", "phone": "0113 496 0123"}),
        ("nobody-on-the-day", {"day": "Sunday 2 May", "phone": "(503) 555-0142"}),
        ("hour-differs", {"text": "\n\nThe opening starts at 11 am with a walk."}),
        ("hour-differs", {"text": "\n\nProgramme\n\n- 9.30 am: speech\n- 10.30 am: walk"}),
    ],
)
def test_a_fault_of_an_invitation_is_found(check, changes):
    assert check not in advisory()
    assert check in advisory(**changes)


@pytest.mark.parametrize(
    ("check", "changes"),
    [
        ("hour-differs", {"text": " Doors open at 9 am."}),
        ("hour-differs", {"text": "\n\nProgramme\n\n- 9.30 am: coffee\n- 10 am: speech"}),
        ("deadline-after-event", {"text": " Please reply by 3 May to press@norbury.example."}),
        (
            "nobody-on-the-day",
            {"day": "Sunday 2 May", "text": " On Sunday, call Ann Low on 555-0142."},
        ),
    ],
)
def test_what_fits_an_invitation_is_left_alone(check, changes):
    assert check not in advisory(**changes)


@pytest.mark.parametrize(
    "head",
    [
        "LILAC TRUST\n\nPress ReleaseGarden opens in Norbury",
        "VILLE DE VERNOY\n\nCommuniqué de presseUn jardin ouvre à Vernoy",
        "Un jardin ouvre à VernoyCommuniqué de presse",
    ],
)
def test_a_kind_that_is_glued_to_the_headline_is_found(head):
    assert "kind-in-headline" in found(f"{head}\n\nNorbury, 12 April 2027 – A garden opens.\n")


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Sous embargo jusqu’au 4 mai 2027", True),
        ("Embargoed until 4 May 2027", True),
        ("Sous embargo jusqu’au 4 mai 2027 à 6 h, heure de Paris", False),
        ("Embargoed until noon, London time, 4 May 2027", False),
        ("L’embargo est levé.", False),
    ],
)
def test_an_embargo_has_its_hour(label, expected):
    language = "en" if label.startswith("Embargoed") else "fr"
    text = RELEASE[language].format(IN_RELEASES["acronym-unexplained"][language == "fr"][1])

    assert ("embargo-without-zone" in found(f"{label}\n\n{text}")) is expected
