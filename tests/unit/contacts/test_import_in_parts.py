"""An import is sent from the process that reads a file to the one that has the ledger, in parts."""

import pickle
from datetime import date

import pytest

from mailer.contacts.reading import read_list
from mailer.contacts.tables import Row, Table
from mailer.model.contacts.contact_import import Import


def an_import(rows):
    cells = [("E-mail", "Name", "Unsubscribed")]
    for number in range(rows):
        address = f"reader{number % 1500}@outlet{number % 7}.example" if number % 11 else "nobody"
        cells.append((address, f"Ada {number}", "yes" if number % 13 == 0 else ""))
    table = Table("", tuple(Row(number, each) for number, each in enumerate(cells, start=1)))
    return read_list([table], file="press.csv", list_name="press", read_on=date(2026, 1, 5))


@pytest.mark.parametrize("rows", [1, 20, 2_500])
def test_an_import_that_is_sent_in_parts_arrives_as_it_was(rows):
    read = an_import(rows)

    sent = [pickle.loads(pickle.dumps(part)) for part in read.in_parts()]

    assert Import.joined(sent) == read


def test_no_part_is_large():
    parts = list(an_import(2_500).in_parts())

    assert max(len(part.ready) + len(part.quarantined) for part in parts) <= 1_000


def test_people_who_share_a_role_share_its_text():
    cells = [("E-mail", "Fonction"), ("a@b.example", "rédactrice"), ("c@b.example", "rédactrice")]
    rows = [Row(number, tuple(map("".join, map(list, row)))) for number, row in enumerate(cells, 1)]
    table = Table("", tuple(rows))

    read = read_list([table], file="a.csv", list_name="press", read_on=date(2026, 1, 5))

    assert read.ready[0].role is read.ready[1].role
