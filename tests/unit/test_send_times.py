"""Advice on the hour of a step, with its reason, and never more than advice."""

from datetime import date, datetime

import pytest

from mailer.calendar.send_times import advice_on
from mailer.checks import run_checks
from mailer.model.campaigns.campaign import CampaignKind
from mailer.model.campaigns.school_holidays import SchoolHolidays
from tests.counterparts.drafts import CONFIRMATION, a_draft, a_step, an_event, paris

WINTER = (
    SchoolHolidays("Hiver", "A", date(2027, 2, 13), date(2027, 3, 1)),
    SchoolHolidays("Hiver", "B", date(2027, 2, 20), date(2027, 3, 8)),
)


def advice(send, *, event="2027-03-20 09:30", holidays=(), **changes):
    draft = a_draft(a_step(send=send, **changes), event=an_event(event))
    return [
        str(each) for each in advice_on(draft.plan[0], campaign=draft.campaign, holidays=holidays)
    ]


@pytest.mark.parametrize(
    ("send", "reason"),
    [
        ("2027-03-05 12:00", "Friday afternoon"),
        ("2027-03-05 17:30", "Friday afternoon"),
        ("2027-03-04 21:42", "At this hour"),
        ("2027-03-04 19:00", "At this hour"),
        ("2027-03-04 06:59", "At this hour"),
        ("2027-03-08 09:30", "Monday before 10"),
        ("2027-03-10 09:30", "Wednesday"),
    ],
)
def test_a_poor_hour_brings_one_advice_with_its_reason(send, reason):
    (said,) = advice(send)

    assert said.startswith(reason)


@pytest.mark.parametrize(
    "send",
    [
        "2027-03-05 11:59",
        "2027-03-08 10:00",
        "2027-03-09 09:30",
        "2027-03-11 09:30",
        "2027-03-04 18:59",
    ],
)
def test_a_good_hour_brings_no_advice(send):
    assert advice(send) == []


def test_two_reasons_are_two_sentences():
    assert [each[:5] for each in advice("2027-03-10 21:42")] == ["At th", "Wedne"]


@pytest.mark.parametrize(
    ("send", "zones"),
    [
        ("2027-02-16 10:00", "zones A)"),
        ("2027-02-25 10:00", "zones A, B)"),
        ("2027-03-01 11:00", "zones B)"),
    ],
)
def test_school_holidays_name_their_zones_until_school_resumes(send, zones):
    (said,) = advice(send, holidays=WINTER)

    assert "Hiver" in said
    assert zones in said


@pytest.mark.parametrize(
    "changes",
    [
        {"only": ("accredited",)},
        {"kind": CampaignKind.CANCELLATION},
        {"kind": CampaignKind.CORRECTION},
    ],
)
def test_a_message_that_people_wait_for_may_leave_at_any_hour(changes):
    assert advice("2027-03-05 21:42", **changes) == []


def test_on_each_day_of_the_event_everybody_expects_a_message():
    event = an_event("2027-03-05 09:30", ends_at=paris("2027-03-07 17:00"))
    draft = a_draft(a_step(send="2027-03-07 06:30"), event=event)

    assert advice_on(draft.plan[0], campaign=draft.campaign) == ()


def test_it_is_advice_and_no_finding():
    draft = a_draft(a_step(send="2017-12-04 09:30"), CONFIRMATION)

    assert advice_on(draft.plan[0], campaign=draft.campaign)
    assert run_checks(draft) == ()
    assert draft.plan[0].local == datetime.fromisoformat("2017-12-04T09:30+01:00")
