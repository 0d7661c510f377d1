"""Hosts are upgraded one after the other while a mailing leaves: nobody lost, nobody twice.

How long nobody got anything, `python -m tests.kills.upgrade` measures.
"""

import os
import sys

import pytest

from tests.counterparts.postgres import MISSING, database_on
from tests.counterparts.version_before import BEFORE
from tests.kills.upgrade import upgrade

COUNT = 2_000

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def test_hosts_of_two_versions_share_a_mailing_while_the_ledger_is_migrated(postgres_url):
    if postgres_url is None:
        # A contributor's machine may lack it; the gate installs it first, so that nothing is skipped there.
        pytest.skip(MISSING)
    with database_on(postgres_url, name=f"mailer_rolling_{os.getpid()}") as url:
        done = upgrade(url, count=COUNT, hosts=2)

    assert done.before == BEFORE
    assert done.statuses == {"accepted": COUNT}
