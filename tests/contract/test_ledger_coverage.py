"""What the press has published is noted once, listed by day, and removed by whoever may."""

from datetime import date

import pytest

from mailer.errors import RuleError
from mailer.operations.campaigns.results.coverage import (
    NotedCoverage,
    coverage_of,
    note_coverage,
    remove_coverage,
)
from tests.counterparts.builders import ACTOR, NOON

PAGE = "https://www.gazette.example/mer"


def note(ledger, title="La mer", outlet="La Gazette", day="2017-12-05", link=PAGE):
    noted = NotedCoverage(title, outlet, day, link)
    return note_coverage("meeting", noted, actor=ACTOR, ledger=ledger, now=NOON)


def test_articles_stand_by_day_and_outlet_and_are_journalled(ledger):
    note(ledger, "Le fond", "Radio", "2017-12-06", link="")
    note(ledger, " La   mer ")
    note(ledger, "Le soir", "Télé", "2017-12-05", link="")

    found = coverage_of("meeting", ledger=ledger)

    assert [(each.title, each.outlet) for each in found] == [
        ("La mer", "La Gazette"),
        ("Le soir", "Télé"),
        ("Le fond", "Radio"),
    ]
    assert (found[0].published_on, found[0].by) == (date(2017, 12, 5), "Ada")
    assert coverage_of("other", ledger=ledger) == []
    lines = [each.detail for each in ledger.journal.entries("meeting")]
    assert "La Gazette: La mer" in lines


@pytest.mark.parametrize(
    ("wrong", "keys"),
    [
        ({"title": " "}, ["title"]),
        ({"outlet": "", "day": "5 décembre"}, ["outlet", "day"]),
        ({"day": "2017-02-30"}, ["day"]),
        ({"link": "javascript:alert(1)"}, ["link"]),
        ({"link": "www.gazette.example"}, ["link"]),
        ({"link": "https://gazette.example/deux pages"}, ["link"]),
    ],
)
def test_everything_that_is_wrong_is_said_at_once_and_nothing_noted(ledger, wrong, keys):
    with pytest.raises(RuleError) as refused:
        note(ledger, **wrong)

    assert [problem.where.key for problem in refused.value.problems] == keys
    assert coverage_of("meeting", ledger=ledger) == []


def test_a_page_is_noted_once_and_what_was_noted_by_mistake_is_removed(ledger):
    note(ledger)
    with pytest.raises(RuleError, match="noted already"):
        note(ledger, "La mer, encore")

    with pytest.raises(RuleError, match="no article"):
        remove_coverage("other", 1, actor=ACTOR, ledger=ledger, now=NOON)
    (found,) = coverage_of("meeting", ledger=ledger)
    remove_coverage("meeting", found.number, actor=ACTOR, ledger=ledger, now=NOON)

    assert coverage_of("meeting", ledger=ledger) == []
