"""Readings become facts once, about the right delivery, and never kill by guesswork."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailer.feedback.events import events_of
from mailer.feedback.reader import read_report
from mailer.model.feedback.event import Deadness, EventKind, Match

FOLDER = Path(__file__).parents[2] / "corpus/bounces"
NOW = datetime(2017, 12, 5, 10, tzinfo=UTC)


def events(name, at=NOW):
    raw = (FOLDER / f"{name}.eml").read_bytes()
    return events_of(read_report(raw), raw=raw, at=at)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("postfix-user-unknown", EventKind.BOUNCED),
        ("postfix-delay", EventKind.DEFERRED),
        ("postfix-success", EventKind.DELIVERED),
        ("arf-abuse", EventKind.COMPLAINED),
        ("arf-redacted", EventKind.COMPLAINED),
        ("arf-opt-out", EventKind.OPTED_OUT),
        ("opt-out-by-mail-program", EventKind.OPTED_OUT),
        ("desinscription-reponse", EventKind.REPLIED),
        ("absence-retour", EventKind.AUTO_REPLIED),
        ("mailinblack", EventKind.CHALLENGED),
        ("mdn", EventKind.READ),
        ("reponse", EventKind.REPLIED),
        ("lettre", EventKind.UNKNOWN),
    ],
)
def test_each_kind_of_mail_is_one_kind_of_fact(name, kind):
    assert [event.kind for event in events(name)] == [kind]


def test_a_fact_names_its_delivery_its_reason_and_its_evidence():
    (event,) = events("postfix-user-unknown")

    assert event.match is Match.DELIVERY_ID
    assert event.delivery_id == "abcdefghijklmnopqrstuvwx23"
    assert str(event.address) == "lea.martin@quotidien.example"
    assert (event.reason, event.dead, event.status_code) == ("user-unknown", Deadness.YES, "5.1.1")
    assert "User unknown" in event.quote
    assert event.raw


def test_the_same_mail_twice_is_the_same_fact():
    later = datetime(2018, 1, 1, tzinfo=UTC)

    assert [event.key for event in events("qmail")] == [
        event.key for event in events("qmail", later)
    ]


def test_two_reports_of_one_failure_are_one_fact():
    assert events("postfix-user-unknown")[0].key == events("postfix-user-unknown-crlf")[0].key


def test_a_delay_and_the_failure_that_follows_are_two_facts():
    assert events("postfix-delay")[0].key != events("postfix-user-unknown")[0].key


def test_without_a_token_only_the_address_is_known():
    (event,) = events("ses-notification")

    assert (event.match, event.delivery_id) == (Match.ADDRESS, None)


def test_an_alias_is_not_dead_while_one_of_its_members_lives():
    assert [event.dead for event in events("postfix-two-of-three")] == [
        Deadness.UNSURE,
        Deadness.NO,
        Deadness.NO,
    ]


def test_a_guess_does_not_kill():
    assert [event.dead for event in events("notice-without-address")] == [Deadness.UNSURE]
