"""The clocks, and the alarm clock."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from mailer.clock import AlarmClock, SimulatedClock, WallClock
from tests.counterparts.builders import NOON, after
from tests.counterparts.settable_clocks import SettableClocks
from tests.counterparts.waiting import wait_until


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

    # A day would be a hang.
    assert clock.now() >= before


def test_simulated_time_jumps():
    clock = SimulatedClock(NOON)

    clock.wait_until(after(days=30))

    assert clock.now() == after(days=30)


class Ticks:
    """Counts its calls and how many ran at once; `due` are the instants it answers, in order."""

    def __init__(self, due=()):
        self.due, self.at, self.running = list(due), [], 0
        self.most = 0

    def __call__(self):
        self.running += 1
        self.most = max(self.most, self.running)
        self.at.append(datetime.now(UTC))
        due = self.due.pop(0) if self.due else None
        self.running -= 1
        return due


NEVER_S = 100_000


def ring(tick, *, until, every_s):
    alarm = AlarmClock(tick, every_s=every_s)
    thread = threading.Thread(target=alarm.run_forever)
    thread.start()
    wait_until(until)
    alarm.stop()
    thread.join()


def test_a_start_is_a_tick():
    ticks = Ticks()

    ring(ticks, until=lambda: ticks.at, every_s=NEVER_S)

    assert len(ticks.at) == 1


def test_it_ticks_regularly():
    ticks = Ticks()

    ring(ticks, until=lambda: len(ticks.at) >= 4, every_s=0.05)

    assert ticks.at == sorted(ticks.at)


def test_the_alarm_rings_at_the_next_due_instant_between_two_ticks():
    due_at = datetime.now(UTC) + timedelta(seconds=3)
    ticks = Ticks([due_at])

    ring(ticks, until=lambda: len(ticks.at) >= 2, every_s=NEVER_S)

    assert len(ticks.at) == 2
    assert ticks.at[1] >= due_at


@pytest.mark.parametrize(("seconds", "jobs"), [(-1, {"tick"}), (NEVER_S, {"tick", "alarm"})])
def test_what_is_overdue_waits_for_the_next_regular_tick(seconds, jobs):
    alarm = AlarmClock(lambda: datetime.now(UTC) + timedelta(seconds=seconds), every_s=NEVER_S)

    alarm._run_tick()

    assert {job.id for job in alarm._scheduler.get_jobs()} == jobs


def ring_after(change, *, until, every_s=0.05):
    """Rings after `change` has done something to the alarm clock once it runs."""
    ticks = Ticks()
    alarm = AlarmClock(ticks, every_s=every_s)
    thread = threading.Thread(target=alarm.run_forever)
    thread.start()
    wait_until(lambda: ticks.at)
    change(alarm)
    count = len(ticks.at)
    wait_until(lambda: until(ticks, count))
    alarm.stop()
    thread.join()
    return ticks


def more(ticks, count):
    return len(ticks.at) >= count + 3


def test_a_wall_clock_that_is_set_back_by_hours_puts_no_tick_off():
    def set_back(alarm):
        late = datetime.now(UTC) + timedelta(hours=2)
        alarm._scheduler.modify_job("tick", next_run_time=late)

    assert ring_after(set_back, until=more).most == 1


def test_an_alarm_clock_that_has_lost_its_job_is_replaced():
    def lose(alarm):
        alarm._scheduler.remove_job("tick")
        alarm._ended_s -= 100

    assert ring_after(lose, until=more).most == 1


def test_an_alarm_clock_whose_watch_fails_goes_on():
    ticks, seen = Ticks(), []

    def watch():
        seen.append(1)
        raise OSError

    alarm = AlarmClock(ticks, every_s=NEVER_S, watch=watch)
    thread = threading.Thread(target=alarm.run_forever)
    thread.start()
    wait_until(lambda: len(seen) >= 2)
    alarm.stop()
    thread.join()

    assert len(ticks.at) == 1


def test_after_a_jump_of_a_century_the_missed_ticks_are_not_counted_one_by_one():
    alarm = AlarmClock(Ticks(), every_s=2)

    (job,) = alarm._scheduler.get_jobs()

    assert job.trigger.get_next_fire_time(NOON, after(days=36_500)) == after(days=36_500, seconds=2)


def test_a_wait_lasts_no_longer_than_it_was_meant_to_when_the_clock_is_set_back():
    clocks = SettableClocks()
    clock = WallClock(clocks)
    instant = clock.now() + timedelta(milliseconds=20)
    clocks.is_set(hours=-2)

    waited = threading.Thread(target=clock.wait_until, args=[instant - timedelta(hours=2)])
    waited.start()
    clocks.is_set(hours=-2)
    waited.join()

    assert clock.now() < instant


def test_ticks_never_overlap():
    ticks = Ticks()

    def slow():
        ticks()
        ticks.running += 1
        time.sleep(0.1)  # as long as five ticks
        ticks.running -= 1

    ring(slow, until=lambda: len(ticks.at) >= 3, every_s=0.02)

    assert ticks.most == 1


def test_a_tick_that_fails_does_not_stop_the_clock():
    ticks = Ticks()

    def failing():
        ticks()
        raise RuntimeError

    ring(failing, until=lambda: len(ticks.at) >= 3, every_s=0.02)

    assert ticks.most == 1


def test_a_tick_may_stop_the_clock():
    stopped = []
    alarm = AlarmClock(lambda: stopped.append(alarm.stop()), every_s=60)

    alarm.run_forever()

    assert stopped == [None]
