"""Tables of a text: row headers, captions, signs, and what becomes of them on a telephone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.token import Token

from mailer.render.markdown import document
from mailer.render.markdown.tables import is_quantity, whole_quantities
from mailer.render.plaintext import to_text

NBSP = "\u00a0"
TRIAL = """\
| | Treated | Control | Difference |
|---|--:|--:|--:|
| Patients | 107 | 107 | |
| Flares a year | 0.7 | 2.2 | - 68 % |
"""
SPOKEN = """\
| Hour | What | Who |
|---|---|---|
| 9:30 am | Opening | The minister for research, to be confirmed |
| 10:00 am | The prize for participatory research | Lina Moreau, Institute Z; Paul Durand |
"""
CROWDED = """\
| Département | Consultations | Hospitalisations | Téléconsultations | Réhospitalisations | Décès |
|---|---|---|---|---|---|
| Charente-Maritime | 1 200 | 340 | 2 100 | 12 | 3 |
| Pyrénées-Atlantiques | 980 | 310 | 1 900 | 9 | 2 |
"""

NO_BLOCK = str
"""No text here has a press block to write."""


def html(markdown):
    tokens = document.read(f"# T\n\nLead.\n\n{markdown}").body
    return document.to_html(tokens, images={}, is_block=lambda _it: False, write_block=NO_BLOCK)


def text(markdown):
    return to_text(
        document.read(f"# T\n\nLead.\n\n{markdown}").body,
        is_block=lambda _it: False,
        write_block=NO_BLOCK,
    )


def test_13_no_header_is_empty_and_the_first_column_names_the_rows():
    shown = html(TRIAL)

    assert re.findall(r"<th[^>]*></th>", shown) == []
    assert re.findall(r'<th[^>]*scope="row"[^>]*>(.*?)</th>', shown) == [
        "Patients",
        "Flares a year",
    ]
    assert re.findall(r'<th[^>]*scope="col"[^>]*>(.*?)</th>', shown) == [
        *("Treated", "Control", "Difference"),
    ]


def test_13_a_first_column_that_repeats_itself_names_no_row():
    shown = html("| Town | Day |\n|---|---|\n| Brest | Monday |\n| Brest | Tuesday |\n")

    assert 'scope="row"' not in shown


@pytest.mark.parametrize(
    ("cell", "set_"),
    [
        ("- 68 %", f"−68{NBSP}%"),
        ("-68%", "−68%"),
        ("– 3,5 points", "−3,5 points"),
        ("12 000 €", f"12{NBSP}000{NBSP}€"),
        ("9 h 30", f"9{NBSP}h{NBSP}30"),
        ("9:30 am", f"9:30{NBSP}am"),
        ("1.2 million", f"1.2{NBSP}million"),
        ("de -3 °C à -1 °C", f"de −3{NBSP}°C à −1{NBSP}°C"),
        ("(-0,4)", "(−0,4)"),
        ("150 km", f"150{NBSP}km"),
        # Nothing to mend:
        ("10-12", "10-12"),
        ("COVID-19", "COVID-19"),
        ("- sans objet", "- sans objet"),
        ("6 hommes", "6 hommes"),
        ("tél. 01 99 00", "tél. 01 99 00"),
    ],
)
def test_13_signs_are_true_and_numbers_keep_their_units(cell, set_):
    assert whole_quantities(Token("text", "", 0, content=cell)).content == set_


@given(st.text(alphabet="0123456789 -–−hkmg%€,.(aé", max_size=30))
def test_13_signs_and_units_are_set_once_and_no_letter_is_lost(cell):
    once = whole_quantities(Token("text", "", 0, content=cell))
    twice = whole_quantities(once)

    assert twice.content == once.content
    assert re.sub(r"[\s–−-]", "", once.content) == re.sub(r"[\s–−-]", "", cell)


@pytest.mark.parametrize(
    "cell", ["9 h 30", "de 9 h à 10 h 30", "−68 %", "3.1 mg/j", "12 000 €", "≈ 4"]
)
def test_13_an_hour_or_a_number_with_its_unit_is_one_quantity(cell):
    assert is_quantity(cell)


@pytest.mark.parametrize("cell", ["", "Ouverture", "Salle 2", "le 4 décembre au matin", "ns"])
def test_13_words_are_no_quantity(cell):
    assert not is_quantity(cell)


def test_13_a_table_too_wide_for_a_telephone_gives_each_value_its_header():
    shown = html(SPOKEN)

    assert 'class="records"' in shown
    assert '<span class="word">What</span>Opening' in shown
    assert "What" in text(SPOKEN)
    assert "WhatOpening" not in text(SPOKEN)


def test_13_a_small_table_stays_a_table_on_a_telephone():
    assert "records" not in html("| Month | Topic |\n|---|---|\n| January | Sleep |\n")


def test_13_a_table_too_wide_for_the_letter_is_records_everywhere():
    shown = html(CROWDED)

    assert shown.count('<table class="facts">') == 1
    assert '<th scope="row">Téléconsultations</th>' in shown
    assert f"2{NBSP}100" in shown
    assert "Téléconsultations" in text(CROWDED)


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("Table 1. What the trial found", "Table 1. What the trial found"),
        ("Tableau 2 – Les effets", "Tableau 2 – Les effets"),
        ("Table: What the trial found", "What the trial found"),
        ("Tabella 3: Gli effetti", "Tabella 3: Gli effetti"),
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_13_a_line_beside_a_table_is_its_caption(line, caption, before):
    written = f"{line}\n\n{TRIAL}" if before else f"{TRIAL}\n{line}\n"

    assert f"<caption>{caption}</caption>" in html(written)
    assert text(written).startswith(f"{caption}\n\n")


@pytest.mark.parametrize(
    "line", ["Table 1 shows more.", "Tables are turned.", "Voir le tableau 1."]
)
def test_13_a_sentence_beside_a_table_stays_a_sentence(line):
    assert f"<p>{line}</p>" in html(f"{TRIAL}\n{line}\n")


def test_13_markup_in_a_header_cannot_leave_its_label():
    shown = html(
        "| a | <b onclick=x> | “quoted” & more words of a long header |\n|---|---|---|\n"
        "| first of the rows | a long value that takes more lines | another long value of many words |\n"
    )

    assert '<span class="word">&lt;b onclick=x&gt;</span>' in shown
    assert "<b " not in shown
