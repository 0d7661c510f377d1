"""Forty-eight SIGKILLs over both databases and each way to send; `python -m tests.kills` for more."""

import random

import pytest

from tests.kills.killing import kill_again_and_again
from tests.kills.peers import PEERS

KILLS = 8


@pytest.mark.parametrize("name", PEERS)
def test_killed_again_and_again_nobody_is_written_to_twice_and_nobody_is_forgotten(
    ledger_url, name
):
    killed, _named = kill_again_and_again(
        ledger_url, PEERS[name], kills=KILLS, seed=random.randrange(10**6)
    )

    assert killed > KILLS / 2, "the send was over before it was killed"
