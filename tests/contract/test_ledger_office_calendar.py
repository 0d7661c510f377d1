"""What the office's calendar reads of launched campaigns, on both databases."""

from datetime import date

import pytest

from mailer.model.mailings.mailing import MailingState
from tests.counterparts.builders import ACTOR, NOON, a_mailing, after

WEEK = (date(2017, 12, 4), date(2017, 12, 10))


def launch(ledger, *mailings):
    ledger.mailings.launch(mailings, actor=ACTOR, at=NOON)


@pytest.mark.parametrize(
    ("facts", "is_found"),
    [
        ({"event.starts_at": "2017-12-09 14:00", "event.ends_at": ""}, True),
        ({"event.starts_at": "2017-12-01", "event.ends_at": "2017-12-20"}, True),
        ({"event.starts_at": "2017-12-12 09:00", "event.ends_at": ""}, False),
        ({"event.starts_at": "", "accreditation.deadline": "2017-12-07 18:00"}, True),
        ({"embargo.until": "2017-12-04 06:00"}, True),
        ({"embargo.until": "2017-11-04 06:00"}, False),
        ({}, False),
    ],
)
def test_a_campaign_is_found_by_each_of_its_dates(ledger, facts, is_found):
    launch(ledger, a_mailing(facts=facts), a_mailing("reminder", facts=facts))

    found = ledger.office_calendar.facts(*WEEK)

    assert [(each.campaign, dict(each.facts)) for each in found] == [("meeting", facts)] * is_found


def test_the_newest_version_says_when_the_event_is(ledger):
    facts = {"event.starts_at": "2017-12-09 14:00"}
    launch(ledger, a_mailing(facts=facts))
    launch(ledger, a_mailing("move", version=2, facts={"event.starts_at": "2018-03-01 14:00"}))

    before, after_it = (
        ledger.office_calendar.facts(*days) for days in (WEEK, (date(2018, 3, 1), date(2018, 3, 1)))
    )

    assert before == []
    assert [each.campaign for each in after_it] == ["meeting"]


def test_a_campaign_is_cancelled_when_nothing_of_it_leaves_any_more(ledger):
    facts = {"event.starts_at": "2017-12-09 14:00"}
    mailings = [a_mailing(step, facts=facts) for step in ("announcement", "reminder")]
    launch(ledger, *mailings)
    seen = []
    for mailing in mailings:
        seen += [each.is_cancelled for each in ledger.office_calendar.facts(*WEEK)]
        ledger.mailings.change_state(
            mailing.id, to=MailingState.CANCELLED, actor=ACTOR, why="", at=NOON
        )
    seen += [each.is_cancelled for each in ledger.office_calendar.facts(*WEEK)]

    assert seen == [False, False, True]


def test_mailings_in_any_state_are_found_by_their_hour(ledger):
    hours = {"before": -25, "first": -24, "off": 0, "last": 24, "after": 25}
    launch(
        ledger, *(a_mailing(campaign=name, due_at=after(hours=at)) for name, at in hours.items())
    )
    ledger.mailings.change_state(
        "off-announcement", to=MailingState.CANCELLED, actor=ACTOR, why="", at=NOON
    )

    found = ledger.office_calendar.mailings(after(hours=-24), after(hours=24))

    assert [each.campaign for each in found] == ["first", "off", "last"]
