"""J-n to instants: the clocks change, holidays move, and no step leaves by surprise."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.calendar.timetable import (
    DEFAULT_VALIDITY,
    NotATime,
    is_working_day,
    localise,
    parse_moment,
    parse_send_rule,
    plan,
    working_days_after,
    working_days_before,
    working_time,
)
from mailer.checks import run_checks
from mailer.errors import ContentError
from mailer.model.campaigns.campaign import (
    CalendarOffset,
    Campaign,
    CampaignKind,
    Content,
    Event,
    FixedTime,
    Step,
    VariantKey,
)
from mailer.model.campaigns.office import Office
from mailer.model.drafts.finding import Severity
from tests.counterparts.drafts import a_draft, an_event

PARIS = "Europe/Paris"
OFFICE = Office("Institut")


def paris(text):
    return localise(datetime.fromisoformat(text), zone=PARIS)


def a_step(send, **changes):
    step = {"id": "step", "to": ("press",), "subject": "s", **changes}
    rule = parse_send_rule(send, zone=PARIS) if isinstance(send, str) else send
    return Step(send=rule, **step)


def a_campaign(*steps, event="2017-12-09 09:30", kind=CampaignKind.ADVISORY, **changes):
    return Campaign(
        slug="rencontre",
        title="Rencontre",
        kind=kind,
        language="fr",
        time_zone=PARIS,
        event=Event("Rencontre", starts_at=paris(event)) if event else None,
        steps=steps,
        **changes,
    )


def planned(*sends, **changes):
    steps = [send if isinstance(send, Step) else a_step(send) for send in sends]
    return plan(a_campaign(*steps, **changes), office=OFFICE)


# Reading a rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("J-5 09:30", CalendarOffset(-5, time(9, 30))),
        ("j-5 9:30", CalendarOffset(-5, time(9, 30))),
        ("J−5 9 h 30", CalendarOffset(-5, time(9, 30))),
        ("J – 5 9h", CalendarOffset(-5, time(9))),
        ("J\u201110 09:30", CalendarOffset(-10, time(9, 30))),
        ("J+2 10:00", CalendarOffset(2, time(10))),
        ("J-0 07:30", CalendarOffset(0, time(7, 30))),
        ("J0 07:30", CalendarOffset(0, time(7, 30))),
        ("J 07:30", CalendarOffset(0, time(7, 30))),
        ("J-2 working 09:30", CalendarOffset(-2, time(9, 30), working=True)),
        ("J-2 working days 09:30", CalendarOffset(-2, time(9, 30), working=True)),
        ("J-2 ouvré 09:30", CalendarOffset(-2, time(9, 30), working=True)),
        ("J-2 ouvrés 9 h 30", CalendarOffset(-2, time(9, 30), working=True)),
        ("2017-12-04 09:30", FixedTime(datetime(2017, 12, 4, 9, 30, tzinfo=ZoneInfo(PARIS)))),
        ("2017-12-04T09:30", FixedTime(datetime(2017, 12, 4, 9, 30, tzinfo=ZoneInfo(PARIS)))),
    ],
)
def test_a_send_rule_is_read_as_a_press_officer_writes_it(text, rule):
    assert parse_send_rule(text, zone=PARIS) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "J",
        "J-5",
        "J-5 25:00",
        "J-5 09:60",
        "J-5 matin",
        "J5 09:30",
        "J-1000 09:30",
        "K-5 09:30",
        "tomorrow",
        "2017-12-04",
        "2017-02-30 09:30",
        "04/12/2017 09:30",
        "J-2 travaillés 09:30",
    ],
)
def test_a_rule_that_cannot_be_read_says_so(text):
    with pytest.raises(NotATime) as refused:
        parse_send_rule(text, zone=PARIS)

    assert str(refused.value.reason)


def test_a_moment_may_have_no_hour():
    assert parse_moment("2017-12-09") == date(2017, 12, 9)
    assert parse_moment(" 2017-12-09 9h30 ") == datetime.fromisoformat("2017-12-09 09:30")


# The clocks change

SPRING = ["2025-03-30", "2026-03-29", "2027-03-28", "2028-03-26", "2029-03-25", "2030-03-31"]
AUTUMN = ["2025-10-26", "2026-10-25", "2027-10-31", "2028-10-29", "2029-10-28", "2030-10-27"]


@pytest.mark.parametrize("day", SPRING)
def test_in_the_spring_gap_a_time_moves_forward_by_the_gap(day):
    local = paris(f"{day} 02:30")

    assert f"{local:%H:%M %z}" == "03:30 +0200"
    assert f"{local.astimezone(UTC):%F %H:%M}" == f"{day} 01:30"


@pytest.mark.parametrize("day", SPRING)
def test_an_hour_that_the_spring_gap_skips_is_refused_where_it_is_written(day):
    with pytest.raises(NotATime, match=r"no 02:30 on that day: .* Write 03:30"):
        parse_send_rule(f"{day} 02:30", zone=PARIS)


@pytest.mark.parametrize("day", AUTUMN)
def test_in_the_autumn_fold_a_time_is_the_first_of_the_two(day):
    local = paris(f"{day} 02:30")

    assert f"{local:%H:%M %z}" == "02:30 +0200"
    assert f"{local.astimezone(UTC):%F %H:%M}" == f"{day} 00:30"


@pytest.mark.parametrize("day", AUTUMN)
def test_an_hour_that_comes_twice_is_asked_where_it_is_written(day):
    with pytest.raises(NotATime, match=r"02:30 comes twice on that day") as refused:
        parse_send_rule(f"{day} 02:30", zone=PARIS)

    first, second = (refused.value.reason.values[name] for name in ("first", "second"))
    meant = [parse_send_rule(text, zone=PARIS).at.astimezone(UTC) for text in (first, second)]
    assert [f"{at:%F %H:%M}" for at in meant] == [f"{day} 00:30", f"{day} 01:30"]


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-25 02:30+02:00",
        "2026-10-25T02:30+0200",
        "2026-10-25 2h30 +02:00",
        "2026-10-25 00:30Z",
        "2026-10-25T02:30:00+02:00",
    ],
)
def test_an_hour_with_its_offset_is_one_instant(text):
    rule = parse_send_rule(text, zone=PARIS)

    assert f"{rule.at:%H:%M %z}" == "02:30 +0200"


@pytest.mark.parametrize(
    "text", ["2026-10-25 02:30+29:00", "2026-10-25 +02:00", "2026-10-25 25:00Z"]
)
def test_what_is_no_offset_is_refused(text):
    with pytest.raises(NotATime):
        parse_send_rule(text, zone=PARIS)


@pytest.mark.parametrize("day", SPRING + AUTUMN)
@pytest.mark.parametrize("hour", ["00:00", "01:59", "03:00", "09:30", "23:59"])
def test_other_hours_of_the_days_of_change_are_kept(day, hour):
    assert f"{paris(f'{day} {hour}'):%F %H:%M}" == f"{day} {hour}"


wall_times = st.datetimes(
    datetime.fromisoformat("2017-01-01"), datetime.fromisoformat("2040-12-31")
)


@given(wall_times)
def test_a_wall_time_always_becomes_one_that_exists(wall):
    local = localise(wall, zone=PARIS)

    assert local.astimezone(UTC).astimezone(ZoneInfo(PARIS)) == local
    assert local.replace(tzinfo=None) - wall in {timedelta(0), timedelta(hours=1)}
    assert local.fold == 0


def test_two_steps_around_the_change_of_clocks_keep_their_wall_time():
    before, after = planned("J-4 09:30", "J-1 09:30", event="2026-03-31 10:00")

    assert f"{before.local:%a %d %H:%M}" == "Fri 27 09:30"
    assert f"{before.due_at:%H:%M %Z}" == "08:30 UTC"
    assert f"{after.local:%a %d %H:%M}" == "Mon 30 09:30"
    assert f"{after.due_at:%H:%M %Z}" == "07:30 UTC"


# Working days


def easter(year):
    """Gauss's rule in the form of the Nautical Almanac (Butcher 1876), an oracle of its own."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.parametrize("year", range(2017, 2036))
