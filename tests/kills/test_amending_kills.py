"""A campaign that is amended under kills, over both databases; `python -m tests.kills --amended 60`."""

import random

import pytest

from tests.kills.amending import amend_and_kill
from tests.kills.peers import PEERS


@pytest.mark.parametrize("name", PEERS)
def test_killed_in_the_act_and_in_the_sending_each_is_told_once_and_nobody_is_lost(
    ledger_url, name
):
    killed, launched = amend_and_kill(ledger_url, PEERS[name], seed=random.randrange(10**6))

    assert killed + launched >= 1  # a kill may come before each act is done
