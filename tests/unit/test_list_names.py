"""A list is called as people say it; what a campaign could not write is refused with a proposal."""

import pytest

from mailer.errors import Unreadable
from mailer.model.contacts.list_names import LONGEST, plain_name, read_list_name


@pytest.mark.parametrize("name", ["press", "Presse", "Journalistes mer", "Élus & amis", "Nº 1"])
def test_a_name_as_people_say_it_is_taken(name):
    assert read_list_name(f"  {name.replace(' ', '   ')} ") == name


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("Presse, mer", "Presse mer"),
        ("a;b", "a b"),
        ("mer/ciel", "mer ciel"),
        ("x@press.example", "x press.example"),
        ("x" * (LONGEST + 1), "x" * LONGEST),
    ],
)
def test_what_a_campaign_could_not_write_is_refused_with_a_name_that_would_do(name, proposed):
    with pytest.raises(Unreadable) as refused:
        read_list_name(name)

    assert refused.value.reason.values["allowed"] == proposed
    assert read_list_name(proposed) == proposed


@pytest.mark.parametrize("name", ["", "   ", "–", "…,"])
def test_a_name_without_a_letter_is_none(name):
    with pytest.raises(Unreadable):
        read_list_name(name)


def test_files_are_called_after_a_list_without_accents_spaces_and_capitals():
    assert plain_name("Élus & journalistes  mer") == "elus-journalistes-mer"
    assert plain_name("press-nationale") == "press-nationale"
