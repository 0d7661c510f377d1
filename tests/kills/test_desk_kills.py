"""A sample of the desk's kills: python -m tests.kills.desk makes them all."""

import pytest

from tests.kills.desk import Offices, kill_everywhere
from tests.kills.desk_posts import POSTS, forms


@pytest.fixture(scope="module")
def offices(tmp_path_factory):
    return Offices(tmp_path_factory.mktemp("offices"))


def test_what_is_typed_into_forms_is_typed_into_forms_that_exist():
    assert POSTS.keys() <= forms().keys()


@pytest.mark.parametrize("address", ["/oppositions", "/campagnes/{slug}/accreditations"])
def test_killed_at_any_moment_an_act_of_the_desk_is_whole_or_not_there(offices, address):
    killed, half_done = kill_everywhere(offices, address, stride=6)

    assert killed >= 1
    assert half_done == []
