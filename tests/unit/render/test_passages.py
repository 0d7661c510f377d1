"""What a text says in the name of a partner, and whose it is."""

from dataclasses import replace

import pytest

from mailer.errors import ContentError
from mailer.model.campaigns.campaign import Partner, PartnerSigns
from mailer.model.campaigns.template import Organisation
from tests.counterparts.pages import a_picture

PASSAGES = PartnerSigns.PASSAGES
ACADEMY = Partner("Académie des sciences", signs=PASSAGES)
INSTITUTE = Partner("Institut", signs=PASSAGES)
PASTEUR = Partner("Institut Pasteur")


def compiled(press, text, *partners, files=None):
    organisation = Organisation("Académie des sciences", "Elle conseille.", "https://a.example")
    return press.compiled(
        campaign=press.campaign(partners=partners or (ACADEMY,), files=files or {}),
        content=press.content(f"# T\n\nLe chapô.\n\n{text}\n"),
        template=replace(press.template(), organisations=(organisation,)),
    )


def said(press, text, *partners, **more):
    found = compiled(press, text, *partners, **more).passages
    return [(each.partner, *each.pieces) for each in found]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("::: passage ACADEMIE des sciences\nUn mot.\n:::", ["Un mot."]),
        ("::: passage Académie des sciences\n*Un*\nmot.\n\nDeux.\n:::", ["Un mot.", "Deux."]),
        (
            "::: passage Académie des sciences\n[Ici](https://b.example)\n:::",
            ["Ici", "https://b.example"],
        ),
        (
            "::: passage Académie des sciences\nLe {{ event.date }}, {{ recipient.salutation }} !\n:::",
            ["Le samedi 9 décembre 2017, {{ recipient.salutation }} !"],
        ),
        (
            "::: citation\nOui.\n— Ada, présidente de l’Académie des sciences\n:::",
            ["Ada", "présidente de l’Académie des sciences", "Oui."],
        ),
        (
            "> Oui.\n>\n> — Ada, Académie des sciences",
            ["Oui.", "— Ada, Académie des sciences"],
        ),
        (
            "::: entretiens\n- Ada\n  fonction : Académie des sciences\n- Bob\n  fonction : seul\n:::",
            ["Ada", "Académie des sciences"],
        ),
        (
            "::: à propos\n- academie des sciences\n:::",
            ["Académie des sciences", "Elle conseille.", "https://a.example"],
        ),
    ],
)
def test_a_passage_is_found_by_what_the_text_says_or_marks(press, text, pieces):
    assert said(press, text) == [("Académie des sciences", *pieces)]


@pytest.mark.parametrize(
    "text",
    [
        "L’Académie des sciences accueille la journée.",
        "::: citation\nL’Académie des sciences !\n— Ada, présidente d’une association\n:::",
        "> L’Académie des sciences !",
        "::: passage Institut Pasteur\nUn mot.\n:::",
    ],
)
def test_what_names_a_partner_in_passing_or_belongs_to_another_is_none(press, text):
    assert said(press, text, ACADEMY, PASTEUR) == []


def test_the_longest_name_says_for_whom_somebody_speaks(press):
    text = "> Oui.\n>\n> — Ada, Institut Pasteur"

    assert said(press, text, INSTITUTE, PASTEUR) == []
    assert said(press, text, INSTITUTE)[0][0] == "Institut"


def test_nothing_is_looked_for_where_no_partner_signs_its_passages(press):
    text = "::: passage Académie des sciences\nUn mot.\n:::"

    for signs in (PartnerSigns.NOTHING, PartnerSigns.VERSION):
        assert said(press, text, replace(ACADEMY, signs=signs)) == []


def test_a_mail_looks_as_if_the_lines_of_the_passage_were_not_there(press):
    inside = "Le chapô du partenaire.\n\n::: chiffres\n- 3 : mots\n:::\n\n- un\n- deux"

    marked = compiled(press, f"::: passage Académie des sciences\n{inside}\n:::\n\nFin.")
    plain = compiled(press, f"{inside}\n\nFin.")

    assert marked.content_hash == plain.content_hash
    assert (len(marked.passages), len(plain.passages)) == (1, 0)


def test_another_picture_under_the_same_name_is_another_passage(press):
    text = "::: passage Académie des sciences\n![La salle](salle.png)\n:::"

    first, second = (
        said(press, text, files={"salle.png": a_picture(width, 40)}) for width in (40, 60)
    )

    assert first != second


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("::: passage\nUn mot.\n:::", "the passage does not say whose it is"),
        ("::: passage Institut\nUn mot.", "the block “passage” is never closed"),
        (
            "::: passage Institut\n::: chiffres\n- 1 : mot\n:::",
            "the block “passage” is never closed",
        ),
    ],
)
def test_a_passage_of_nobody_or_without_end_is_said_with_its_line(press, text, what):
    with pytest.raises(ContentError) as refused:
        compiled(press, text)

    assert [(each.where.line, str(each.what)) for each in refused.value.problems] == [(5, what)]