def test_the_eleven_public_holidays_of_france_are_no_working_days(year):
    sunday = easter(year)
    fixed = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)]
    holidays = {date(year, *day) for day in fixed}
    holidays |= {sunday + timedelta(days=n) for n in (1, 39, 50)}
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]

    assert len(holidays) == 11
    assert {day for day in days if not is_working_day(day) and day.weekday() < 5} == {
        day for day in holidays if day.weekday() < 5
    }


days = st.dates(date(2017, 1, 1), date(2035, 12, 31))
counts = st.integers(1, 30)


@given(days, counts)
def test_counting_working_days_back_lands_on_one_with_the_right_number_between(day, count):
    found = working_days_before(day, count)
    between = [found + timedelta(days=n) for n in range((day - found).days)]

    assert is_working_day(found)
    assert sum(map(is_working_day, between)) == count


@given(days, counts)
def test_counting_forward_undoes_counting_back(day, count):
    assert working_days_before(working_days_after(day, count), count) <= day
    if is_working_day(day):
        assert working_days_after(working_days_before(day, count), count) == day


@given(days)
def test_no_working_day_before_is_the_day_itself(day):
    assert working_days_before(day, 0) == working_days_after(day, 0) == day


def test_working_days_before_a_saturday_begin_with_its_friday():
    assert working_days_before(date(2017, 12, 9), 1) == date(2017, 12, 8)
    assert working_days_before(date(2017, 12, 9), 2) == date(2017, 12, 7)
    assert working_days_before(date(2018, 5, 9), 2) == date(2018, 5, 4)


