"""The kind of a document under the names that offices give it; one that names none gets one."""

from datetime import date

import pytest

from mailer.operations.campaigns.writing.recognising.answers import with_kind
from mailer.operations.campaigns.writing.recognising.document import recognise

ADVISORY, RELEASE = "advisory", "press-release"


def read(text, **more):
    return recognise(text, language="fr", today=date(2027, 1, 11), **more)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("AVIS DE PRESSE", ADVISORY),
        ("Note aux rédactions", ADVISORY),
        ("Note à l’attention des rédactions", ADVISORY),
        ("INVITATION PRESSE", ADVISORY),
        ("[Invitation à la presse]", ADVISORY),
        ("« Point presse »", ADVISORY),
        ("Visite de presse", ADVISORY),
        ("Petit-déjeuner de presse", ADVISORY),
        ("Rendez-vous presse – jeudi", ADVISORY),
        ("Media advisory", ADVISORY),
        ("*** MEDIA ALERT ***", ADVISORY),
        ("PHOTOCALL", ADVISORY),
        ("Press briefing", ADVISORY),
        ("Press preview, 3 March 2027", ADVISORY),
        ("News release", RELEASE),
        ("STATEMENT", RELEASE),
        ("Joint press statement", RELEASE),
        ("Communiqué commun", RELEASE),
        ("Communiqué de presse conjoint", RELEASE),
        ("Communiqué de presse n° 12", RELEASE),
        ("Communiqué de presse du 3 mars 2027", RELEASE),
        ("Déclaration commune", RELEASE),
        ("Dossier de presse", "press-kit"),
        ("Media pack", "press-kit"),
        ("Réservez cette date", "save-the-date"),
        ("Errata", "correction"),
        ("Avis d’annulation", "cancellation"),
        ("Notice of postponement", "postponement"),
    ],
)
def test_a_kind_is_read_under_any_usual_name(label, kind):
    below = read(f"{label}\n\n# Un vaccin contre la rouille\n\nLe texte.\n")
    in_header = read("# Un vaccin contre la rouille\n\nLe texte.\n", margins=(label,))

    assert below.kind == in_header.kind == kind
    assert below.value("title") == "Un vaccin contre la rouille"
    assert below.text.rpartition("jeudi\n\n")[2] == in_header.text


@pytest.mark.parametrize(
    "line",
    [
        "Statement of accounts published",
        "Point presse annulé par la pluie",
        "Declaration of love",
        "Avis de tempête sur la presse",
        "Correction fluids banned",
        "Notes to editors",
    ],
)
def test_a_line_that_only_begins_like_a_kind_names_none(line):
    assert read(f"# Titre\n\n{line}\n\nLe texte.\n").kind is None


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("# La digue\n\nElle ouvre le jeudi 8 avril 2027 à 9 h.\n", ADVISORY, "Elle ouvre le jeudi 8 avril 2027 à 9 h."),
        ("# La digue\n\nInscription obligatoire à p@a.example.\n", ADVISORY, "Inscription obligatoire"),
        ("# La digue\n\nElle tient depuis 1998.\n", RELEASE, "La digue"),
        ("", RELEASE, ""),
    ],
)  # fmt: skip
def test_a_document_that_names_no_kind_gets_one_to_confirm(text, kind, words):
    found = with_kind(read(text))

    assert found.kind == kind
    assert found.facts[0].path == ("kind",)
    assert (found.facts[0].value, found.facts[0].words) == (kind, words)
    assert with_kind(found) == found


@pytest.mark.parametrize(
    "embargo",
    [
        "SOUS EMBARGO : mardi 2 mars 2027, 6 h",
        "Embargo – mardi 2 mars 2027, 6 h. Ne pas diffuser.",
        "EMBARGO\n\nmardi 2 mars 2027 à 6 h",
        "Strict embargo: 6 am on Tuesday 2 March 2027",
        "Embargo: 6.00 a.m., Tuesday 2 March 2027",
        "Embargo levé le mardi 2 mars 2027 à 6 h",
        "Sous embargo jusqu’au mardi 2 mars 2027 à 6 h\n\nL’étude paraît mardi 2 mars 2027 à 6 h.",
    ],
)
def test_the_hour_of_an_embargo_is_no_event(embargo):
    found = read(f"Communiqué de presse\n\n{embargo}\n\n# Le sel des routes\n\nLe texte.\n")

    assert found.value("event", "starts_at") is None
    assert found.value("title") == "Le sel des routes"


@pytest.mark.parametrize(
    ("text", "is_event"),
    [
        ("La piscine ferme le mardi 2 mars 2027 à 14 h pour travaux urgents de plomberie.", False),
        (
            "Le décret s’applique à partir du mardi 2 mars 2027 à 0 h dans toutes les communes.",
            False,
        ),
        ("L’exposition, inaugurée le mardi 2 mars 2027 à 18 h, montre cent atlas anciens.", True),
        ("Rendez-vous mardi 2 mars 2027 à 18 h au musée des cartes et des atlas anciens.", True),
        ("Mardi 2 mars 2027 à 18 h, musée des cartes", True),
    ],
)
def test_an_hour_of_a_release_is_an_event_where_people_come(text, is_event):
    found = read(f"Communiqué de presse\n\n# Le titre\n\n{text}\n")

    assert (found.value("event", "starts_at") is not None) == is_event


def test_an_embargo_beside_an_event_leaves_the_event():
    found = read(
        "Invitation presse\n\nSous embargo jusqu’au mardi 2 mars 2027 à 6 h\n\n# Le sel\n\n"
        "Rendez-vous le jeudi 4 mars 2027 à 9 h.\n"
    )

    assert f"{found.value('event', 'starts_at')}" == "2027-03-04 09:00:00"
    assert f"{found.value('embargo', 'until')}" == "2027-03-02 06:00:00"


def test_the_day_of_an_embargo_may_stand_on_the_line_below():
    found = read("Communiqué\n\nEMBARGO\n\nmardi 2 mars 2027 à 6 h\n\n# Le sel\n\nLe texte.\n")

    assert f"{found.value('embargo', 'until')}" == "2027-03-02 06:00:00"
    assert found.text == "# Le sel\n\nLe texte."
