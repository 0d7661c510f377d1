"""A sample of the desk's kills, and that no form is without one."""

import pytest

from mailer.web.routes import SCREENS
from tests.kills.desk import CHILDREN, Prepared, kill_everywhere
from tests.kills.desk_posts import POSTS


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    CHILDREN.set_forkserver_preload(["tests.kills.desk_posts"])
    return Prepared(tmp_path_factory.mktemp("office") / "prepared", POSTS["/oppositions"])


def test_every_form_of_the_desk_is_killed():
    # A preview changes nothing; a form that was kept is one row, which its author throws away.
    left_out = {"/campagnes/{slug}/textes/{file}/apercu", "/repris/{form}"}

    assert {screen.path for screen in SCREENS if screen.act} - left_out == POSTS.keys()


@pytest.mark.parametrize("address", ["/oppositions", "/campagnes/{slug}/accreditations"])
def test_killed_at_any_moment_an_act_of_the_desk_is_whole_or_not_there(prepared, address):
    killed, half_done = kill_everywhere(prepared, address, stride=6)

    assert killed >= 1
    assert half_done == []