# The plan


def test_the_calendar_of_the_example_campaign():
    steps = planned("J-5 09:30", "J-2 09:30", "J-1 15:00", "J-0 07:30", "J+2 10:00")

    assert [f"{step.local:%a %d %b %Y %H:%M}" for step in steps] == [
        "Mon 04 Dec 2017 09:30",
        "Thu 07 Dec 2017 09:30",
        "Fri 08 Dec 2017 15:00",
        "Sat 09 Dec 2017 07:30",
        "Mon 11 Dec 2017 10:00",
    ]
    assert not any(step.moved_from for step in steps)


def test_steps_keep_their_wall_time_over_the_change_of_clocks_and_other_days_move():
    steps = planned(
        "J-4 09:30", "J-2 ouvré 09:30", "J-1 09:30", "2026-03-25 11:00", event="2026-03-31 09:30"
    )

    assert [f"{step.due_at:%a %d %b %H:%M}" for step in steps] == [
        "Wed 25 Mar 10:00",
        "Fri 27 Mar 08:30",
        "Fri 27 Mar 08:30",
        "Mon 30 Mar 07:30",
    ]
    (moved,) = planned("J-3 09:30", event="2026-03-31 09:30")
    assert f"{moved.due_at:%a %d %b %H:%M}" == "Fri 27 Mar 08:30"
    assert f"{moved.moved_from:%a %d %b}" == "Sat 28 Mar"


def test_the_plan_is_in_the_order_of_leaving():
    steps = planned("J-0 07:30", "J-5 09:30")

    assert [step.local.day for step in steps] == [4, 9]


def test_a_step_on_a_weekend_moves_to_the_working_day_before_it():
    (step,) = planned("J-7 09:30")

    assert f"{step.moved_from:%a %d %b %H:%M}" == "Sat 02 Dec 09:30"
    assert f"{step.local:%a %d %b %H:%M}" == "Fri 01 Dec 09:30"


def test_a_step_on_a_public_holiday_moves_over_the_weekend_too():
    (step,) = planned("J-1 09:30", event="2018-04-03 10:00")

    assert f"{step.moved_from:%a %d %b}" == "Mon 02 Apr"
    assert f"{step.local:%a %d %b}" == "Fri 30 Mar"


def test_a_moved_step_keeps_its_wall_time_over_the_change_of_clocks():
    (step,) = planned("J-2 02:30", event="2027-03-30 10:00")

    assert f"{step.moved_from:%a %d %H:%M}" == "Sun 28 03:30"
    assert f"{step.local:%a %d %H:%M}" == "Fri 26 02:30"


def test_after_the_event_a_step_moves_to_the_next_working_day():
    (step,) = planned("J+1 10:00")

    assert f"{step.local:%a %d %b}" == "Mon 11 Dec"


def test_an_absolute_time_on_a_weekend_moves_as_well():
    (step,) = planned("2017-12-03 09:30")

    assert f"{step.local:%a %d %b}" == "Fri 01 Dec"
    assert step.moved_from == paris("2017-12-03 09:30")


@pytest.mark.parametrize(
    "step",
    [
        a_step("J-0 07:30"),
        a_step("2017-12-09 07:30"),
        a_step("J-7 09:30", fixed=True),
        a_step("J-7 09:30", kind=CampaignKind.CORRECTION),
        a_step("J-7 09:30", kind=CampaignKind.CANCELLATION),
    ],
    ids=["event day", "event day, absolute", "fixed", "correction", "cancellation"],
)
def test_some_steps_leave_on_a_weekend_all_the_same(step):
    (found,) = planned(step)

    assert found.local.weekday() == 5
    assert found.moved_from is None


