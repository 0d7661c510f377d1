"""Forty seeded schedules; `python -m tests.simulation` plays as many as wanted."""

import pytest

from tests.simulation.schedule import empty_ledger, play

CHUNK = 10


@pytest.mark.parametrize("first", range(0, 40, CHUNK))
def test_whatever_breaks_nobody_is_written_to_twice_and_nobody_is_forgotten(first, tmp_path):
    with empty_ledger(tmp_path) as empty:
        for seed in range(first, first + CHUNK):
            try:
                play(seed, empty, tmp_path)
            except Exception as broken:
                broken.add_note(f"python -m tests.simulation --seed {seed}")
                raise
