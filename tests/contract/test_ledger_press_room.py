"""A launch writes what is public of it, and it is read back as it was, on both databases."""

from dataclasses import replace

import pytest

from mailer.model.mailings.mailing import AudienceRule, MailingState
from mailer.model.press_room.press_room import ReleaseKey, ReleaseWithdrawal
from tests.counterparts.builders import (
    A_RELEASE,
    ACTOR,
    COMPILED,
    FRENCH,
    NOON,
    a_mailing,
    after,
)

PUBLIC = replace(COMPILED, release=replace(A_RELEASE, public_from=after(hours=3)))


def test_a_release_is_read_back_as_it_was_launched(ledger):
    secret = a_mailing("reminder")
    ledger.mailings.launch([a_mailing(variants={FRENCH: PUBLIC}), secret], actor=ACTOR, at=NOON)

    (release,) = ledger.press_room.record().releases

    assert (release.code, release.public_from, release.started_at) == (
        A_RELEASE.code,
        after(hours=3),
        None,
    )
    assert not release.tells_amendment
    assert ledger.press_room.release(release.key) == PUBLIC.release
    with pytest.raises(KeyError):
        ledger.press_room.release(ReleaseKey(secret.id, "", "fr"))


def test_it_says_when_its_mailing_began_and_was_stopped(ledger):
    mailing = a_mailing(variants={FRENCH: PUBLIC})
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    ledger.mailings.start(mailing.id, deliveries=[], exclusions=[], at=after(minutes=1))
    ledger.mailings.change_state(
        mailing.id, to=MailingState.PAUSED, actor=ACTOR, why="faux", at=after(minutes=2)
    )

    (release,) = ledger.press_room.record().releases

    assert (release.started_at, release.stopped_at) == (after(minutes=1), after(minutes=2))


def test_the_message_that_tells_an_amendment_is_known_as_such(ledger):
    told = a_mailing(
        "correction",
        rule=AudienceRule(to=("press",), informed=True),
        variants={FRENCH: PUBLIC},
        version=2,
    )
    ledger.mailings.launch([told], actor=ACTOR, at=NOON)

    (release,) = ledger.press_room.record().releases

    assert (release.tells_amendment, release.version) == (True, 2)


def test_a_campaign_is_withdrawn_once_with_a_line_in_the_journal(ledger):
    withdrawal = ReleaseWithdrawal("meeting", 1, NOON, "Ada", "faux")

    first, second = (ledger.press_room.withdraw(withdrawal, actor=ACTOR) for _time in range(2))

    assert (first, second) == (True, False)
    assert ledger.press_room.record().withdrawals == (withdrawal,)
    assert [each.detail for each in ledger.journal.entries("meeting")] == ["faux"]


def test_only_a_database_that_hosts_share_has_a_clock_of_its_own(ledger, ledger_url):
    shared = ledger.press_room.shared_now()

    assert (shared is None) == ledger_url.startswith("sqlite")
    assert shared is None or shared.tzinfo is not None
