"""The office's calendar puts every entry on its days, and says what is in whose way."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.calendar.office_calendar import (
    APART,
    arrange,
    clashes_of,
    day_off,
    days_of_entry,
    days_of_month,
    next_month,
    previous_month,
)
from mailer.model.press_room.office_calendar import DayOff, EntryKind, OfficeEntry

PARIS = ZoneInfo("Europe/Paris")
MONDAY = datetime(2026, 12, 7, 9, 30, tzinfo=PARIS)
HOUR = timedelta(hours=1)


def a_step(campaign="marees", *, hours=0, lists=("press",), **fields):
    at = MONDAY + hours * HOUR
    return OfficeEntry(EntryKind.STEP, campaign, campaign, at, step="s", lists=lists, **fields)


def an_event(campaign="marees", *, hours=0, lasts=None, **fields):
    at = MONDAY + hours * HOUR
    ends_at = at + lasts * HOUR if lasts is not None else None
    return OfficeEntry(EntryKind.EVENT, campaign, campaign, at, ends_at, **fields)


def in_conflict(*entries):
    return {each.campaign for each in clashes_of(entries)}


STEPS = st.builds(
    a_step,
    st.sampled_from("abc"),
    hours=st.integers(-60, 60),
    lists=st.sets(st.sampled_from(["press", "local", "science"]), min_size=1).map(tuple),
    is_cancelled=st.booleans(),
)


@given(st.lists(STEPS, max_size=8, unique=True))
def test_steps_are_in_conflict_exactly_when_a_list_could_get_two_campaigns_in_a_day(steps):
    found = clashes_of(steps)

    told = {(one, clash.other) for one, clashes in found.items() for clash in clashes}
    assert told == {
        (one, other)
        for one in steps
        for other in steps
        if one.campaign != other.campaign
        and abs(one.at - other.at) < APART
        and set(one.lists) & set(other.lists)
        and not (one.is_cancelled or other.is_cancelled)
    }
    for one, clashes in found.items():
        for clash in clashes:
            assert set(clash.lists) == set(one.lists) & set(clash.other.lists)


@pytest.mark.parametrize(
    ("other", "is_at_once"),
    [
        (an_event("nuit", hours=1), True),  # an event without an end lasts two hours
        (an_event("nuit", hours=2), False),
        (an_event("nuit", hours=-1), True),
        (an_event("nuit", hours=-5, lasts=5), False),
        (an_event("nuit", hours=-5, lasts=6), True),
        (an_event("nuit", hours=-48, lasts=72), True),
        (an_event("nuit", hours=-9.5, has_hour=False), True),  # all of the same day
        (an_event("nuit", hours=-33.5, has_hour=False), False),
        (an_event("nuit", is_cancelled=True), False),
        (an_event("marees"), False),
        (a_step("nuit"), False),
    ],
)
def test_events_are_in_conflict_while_both_last(other, is_at_once):
    found = in_conflict(an_event(), other)

    assert found == ({"marees", "nuit"} if is_at_once else set())


@given(st.dates(date(1990, 1, 1), date(2199, 11, 30)))
def test_a_month_is_shown_in_whole_weeks_and_its_neighbours_follow(day):
    days = days_of_month(day)

    assert (days[0].weekday(), days[-1].weekday()) == (0, 6)
    assert [each - days[0] for each in days] == [timedelta(n) for n in range(len(days))]
    of_month = [each for each in days if (each.year, each.month) == (day.year, day.month)]
    assert (of_month[0].day, of_month[-1] + timedelta(1)) == (1, next_month(day))
    assert len(days) - len(of_month) <= 12
    assert previous_month(next_month(day)) == day.replace(day=1)


@pytest.mark.parametrize(
    ("event", "days"),
    [
        (an_event(lasts=2), 1),
        (an_event(lasts=24), 2),
        (an_event(hours=-9.5, lasts=24), 1),  # it ends at midnight
        (an_event(lasts=-3), 1),
        (an_event(hours=-9.5, lasts=24, has_hour=False), 2),  # two days without an hour
    ],
)
def test_an_event_stands_on_each_of_its_days(event, days):
    month = arrange([event], month=date(2026, 12, 1))

    placed = [(day.on, each) for day in month.days for each in day.entries]
    assert [on for on, _each in placed] == list(days_of_entry(event))
    assert [each.is_continued for _on, each in placed] == [False] + [True] * (days - 1)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 12, 25), DayOff.PUBLIC_HOLIDAY),
        (date(2026, 5, 14), DayOff.PUBLIC_HOLIDAY),  # Ascension Day
        (date(2026, 8, 15), DayOff.PUBLIC_HOLIDAY),  # a Saturday as well
        (date(2026, 12, 26), DayOff.WEEKEND),
        (date(2026, 12, 28), None),
    ],
)
def test_a_day_off_says_why(day, why):
    assert day_off(day) is why


def test_an_entry_of_another_month_counts_for_the_conflicts_and_is_not_shown():
    first = a_step(hours=-24 * 7 - 1)  # on Monday, 30 November
    before = a_step("nuit", hours=-24 * 8 + 1)  # the day before, of which no day is shown

    month = arrange([first, before], month=date(2026, 12, 1))

    (placed,) = (each for day in month.days for each in day.entries)
    assert placed.entry == first
    assert [clash.other for clash in placed.clashes] == [before]
