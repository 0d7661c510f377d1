"""Two hosts whose clocks are wrong, one PostgreSQL, and nginx as a cache that had asked before.

A sample of `python -m tests.embargo`.
"""

import pytest

from tests.counterparts import nginx
from tests.counterparts.ledgers import emptied
from tests.counterparts.postgres import MISSING
from tests.embargo.asking import ask_around
from tests.embargo.hosts import an_embargo


def test_through_a_cache_and_wrong_clocks_nothing_is_early_and_all_is_there_soon(
    tmp_path, postgres_url
):
    # A contributor's machine may lack it; the gate installs it first, so that nothing is skipped there.
    if not nginx.is_installed():
        pytest.skip(nginx.MISSING)
    if postgres_url is None:  # as above: PostgreSQL is one of the gate's peers
        pytest.skip(MISSING)
    with an_embargo(tmp_path / "office", emptied(postgres_url), left_s=5) as embargo:
        ports = [each.port for each in embargo.hosts]
        with nginx.caching_proxy(tmp_path / "nginx", ports) as url:
            found = ask_around(embargo, url, each=50, readers=2)

    assert found.early == []
    assert found.late == []
    assert all(found.before[kind] and found.shown[kind] for kind in found.asked), found
