"""The event in a calendar, read back by programs that are not the one that wrote it."""

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from mailer.errors import ContentError
from mailer.model.campaigns.campaign import CampaignKind, Correction, VariantKey
from mailer.render.mime.zone_rules import yearly_changes


def ics(press, **changes):
    step = changes.pop("step", press.step(calendar=True))
    campaign = changes.pop("campaign", press.campaign())
    message = press.compiled(campaign=campaign, step=step, **changes)
    (file,) = (it for it in message.embedded if it.media_type.startswith("text/calendar"))
    return file


def lines(file):
    """Unfolded content lines (RFC 5545 §3.1)."""
    return file.content.decode().replace("\r\n ", "").split("\r\n")


def entry(file):
    found = dict(line.split(":", 1) for line in lines(file) if ":" in line)
    return {name.split(";")[0]: value for name, value in found.items()}


def at(press, month, day=9):
    start = datetime(2017, month, day, 9, 30, tzinfo=press.PARIS)
    event = replace(press.campaign().event, starts_at=start, ends_at=start + timedelta(hours=7))
    return press.campaign(event=event)


def instant(file, name="DTSTART"):
    """A time of the file by dateutil's own reading of its VTIMEZONE; nothing of ours, no tzdata."""
    text = "\n".join(lines(file))
    zone_text = text[text.index("BEGIN:VTIMEZONE") : text.index("END:VTIMEZONE")]
    zone = tzical(StringIO(zone_text + "END:VTIMEZONE\n")).get("Europe/Paris")
    (value,) = [line for line in lines(file) if line.startswith(f"{name};TZID=Europe/Paris:")]
    return datetime.strptime(value.partition(":")[2], "%Y%m%dT%H%M%S").replace(tzinfo=zone)


@pytest.mark.parametrize(("month", "offset"), [(1, 1), (6, 2), (7, 2), (12, 1)])
def test_half_past_nine_in_paris_is_half_past_nine_in_winter_and_summer(press, month, offset):
    start = instant(ics(press, campaign=at(press, month)))

    assert (start.hour, start.minute) == (9, 30)
    assert start.utcoffset() == timedelta(hours=offset)


def test_it_is_published_and_asks_for_no_answer(press):
    file = ics(press)

    assert file.media_type == "text/calendar; method=PUBLISH; charset=utf-8"
    assert file.filename == "2017-12-09-recherche-associations.ics"
    assert entry(file)["METHOD"] == "PUBLISH"
    assert entry(file)["STATUS"] == "CONFIRMED"
    assert entry(file)["SEQUENCE"] == "0"
    assert "ATTENDEE" not in entry(file)
    assert "Académie des sciences\\, grande salle" in entry(file)["LOCATION"]
    assert "23 quai de l’Exemple\\, 75006 Paris" in entry(file)["LOCATION"].replace("\r\n ", "")
    assert "Claire Lemoine" in entry(file)["DESCRIPTION"]


def test_every_step_and_language_speaks_of_the_same_entry(press):
    french = ics(press)
    english = ics(press, variant=VariantKey("", "en"))
    later = ics(press, step=press.step(id="practical", calendar=True))

    assert len({entry(file)["UID"] for file in (french, english, later)}) == 1
    assert entry(english)["SUMMARY"] == "Research & Patient Associations"


def test_another_campaign_is_another_entry(press):
    other = ics(press, campaign=press.campaign(slug="another"))

    assert entry(other)["UID"] != entry(ics(press))["UID"]


def test_a_correction_takes_the_place_of_what_it_corrects(press):
    first = press.step(id="practical", calendar=True)
    correction = press.step(id="correction", kind=CampaignKind.CORRECTION, calendar=True)
    campaign = press.campaign(steps=(first, correction))

    assert entry(ics(press, campaign=campaign, step=first))["SEQUENCE"] == "0"
    assert entry(ics(press, campaign=campaign, step=correction))["SEQUENCE"] == "1"


def test_a_cancellation_takes_the_entry_out(press):
    file = ics(press, step=press.step(kind=CampaignKind.CANCELLATION, calendar=True))

    assert file.media_type.startswith("text/calendar; method=CANCEL")
    assert entry(file)["STATUS"] == "CANCELLED"
    assert entry(file)["SEQUENCE"] == "1"


