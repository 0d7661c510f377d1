"""The clocks, and the alarm clock."""

import threading
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from mailer.clock import AlarmClock, SimulatedClock, WallClock
from tests.counterparts.builders import NOON, after


@pytest.mark.parametrize("clock", [WallClock(), SimulatedClock(NOON)], ids=["wall", "simulated"])
def test_every_clock_tells_aware_utc_and_comes_back_at_the_instant(clock):
    instant = clock.now() + timedelta(milliseconds=20)

    clock.wait_until(instant)

    assert clock.now() >= instant
    assert clock.now().utcoffset() == timedelta(0)


@pytest.mark.parametrize("clock", [WallClock(), SimulatedClock(NOON)], ids=["wall", "simulated"])
def test_an_instant_that_has_passed_is_not_waited_for(clock):
    before = clock.now()

    clock.wait_until(before - timedelta(days=1))

    assert timedelta(0) <= clock.now() - before < timedelta(seconds=1)


def test_simulated_time_jumps():
    clock = SimulatedClock(NOON)

    clock.wait_until(after(days=30))

    assert clock.now() == after(days=30)


class Ticks:
    def __init__(self, due=()):
        self.due, self.at, self.running = list(due), [], 0
        self.most = 0
        self.enough = threading.Event()

    def __call__(self):
        self.running += 1
        self.most = max(self.most, self.running)
        self.at.append(time.monotonic())
        due = self.due.pop(0) if self.due else None
        self.running -= 1
        return due and datetime.now(UTC) + due


def ring(ticks, *, until, every_s):
    alarm = AlarmClock(ticks, every_s=every_s)
    thread = threading.Thread(target=alarm.run_forever)
    thread.start()
    deadline = time.monotonic() + 5
    while not until() and time.monotonic() < deadline:
        time.sleep(0.005)
    alarm.stop()
    thread.join()
    return ticks.at


def test_a_start_is_a_tick():
    ticks = Ticks()

    ring(ticks, until=lambda: ticks.at, every_s=60)

    assert len(ticks.at) == 1


def test_it_ticks_regularly():
    ticks = Ticks()

    at = ring(ticks, until=lambda: len(ticks.at) >= 4, every_s=0.05)

    assert 0.1 <= at[3] - at[0] < 1


def test_the_alarm_rings_at_the_next_due_instant_between_two_ticks():
    ticks = Ticks([timedelta(seconds=0.15)])

    at = ring(ticks, until=lambda: len(ticks.at) >= 2, every_s=60)

    assert 0.14 <= at[1] - at[0] < 0.6


def test_what_is_overdue_waits_for_the_next_regular_tick():
    ticks = Ticks([timedelta(seconds=-1)] * 100)

    at = ring(ticks, until=lambda: len(ticks.at) >= 3, every_s=0.1)

    assert all(later - earlier > 0.05 for earlier, later in pairwise(at))


def test_ticks_never_overlap_and_those_missed_are_one():
    ticks = Ticks()

    def slow():
        ticks()
        ticks.running += 1
        time.sleep(0.12)
        ticks.running -= 1

    alarm = AlarmClock(slow, every_s=0.02)
    thread = threading.Thread(target=alarm.run_forever)
    thread.start()
    time.sleep(0.4)
    alarm.stop()
    thread.join()

    assert ticks.most == 1
    assert 2 <= len(ticks.at) <= 5


def test_a_tick_that_fails_does_not_stop_the_clock():
    ticks = Ticks()

    def failing():
        ticks()
        raise RuntimeError

    alarm = AlarmClock(failing, every_s=0.02)
    thread = threading.Thread(target=alarm.run_forever)
    thread.start()
    deadline = time.monotonic() + 5
    while len(ticks.at) < 3 and time.monotonic() < deadline:
        time.sleep(0.005)
    alarm.stop()
    thread.join()

    assert len(ticks.at) >= 3


def test_a_tick_may_stop_the_clock():
    stopped = []
    alarm = AlarmClock(lambda: stopped.append(alarm.stop()), every_s=60)

    alarm.run_forever()

    assert stopped == [None]