@pytest.mark.parametrize(
    ("send", "leaves"),
    [("J+1 07:30", "Sun 10 Dec"), ("2017-12-10 07:30", "Sun 10 Dec"), ("J+3 09:30", "Tue 12 Dec")],
)
def test_every_day_of_a_long_event_keeps_its_step(send, leaves):
    event = Event(
        "Rencontre", starts_at=paris("2017-12-09 09:30"), ends_at=paris("2017-12-10 17:00")
    )

    (step,) = plan(replace(a_campaign(a_step(send)), event=event), office=OFFICE)

    assert f"{step.local:%a %d %b}" == leaves


def test_a_campaign_of_correction_moves_nothing():
    (step,) = planned("J-7 09:30", kind=CampaignKind.CORRECTION)

    assert step.moved_from is None


def test_a_step_that_counts_from_no_event_is_refused():
    with pytest.raises(ContentError) as refused:
        planned("J-5 09:30", a_step("J-2 09:30", id="reminder"), event="")

    assert [problem.where.key for problem in refused.value.problems] == [
        "steps.step.send",
        "steps.reminder.send",
    ]


def test_a_release_without_event_leaves_at_its_own_time():
    (step,) = planned("2017-12-04 09:30", event="", kind=CampaignKind.PRESS_RELEASE)

    assert f"{step.due_at:%F %H:%M}" == "2017-12-04 08:30"
    assert step.expires_at == step.due_at + DEFAULT_VALIDITY


# How long a step stays worth sending


def test_an_announcement_is_too_late_once_its_reminder_is_due():
    announcement, reminder = planned("J-5 09:30", "J-2 09:30")

    assert announcement.expires_at == reminder.due_at


def test_a_reminder_is_too_late_once_the_event_begins():
    _announcement, reminder = planned("J-5 09:30", "J-2 09:30")

    assert reminder.expires_at == paris("2017-12-09 09:30")


def test_a_step_that_says_tomorrow_leaves_on_its_day_or_not_at_all():
    text = Content(file="annonce.md", text="La rencontre a lieu {{ event.soon }}.")
    steps = planned(
        a_step("J-1 15:00", contents={VariantKey("", "fr"): text}),
        a_step("J-0 07:30", subject="{{ event.soon }}", fixed=True),
    )

    assert [step.expires_at for step in steps] == [
        paris("2017-12-09 00:00"),
        paris("2017-12-09 09:30"),
    ]


def test_a_step_to_other_lists_does_not_end_this_one():
    first, _second = planned("J-5 09:30", a_step("J-2 09:30", to=("associations",)))

    assert first.expires_at == paris("2017-12-09 09:30")


def test_a_step_to_the_accredited_does_not_end_the_reminder_to_the_others():
    reminder, _practical = planned(
        a_step("J-2 09:30", unless=("accredited", "declined")),
        a_step("J-1 15:00", only=("accredited",)),
    )

    assert reminder.expires_at == paris("2017-12-09 09:30")


def test_two_steps_at_one_moment_do_not_end_each_other():
    first, second = planned("J-5 09:30", "J-5 09:30")

    assert first.expires_at == second.expires_at == paris("2017-12-09 09:30")


def test_without_an_hour_the_event_lasts_its_whole_day():
    event = Event("Rencontre", starts_at=paris("2017-12-09 00:00"), has_hour=False)
    campaign = Campaign(
        "r", "R", CampaignKind.SAVE_THE_DATE, "fr", PARIS, event=event, steps=(a_step("J-0 07:30"),)
    )

    (step,) = plan(campaign, office=OFFICE)

    assert step.expires_at == paris("2017-12-10 00:00")


rules = st.one_of(
    st.builds(CalendarOffset, st.integers(-40, 10), st.times(), st.booleans()),
    st.builds(
        FixedTime,
        wall_times.map(lambda wall: localise(wall, zone=PARIS)),
    ),
)
steps = st.builds(
    Step,
    id=st.sampled_from("abc"),
    send=rules,
    to=st.sampled_from([("press",), ("associations",), ("press", "associations")]),
    subject=st.just("s"),
    only=st.sampled_from([(), ("accredited",)]),
    unless=st.sampled_from([(), ("accredited", "declined")]),
    fixed=st.booleans(),
)