def test_what_is_postponed_moves_to_its_new_day_or_leaves_the_calendar(press):
    step = press.step(kind=CampaignKind.POSTPONEMENT, calendar=True)
    moved = press.campaign(corrections=(Correction("date", "samedi 2 décembre"),))

    assert entry(ics(press, step=step, campaign=moved))["METHOD"] == "PUBLISH"
    assert entry(ics(press, step=step))["METHOD"] == "CANCEL"


def test_a_day_without_an_hour_is_a_whole_day(press):

    from mailer.render.mime.calendar import calendar_file

    event = replace(press.campaign().event, has_hour=False, ends_at=None)
    file = calendar_file(
        campaign=press.campaign(event=event),
        step=press.step(),
        variant=press.KEY,
        values={"name": "Rencontre"},
        planned_local=press.MONDAY.astimezone(UTC),
        office=press.office(),
    )

    assert "DTSTART;VALUE=DATE:20171209" in lines(file)
    assert "DTEND;VALUE=DATE:20171210" in lines(file)
    assert "BEGIN:VTIMEZONE" not in lines(file)


def test_without_a_date_there_is_no_calendar_file(press):
    event = replace(press.campaign().event, starts_at=None, ends_at=None)

    with pytest.raises(ContentError, match=r"campaign.toml:30, steps.announcement.calendar"):
        press.compiled(
            campaign=press.campaign(event=event),
            step=press.step(calendar=True, subject="x", preheader=""),
            content=press.content("# T\n\nA."),
        )


READER = """
const ical = require(process.argv[1]);
const whole = ical.parse(require('fs').readFileSync(0, 'utf8'));
const calendar = new ical.Component(whole);
const zone = new ical.Timezone(calendar.getFirstSubcomponent('vtimezone'));
ical.TimezoneService.register(zone);
const event = new ical.Event(calendar.getFirstSubcomponent('vevent'));
console.log(JSON.stringify({
  start: event.startDate.toJSDate().toISOString(), end: event.endDate.toJSDate().toISOString(),
  summary: event.summary, location: event.location, organizer: event.organizer,
}));
"""


@pytest.mark.parametrize(("month", "hour"), [(6, 7), (12, 8)])
def test_a_program_in_another_language_reads_the_same_instant(press, month, hour):
    module = (
        shutil.which("node")
        and subprocess.run(
            ["node", "-p", "require.resolve('ical.js')"],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.strip()
    )
    if not module:
        pytest.skip("ical.js is not installed for node: npm install -g ical.js, and set NODE_PATH")
    file = ics(press, campaign=at(press, month))

    out = subprocess.run(
        ["node", "-e", READER, module],
        input=file.content,
        capture_output=True,
        check=True,
        env={"TZ": "Pacific/Auckland", "PATH": "/usr/bin:/bin"},
    ).stdout

    read = json.loads(out)
    assert read["start"] == f"2017-{month:02d}-09T{hour:02d}:30:00.000Z"
    assert read["end"] == f"2017-{month:02d}-09T{hour + 7:02d}:30:00.000Z"
    assert read["summary"] == "Recherche & Associations de malades"
    assert read["organizer"] == "mailto:claire.lemoine@institut.example"


@pytest.mark.parametrize(
    ("zone", "rules"),
    [
        ("Europe/Paris", {"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"}),
        (
            "America/New_York",
            {"FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"},
        ),
        ("Asia/Tokyo", set()),
        ("Africa/Casablanca", set()),
    ],
)
def test_the_zone_has_yearly_rules_where_it_follows_any(press, zone, rules):
    file = ics(press, campaign=replace(press.campaign(), time_zone=zone))

    assert {
        line.removeprefix("RRULE:") for line in lines(file) if line.startswith("RRULE")
    } == rules
    assert "BEGIN:STANDARD" in lines(file)


@pytest.mark.parametrize("year", [2017, 2026, 2031])
def test_the_rules_give_the_offset_of_every_day_of_several_years(year):
    zone = ZoneInfo("Europe/Paris")
    summer, winter = yearly_changes(zone, year)

    for later in range(5):
        for rule in (summer, winter):
            day = next(
                date(year + later, rule.month, n)
                for n in range(31, 0, -1)
                if date(year + later, rule.month, n).weekday() == 6
            )
            before = datetime.combine(day, rule.first_local.time()) - timedelta(hours=2)
            assert rule.weekday == "-1SU"
            assert before.replace(tzinfo=zone).utcoffset() == rule.offset_before
            assert (before + timedelta(hours=4)).replace(tzinfo=zone).utcoffset() == rule.offset
