"""A sample of `python -m tests.kills.journal`: an act and its line are both there, or neither."""

import random

from tests.kills.journal import kill_acts


def test_no_kill_leaves_an_act_without_its_line_or_a_line_without_its_act(ledger_url):
    kill_acts(ledger_url, kills=9, seed=random.randrange(10**6))
