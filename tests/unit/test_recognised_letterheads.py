"""What stands above a headline: the office's own name and address go, anything else stays."""

from datetime import date

import pytest

from mailer.operations.campaigns.writing.recognising.document import recognise


@pytest.mark.parametrize(
    ("above", "is_letterhead"),
    [
        ("Laboratoire des sols", True),
        ("Ardmoor University", True),
        ("8 allée du Siège, 31000 Toulouse", True),
        ("31000 Toulouse", True),
        ("www.sols.example", True),
        ("05 99 00 70 00", True),
        ("Embargo : voir l’Institut", False),
        ("Exposition", False),
        ("Université ouverte à tous", False),
        ("Museum opens a new wing", False),
        ("Le musée rouvre, dix ans après", False),
        ("L’Institut ouvre ses portes.", False),
        ("10 000 visiteurs attendus", False),
    ],
)
def test_a_letterhead_is_taken_out_and_a_kicker_stays(above, is_letterhead):
    text = f"{above}\n\nCommuniqué de presse\n\n# Mille espèces\n\nLe texte.\n"

    found = recognise(text, language="fr", today=date(2027, 1, 11))

    assert found.value("title") == "Mille espèces"
    assert (above in found.text) == (not is_letterhead)
    assert (above in found.taken_out) == is_letterhead


def test_a_letterhead_is_no_headline():
    text = "Ardmoor University\n\nPRESS RELEASE\n\nPeat bogs breathe\n\nThe text.\n"

    assert (
        recognise(text, language="en", today=date(2027, 1, 11)).value("title")
        == "Peat bogs breathe"
    )


def test_a_letterhead_below_the_kind_is_no_headline_with_its_address():
    text = (
        "FOR IMMEDIATE RELEASE\n\nFen Trust\n\n14 Example Street, Fen\n\nOtters return\n\nA text.\n"
    )
    alone = "FOR IMMEDIATE RELEASE\n\nFen Trust\n\nIt looks after the fen.\n"

    assert recognise(text, language="en", today=date(2027, 1, 11)).value("title") == "Otters return"
    assert recognise(alone, language="en", today=date(2027, 1, 11)).value("title") == "Fen Trust"
