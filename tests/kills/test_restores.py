"""Restores interrupted at every step: nobody is written to twice, nothing is forgotten."""

import random
import signal

import pytest

from tests.counterparts.small_disk import small_disk
from tests.kills.restores import before, fill_disk, interrupt

__all__ = ["small_disk"]

EVERY = 4
"""Each fourth step, another one each time; `python -m tests.kills` interrupts all of them."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return before(tmp_path_factory.mktemp("restores") / "made")


def test_a_restore_killed_at_any_step_leaves_the_former_ledger_the_new_one_or_a_refusal(
    made, tmp_path
):
    first = random.randint(1, EVERY)
    steps = interrupt(
        made, tmp_path / "ledger", with_signal=signal.SIGKILL, first=first, every=EVERY
    )

    assert steps > 20


def test_a_disk_that_fills_up_at_any_step_of_a_restore_costs_nobody_anything(made, small_disk):
    first = random.randint(1, EVERY)
    steps = interrupt(made, small_disk / "ledger", fill=fill_disk, first=first, every=EVERY)

    assert steps > 20
