"""Thirty-two SIGKILLs over both databases and both ways to send; `python -m tests.kills` for more."""

import random

import pytest

from tests.kills.killing import PEERS, kill_again_and_again


@pytest.mark.parametrize("name", PEERS)
def test_killed_again_and_again_nobody_is_written_to_twice_and_nobody_is_forgotten(
    ledger_url, name
):
    kill_again_and_again(ledger_url, PEERS[name](), kills=8, seed=random.randrange(10**6))
