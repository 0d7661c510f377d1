"""Which column is which."""

import pytest

from mailer.contacts.columns import Field, field_of, find_columns
from mailer.contacts.tables import Row


def rows(*cells):
    return [Row(number, line) for number, line in enumerate(cells, start=1)]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Courriel", Field.ADDRESS),
        ("E-MAIL", Field.ADDRESS),
        ("Adresse  électronique", Field.ADDRESS),
        ("Mail 2", Field.ADDRESS),
        ("Nom du média", Field.ORGANISATION),
        ("N° de téléphone", Field.PHONE),
        ("Ne pas contacter", Field.DO_NOT_CONTACT),
        ("Couleur préférée", None),
    ],
)
def test_a_header_is_known_whatever_its_case_accents_and_punctuation(header, field):
    assert field_of(header) == field


def test_headers_are_found_below_a_title():
    columns = find_columns(rows(("Presse 2017", ""), ("Nom", "Courriel"), ("A", "a@l.example")))

    assert columns.row == 1
    assert columns.headers == ("Nom", "Courriel")
    assert columns.fields == (Field.LAST_NAME, Field.ADDRESS)


def test_without_headers_the_column_with_most_addresses_holds_them():
    columns = find_columns(rows(("a@l.example", "x@y"), ("b@l.example", "")))

    assert columns.row == -1
    assert columns.fields == (Field.ADDRESS, None)


def test_a_table_without_addresses_has_no_columns():
    assert find_columns(rows(("Nom", "Prénom"), ("A", "B"))) is None


def test_a_cell_beyond_the_headers_has_no_name():
    columns = find_columns(rows(("Courriel",)))

    assert (columns.name(3), columns.field(3)) == ("", None)
