"""Two hundred seeded schedules; `python -m tests.simulation` plays as many as wanted."""

import pytest

from tests.simulation.schedule import play

SEEDS = 200
AT_ONCE = 25


@pytest.mark.parametrize("first", range(0, SEEDS, AT_ONCE))
def test_whatever_breaks_nobody_is_written_to_twice_and_nobody_is_forgotten(
    first, empty, memory_folder
):
    for seed in range(first, first + AT_ONCE):
        try:
            play(seed, empty, memory_folder)
        except BaseException as broken:
            broken.add_note(f"python -m tests.simulation --seed {seed}")
            raise


@pytest.mark.parametrize("seed", [1502, 2401118, 3101857])
def test_a_schedule_that_once_broke_a_promise_keeps_it(seed, empty, memory_folder):
    play(seed, empty, memory_folder)


def test_a_seed_is_the_same_schedule_each_time(empty, memory_folder):
    assert play(7, empty, memory_folder) == play(7, empty, memory_folder)
