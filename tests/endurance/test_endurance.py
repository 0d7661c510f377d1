"""A short sample of `python -m tests.endurance`: some turns of a world that breaks."""

import random

import pytest

from tests.endurance.clock import COMPILER, MISSING
from tests.endurance.disk import NOT_FILLED, SmallDisk
from tests.endurance.judge import Judge, verdict
from tests.endurance.troubles import Fault
from tests.endurance.world import world
from tests.simulation.judge import Broken

PEOPLE, TURNS, MOST_TURNS = 24, 12, 40


# The clock of a real process is set by a small C library, which is compiled here: a machine without
# a compiler has no other means to set it.
@pytest.mark.skipif(COMPILER is None, reason=MISSING)
def test_whatever_breaks_around_the_service_it_lives_and_nobody_is_doubled_lost_or_barred(tmp_path):
    seed = random.randrange(10**6)
    print(f"seed {seed}")

    with world(tmp_path, seed=seed) as around:
        around.begins(PEOPLE)
        for turn in range(MOST_TURNS):
            if turn >= TURNS and len(around.relay.messages) > PEOPLE:
                break  # a slow machine, or bad luck, needs more turns until much has left
            around.turn()
        around.clears_up()
        found = judged(around)
        print(verdict(around.disk))

        # And the judge would have seen it.
        around.outside.must_be_barred.add("lost@press.example")
        with pytest.raises(Broken, match="is not barred"):
            judged(around)
        around.outside.must_be_barred.remove("lost@press.example")
        around.played.append(Fault("a clock set back", None, told=0, is_awaited=True))
        with pytest.raises(Broken, match="never told"):
            judged(around)
        around.played[-1].told = 3
        with pytest.raises(Broken, match="told again"):
            judged(around)
        around.played.pop()
        list.append(around.relay.taken, around.relay.messages[0])
        with pytest.raises(Broken, match="twice"):
            judged(around)

    assert found["messages"] > PEOPLE


def judged(around):
    return Judge(around, people=PEOPLE).judges()


def test_a_run_says_when_it_could_not_fill_the_disk(tmp_path):
    assert NOT_FILLED in verdict(SmallDisk(tmp_path, is_real=False))
    assert NOT_FILLED not in verdict(SmallDisk(tmp_path, is_real=True))
