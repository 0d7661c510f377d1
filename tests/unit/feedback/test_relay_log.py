"""One's own relay's log as evidence: what it proves, and what it does not."""

from datetime import UTC, datetime

import pytest

from mailer.feedback.relay_log import events_in
from mailer.model.feedback.event import Deadness, EventKind, Match
from tests.counterparts.builders import NOON

ID = "abcdefghijklmnopqrstuvwx23"
OTHER = "zyxwvutsrqponmlkjihgfedc76"
HEAD = "Dec  4 12:00:01 relay postfix"
SENT = f"""\
{HEAD}/submission/smtpd[11]: 4F1A2B3C4D: client=press.office.example[192.0.2.1]
{HEAD}/cleanup[12]: 4F1A2B3C4D: message-id=<{ID}@office.example>
{HEAD}/qmgr[13]: 4F1A2B3C4D: from=<b+{ID}@bounce.office.example>, size=31, nrcpt=1 (queue active)
{HEAD}/smtp[14]: 4F1A2B3C4D: to=<ada@press.example>, relay=mx.press.example[192.0.2.2]:25, \
delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 9A)
{HEAD}/qmgr[13]: 4F1A2B3C4D: removed
"""


def kinds(text):
    return [
        (event.kind.value, event.delivery_id) for event in events_in(text.splitlines(), at=NOON)
    ]


def the_event(text):
    (event,) = events_in(text.splitlines(), at=NOON)
    return event


def test_a_message_taken_and_passed_on_is_accepted_and_delivered():
    assert kinds(SENT) == [("accepted", ID), ("delivered", ID)]


def test_a_message_id_that_was_seen_before_the_dot_proves_nothing():
    broken = f"""\
{HEAD}/cleanup[12]: 4F1A2B3C4D: message-id=<{ID}@office.example>
{HEAD}/smtpd[11]: lost connection after DATA (30 bytes) from press.office.example[192.0.2.1]
"""
    assert kinds(broken) == []


def test_the_return_path_is_enough_where_the_message_id_was_rewritten():
    assert kinds(SENT.replace(f"message-id=<{ID}", "message-id=<something-else")) == [
        ("accepted", ID),
        ("delivered", ID),
    ]


def test_a_queue_id_used_again_is_another_message():
    again = SENT.replace(ID, OTHER)

    assert kinds(SENT + again) == [
        ("accepted", ID), ("delivered", ID), ("accepted", OTHER), ("delivered", OTHER),
    ]  # fmt: skip


def test_other_peoples_messages_are_passed_over():
    assert kinds(SENT.replace(ID, "20171204120001.4F1A2B")) == []


def test_a_bounce_is_judged_by_its_words():
    event = the_event(
        f"{HEAD}/cleanup[12]: 4F1A2B3C4D: message-id=<{ID}@office.example>\n"
        f"{HEAD}/smtp[14]: 4F1A2B3C4D: to=<ada@press.example>, relay=mx[192.0.2.2]:25, delay=1, "
        "delays=0/0/0/1, dsn=5.1.1, status=bounced (host mx[192.0.2.2] said: 550 5.1.1 "
        "<ada@press.example>: Recipient address rejected: User unknown (in reply to RCPT TO "
        "command))\n"
    )

    assert event.kind is EventKind.BOUNCED
    assert event.reason == "user-unknown"
    assert event.dead is Deadness.YES
    assert (event.match, str(event.address)) == (Match.DELIVERY_ID, "ada@press.example")
    assert event.status_code == "5.1.1"


def test_a_deferral_says_that_the_relay_has_it_and_nothing_of_the_address():
    event = the_event(
        f"{HEAD}/cleanup[12]: 4F1A2B3C4D: message-id=<{ID}@office.example>\n"
        f"{HEAD}/smtp[14]: 4F1A2B3C4D: to=<ada@press.example>, relay=none, delay=1, "
        "delays=0/0/0/1, dsn=4.4.1, status=deferred (connect to mx: Connection timed out)\n"
    )

    assert (event.kind, event.dead) == (EventKind.ACCEPTED, Deadness.UNSURE)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            (
                "smtpd[11]: NOQUEUE: reject: RCPT from press[192.0.2.1]: 554 5.7.1 <ada@press.example>: "
                f"Relay access denied; from=<b+{ID}@bounce.office.example> to=<ada@press.example> "
                "proto=ESMTP helo=<press>"
            ),
            ["rejected"],
        ),
        (
            (
                "cleanup[12]: 4F1A2B3C4D: milter-reject: END-OF-MESSAGE from press[192.0.2.1]: 5.7.1 "
                f"virus found; from=<b+{ID}@bounce.office.example> to=<ada@press.example> proto=ESMTP"
            ),
            ["rejected"],
        ),
        # A refusal for now was answered, or will be tried again: it settles nothing.
        (
            (
                "smtpd[11]: NOQUEUE: reject: RCPT from press[192.0.2.1]: 450 4.7.1 <ada@press.example>: "
                f"Greylisted; from=<b+{ID}@bounce.office.example> to=<ada@press.example> proto=ESMTP"
            ),
            [],
        ),
    ],
)
def test_a_refusal_for_good_is_rejected(line, expected):
    assert [kind for kind, _ in kinds(f"{HEAD}/{line}")] == expected


def test_the_full_date_of_newer_logs_is_kept_and_a_traditional_one_has_no_year():
    newer = SENT.replace("Dec  4 12:00:01", "2017-12-04T13:00:01.250000+01:00")

    first = next(events_in(newer.splitlines(), at=NOON))

    assert first.at == datetime(2017, 12, 4, 12, 0, 1, 250_000, tzinfo=UTC)
    assert next(events_in(SENT.splitlines(), at=NOON)).at == NOON


def test_the_same_log_read_twice_gives_the_same_facts():
    once, twice = ([event.key for event in events_in(SENT.splitlines(), at=NOON)] for _ in range(2))

    assert once == twice
    assert len(set(once)) == 2


@pytest.mark.parametrize("line", ["", "\x00" * 50, "postfix/" * 2_000, "a" * 100_000, HEAD])
def test_what_is_no_log_is_passed_over(line):
    assert list(events_in([line], at=NOON)) == []
