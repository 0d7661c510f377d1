"""The label of an embargo, by two clocks, also in the weeks when they change apart."""

from datetime import UTC, datetime, timedelta
from gettext import NullTranslations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.model.campaigns.campaign import CampaignKind, Embargo
from mailer.render.facts.embargo import embargo_values
from mailer.render.template_pages import prefixed_subject
from tests.counterparts.drafts import a_draft
from tests.unit.render.conftest import French

NEW_YORK, PARIS = "America/New_York", "Europe/Paris"
ENGLISH = NullTranslations()


def label(until, *, zone=PARIS, second="", language="en", before=timedelta(hours=1)):
    campaign = a_draft(embargo=Embargo(until, second), time_zone=zone).campaign
    translations = French() if language == "fr" else ENGLISH
    return embargo_values(campaign, until - before, language, translations)


def new_york(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(NEW_YORK))


@pytest.mark.parametrize(
    ("day", "paris", "offset"),
    [
        ("2026-03-07", "8:00 pm", "UTC+1"),
        ("2026-03-10", "7:00 pm", "UTC+1"),  # America has changed, Europe has not
        ("2026-03-30", "8:00 pm", "UTC+2"),
        ("2026-10-24", "8:00 pm", "UTC+2"),
        ("2026-10-26", "7:00 pm", "UTC+1"),  # Europe has changed, America has not
        ("2026-12-01", "8:00 pm", "UTC+1"),
        ("2027-11-02", "7:00 pm", "UTC+1"),
    ],
)
def test_two_in_the_afternoon_of_new_york_by_the_clock_of_paris(day, paris, offset):
    found = label(new_york(f"{day} 14:00"), second=NEW_YORK)

    said = f"{found['until']} ({found['zone']})".replace("\u00a0", " ").replace("\u202f", " ")
    assert f"at {paris} (" in said
    assert f"Paris time, {offset}; 2:00 pm, New York time, UTC−" in said


def test_in_french_with_the_day_of_the_other_zone_where_it_differs():
    found = label(datetime(2026, 12, 2, 1, tzinfo=ZoneInfo(PARIS)), second=NEW_YORK, language="fr")

    said = found["zone"].replace("\u00a0", " ")
    assert said.startswith(
        "heure de Paris, UTC+1; mardi 1er décembre 2026 à 19 h, heure de New York"
    )


def test_the_subject_says_until_when_and_by_which_clock():
    found = label(datetime(2026, 3, 10, 19, tzinfo=ZoneInfo(PARIS)), language="fr")

    def subject(text):
        return prefixed_subject(
            text, kind=CampaignKind.PRESS_RELEASE, embargo=found["short"], translations=French()
        ).replace("\u00a0", " ")

    wanted = "Embargo jusqu’au 10 mars 2026, 19 h (heure de Paris, UTC+1) – "
    assert subject("La mer") == f"{wanted}La mer"
    assert subject("Embargo : la mer") == f"{wanted}Embargo : la mer"
    own = "La mer (embargo : 10 mars, 19 h, UTC+1)"
    assert subject(own) == own


@pytest.mark.parametrize("late", [timedelta(), timedelta(seconds=1), timedelta(days=30)])
def test_once_it_is_lifted_a_reminder_has_no_label(late):
    assert label(datetime(2026, 3, 10, 18, tzinfo=UTC), before=-late) is None


@given(
    st.datetimes(datetime.fromisoformat("2017-01-01"), datetime.fromisoformat("2040-12-31")),
    st.sampled_from([PARIS, NEW_YORK, "Asia/Kolkata", "Australia/Lord_Howe", "Europe/London"]),
    st.sampled_from([PARIS, NEW_YORK, "Asia/Kathmandu", "America/St_Johns"]),
)
def test_the_two_offsets_of_a_label_are_those_of_one_instant(wall, zone, second):
    until = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)

    said = label(until, zone=zone, second=second)["zone"]

    def offset(name):
        minutes = int(until.astimezone(ZoneInfo(name)).utcoffset().total_seconds()) // 60
        hours, rest = divmod(abs(minutes), 60)
        sign = "-" if minutes < 0 else "+"
        return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "") if minutes else "UTC"

    plain = said.replace("\u2212", "-")
    assert offset(zone) in plain
    assert plain.endswith(offset(second))
