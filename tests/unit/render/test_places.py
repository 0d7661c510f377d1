"""Addresses: a town that stays with its postcode, and the link to a map."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.render.facts.places import map_of, with_whole_towns

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("23 quai de Conti, 75006 Paris", "75006 Paris"),
        ("1 rue du Port, 76600 Le Havre", "76600 Le Havre"),
        ("2 place Bellecour, 69002 Lyon, France", "69002 Lyon"),
        ("5 allée des Pins, 64200 Biarritz (Pyrénées-Atlantiques)", "64200 Biarritz"),
        ("3 rue Haute, 77130 Montereau-Fault-Yonne", "77130 Montereau-Fault-Yonne"),
        ("8 quai Neuf, 94130 Nogent-sur-Marne", "94130 Nogent-sur-Marne"),
        ("Invalidenstraße 43, D-10115 Berlin", "D-10115 Berlin"),
        ("Rue de la Loi 16, 1000 Bruxelles", "1000 Bruxelles"),
        ("6 rue du Lac, 91400 L’Haÿ", "91400 L’Haÿ"),
        ("10 Downing Street, London SW1A 2AA", "SW1A 2AA"),
        ("4 bd Exelmans, 13600 La Ciotat", "13600 La Ciotat"),
        ("9 rue Basse, 37000 Tours Cedex", "37000 Tours Cedex"),
    ],
)
def test_13_postcode_and_town_stay_together(address, town):
    assert town.replace(" ", NBSP) in with_whole_towns(address)


@pytest.mark.parametrize("address", ["12 rue du 8 mai 1945", "salle 2, bâtiment C", "", "Paris"])
def test_13_an_address_without_a_postcode_stays_as_it_is(address):
    assert with_whole_towns(address) == address


@given(st.text(alphabet="0123456789 ABCdeéÉ’-,", max_size=60))
def test_13_only_blanks_change_and_only_once(address):
    once = with_whole_towns(address)

    assert once.replace(NBSP, " ") == address
    assert with_whole_towns(once) == once


def test_13_a_map_is_looked_up_by_the_address_alone():
    assert map_of(f"75006{NBSP}Paris & Co") == (
        "https://www.openstreetmap.org/search?query=75006+Paris+%26+Co"
    )
    assert map_of("") == ""
