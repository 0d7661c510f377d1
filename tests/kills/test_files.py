"""Acts on several files killed at every step; `python -m tests.kills.files` takes all, and fills disks."""

import random
import signal

import pytest

from tests.kills.files import Adopt, Export, Migrate
from tests.kills.restores import interrupt

EVERY = 8
"""Each eighth step, another one each time."""


@pytest.mark.parametrize("act", [Adopt(), Export(), Migrate()], ids=lambda act: act.name)
def test_an_act_killed_at_any_step_is_done_or_not_done_and_is_done_again(act, tmp_path):
    made = act.make(tmp_path / "made")
    first = random.randint(1, EVERY)
    steps = interrupt(
        made, tmp_path / "act", act=act, with_signal=signal.SIGKILL, first=first, every=EVERY
    )

    assert steps > EVERY
