"""All campaigns of the office in one calendar, at the desk and on the command line."""

import json
from datetime import timedelta

import pytest

from mailer.calendar.instants import read_instant
from mailer.clock import SimulatedClock
from mailer.model.mailings.mailing import AudienceRule
from mailer.model.team.person import Role
from mailer.operations.campaigns.overviews.office_calendar import office_month
from tests.counterparts.builders import ACTOR, NOON, a_mailing
from tests.counterparts.desk import an_office, signed_in
from tests.counterparts.team import a_person
from tests.e2e.commands import mailer

EXAMPLE = "2017-12-09-recherche-associations"
READER = a_person("Lou Roy", Role.READER)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The example, which is a draft; beside it a launched campaign, and a draft that is broken."""
    clock = SimulatedClock(NOON - timedelta(days=5))
    app = an_office(tmp_path_factory.mktemp("office"), clock, [READER])
    broken = app.workspace / "campaigns" / "cassee"
    broken.mkdir()
    (broken / "campaign.toml").write_text('kind = "advisory"\ntitle = \n', "utf-8")
    facts = {
        "title": "Nuit <des> chercheurs",
        "event.starts_at": "2017-12-09 10:00",
        "event.ends_at": "2017-12-10 12:00",
        "embargo.until": "2017-12-08 06:00",
    }
    soon = read_instant("2017-12-04T18:00", zone="Europe/Paris")
    launched = [
        a_mailing(campaign="nuit", due_at=soon, facts=facts),
        a_mailing("accredited", campaign="nuit", rule=AudienceRule(to=("press",), on="accepted")),
    ]
    app.ledger.mailings.launch(launched, actor=ACTOR, at=clock.now())
    yield app
    app.__exit__(None, None, None)


def test_4_the_month_has_every_step_and_date_with_a_link_and_its_conflicts_in_words(office):
    page = signed_in(office, READER).get("/calendrier?mois=2017-12")

    assert page.status == 200
    html = page.body.decode()
    assert "Nuit &lt;des&gt; chercheurs" in html
    assert 'href="/campagnes/nuit/en-cours"' in html
    for screen in ("calendrier", "faits"):
        assert f'href="/campagnes/{EXAMPLE}/{screen}"' in html
    assert "Less than 24 hours from “Nuit <des> chercheurs” (" in page.text
    assert page.text.count("At the same time as “Nuit <des> chercheurs”.") == 1
    assert "public holiday" in page.text  # the 25th
    assert "campaign launched" in page.text
    assert "The dates of cassee cannot be read" in page.text
    assert 'href="/campagnes/cassee/verifications"' in html


def test_4_every_link_of_the_calendar_leads_to_a_page(office):
    browser = signed_in(office, READER)
    page = browser.get("/calendrier?mois=2017-12").body.decode()

    links = {part.partition('"')[0] for part in page.split('href="/campagnes/')[1:]}
    answers = {link: browser.get(f"/campagnes/{link}").status for link in links}

    assert set(answers.values()) == {200}, answers


@pytest.mark.parametrize("month", ["", "2017-13", "x", "0000-01", "9999-12", "2017-12-01", "١٢"])
def test_4_a_month_that_is_none_shows_this_month(office, month):
    page = signed_in(office, READER).get(f"/calendrier?mois={month}")

    assert page.status == 200
    assert "November 2017" in page.text


def test_4_what_has_no_hour_of_its_own_is_in_no_calendar(office):
    month = office_month(NOON.date(), names=["nuit"], drafts=office.drafts)

    steps = [each.entry.step for day in month.days for each in day.entries if each.entry.step]
    assert steps == ["announcement"]


def test_4_the_command_shows_what_the_page_shows(office):
    printed = mailer("calendar", "--month", "2017-12", "--json", workspace=office.workspace)
    shown = json.loads(printed.stdout)

    (ninth,) = (day for day in shown["days"] if day["on"] == "2017-12-09")
    assert ninth["day_off"] == "weekend"
    events = [each for each in ninth["entries"] if each["kind"] == "event"]
    assert sorted(each["campaign"] for each in events) == sorted([EXAMPLE, "nuit"])
    assert all(each["clashes"] for each in events)
    assert shown["undated"] == ["cassee"]
