"""What else happens while a send is killed: somebody sets the clock, and the provider storms."""

import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver
from pathlib import Path
from unittest.mock import patch

from tests.endurance.clock import COMPILER, MachineClock
from tests.kills.peers import BROKEN, Aim

_OFF_S = (-90_000, -7_200, -600, -30, 0, 30, 590, 1_200, 7_200, 90_000)
_LASTS = (1, 2, 50)
"""So many answers break in a storm, unless a person has waited for its end before."""
_HELD_S = 130
"""A brake holds a mailing for a minute, and for two after its probe."""


@dataclass
class Mishaps:
    """What happens in one send, drawn by the seed; `clock` is that of the senders."""

    clock: MachineClock
    storms: int = 0
    jumps: int = 0

    def __post_init__(self):
        self.clock.is_right()

    def happen(self, peer, aim, chance):
        """Before a sender begins; returns when to kill it."""
        if chance.random() < 0.2:
            self.clock.is_set(chance.choice(_OFF_S))
            self.jumps += 1
        if peer.storm_lasts or chance.random() >= 0.1:
            return aim
        peer.storm_lasts = chance.choice(_LASTS)
        self.storms += 1
        return Aim(BROKEN, delay_s=chance.uniform(0.01, 0.3))

    def pass_over(self, peer, *, was_paused):
        """After a sender has ended: a hold passes, and who resumes waits for calm."""
        if self.storms:
            self.clock.sleeps(_HELD_S)
        if was_paused:
            peer.storm_lasts = 0

    def let_a_hold_pass(self):
        self.clock.sleeps(_HELD_S)

    def end(self, peer):
        self.clock.is_set(0)
        peer.storm_lasts = 0

    def doubts(self, most):
        """How many people the storms explain: what was under way, and the probes after it."""
        return self.storms * (most + 1)


@contextmanager
def clock_of_the_senders():
    """Yield the clock that all senders started from now on have; None without a C compiler."""
    if COMPILER is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        clock = MachineClock(Path(folder))
        with patch.dict(os.environ, clock.environment):
            forkserver.ensure_running()
        try:
            yield clock
        finally:
            clock.close()