@given(st.lists(steps, max_size=5), wall_times)
def test_any_plan_holds_its_promises(steps, event):
    starts_at = localise(event, zone=PARIS)
    campaign = Campaign(
        "c", "C", CampaignKind.ADVISORY, "fr", PARIS, event=Event("E", starts_at), steps=(*steps,)
    )

    entries = plan(campaign, office=OFFICE)

    assert sorted(map(id, steps)) == sorted(id(entry.step) for entry in entries)
    assert [entry.due_at for entry in entries] == sorted(entry.due_at for entry in entries)
    for entry in entries:
        assert entry.local == entry.due_at
        assert entry.due_at < entry.expires_at
        if entry.due_at < starts_at:
            assert entry.expires_at <= starts_at
        if entry.moved_from:
            assert is_working_day(entry.local.date())
            assert not is_working_day(entry.moved_from.date())
        elif not entry.step.fixed and entry.local.date() != starts_at.date():
            assert is_working_day(entry.local.date())


# Every zone with a change of clocks, 2017 to 2040


def _changes_clocks(zone):
    rules = ZoneInfo(zone)
    return any(
        datetime(year, 1, 1, tzinfo=rules).utcoffset()
        != datetime(year, 7, 1, tzinfo=rules).utcoffset()
        for year in (2017, 2027, 2037)
    )


ZONES = sorted(zone for zone in available_timezones() if _changes_clocks(zone))


def _a_long_event(starts_at, days):
    return replace(an_event(), starts_at=starts_at, ends_at=starts_at + timedelta(days=days))


@given(
    st.lists(steps, min_size=1, max_size=4, unique_by=lambda step: step.id),
    wall_times,
    st.sampled_from(ZONES),
    st.integers(0, 3),
)
def test_a_plan_that_no_check_refuses_keeps_forbidden_days_and_comes_neither_early_nor_late(
    steps, wall, zone, days
):
    event = _a_long_event(localise(wall, zone=zone), days)
    draft = a_draft(*steps, event=event, time_zone=zone, office=replace(OFFICE, time_zone=zone))
    names = {"steps-out-of-order", "step-after-event", "step-at-clock-change"}
    refused = {f.check for f in run_checks(draft) if f.severity is Severity.ERROR} & names
    begins_at = event.starts_at.astimezone(UTC)
    event_days = (wall.date(), event.ends_at.date())

    for planned in draft.plan:
        step, day = planned.step, planned.local.date()
        assert is_working_day(day) or step.fixed or event_days[0] <= day <= event_days[1], (
            "a forbidden day"
        )
        if refused:
            continue
        assert (
            planned.due_at
            >= next(each for each in draft.plan if each.step is draft.campaign.steps[0]).due_at
        ), "before the launch"
        if not step.only:
            assert planned.due_at < begins_at, "after the event"
        if planned.due_at < begins_at:
            assert planned.expires_at <= begins_at
        asked = step.send.at if isinstance(step.send, CalendarOffset) else None
        assert asked in {None, planned.local.time().replace(fold=0)}, "another hour"


def test_the_zones_of_these_properties_are_all_those_that_change_clocks():
    assert {"Europe/Paris", "America/New_York", "Australia/Lord_Howe"} <= {*ZONES}
    assert len(ZONES) > 100


@pytest.mark.parametrize(
    ("begin", "end", "hours"),
    [
        ("2017-12-04 10:00", "2017-12-04 12:00", 2),
        ("2017-12-04 07:00", "2017-12-04 23:00", 9),
        ("2017-12-04 17:00", "2017-12-05 10:00", 2),
        ("2017-12-08 17:00", "2017-12-11 10:00", 2),  # over a weekend
        ("2017-12-22 17:00", "2017-12-26 10:00", 2),  # and Christmas
        ("2017-12-09 10:00", "2017-12-10 12:00", 0),
        ("2017-12-05 10:00", "2017-12-04 10:00", 0),  # the clock was set back
        ("2026-03-27 17:00", "2026-03-30 10:00", 2),  # the clocks change that weekend
    ],
)
def test_only_the_hours_of_the_office_count_as_working_time(begin, end, hours):
    zone = ZoneInfo("Europe/Paris")
    first, last = (datetime.fromisoformat(each).replace(tzinfo=zone) for each in (begin, end))

    assert working_time(first, last) == timedelta(hours=hours)
