"""Doubts settled by command, and SendGrid played by command."""

import pytest

from mailer.ledger import open_ledger
from mailer.model.mailings.delivery import Uncertain
from tests.counterparts.builders import NOON, after, started, statuses
from tests.e2e.commands import answer, mailer


@pytest.fixture
def doubts(tmp_path):
    """A workspace with two uncertain deliveries; their ids, and the ledger's statuses."""
    (tmp_path / "var").mkdir()
    (tmp_path / "campaigns").mkdir()
    ledger = open_ledger(f"sqlite:///{tmp_path / 'var' / 'ledger.db'}")
    mailing, deliveries = started(ledger, count=2, expires_at=after(days=365 * 100))
    ids = [delivery.id for delivery in deliveries]
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, ids, now=NOON)
    for id_ in ids:
        ledger.sending.settle(claim, id_, Uncertain("after the dot: timed out"), now=NOON)
    ledger.sending.release(claim, now=NOON)
    yield ids, lambda: statuses(ledger, mailing)
    ledger.close()


def test_the_relays_log_settles_what_it_knows_and_a_person_the_rest(doubts, tmp_path):
    (first, second), now = doubts
    log = tmp_path / "mail.log"
    log.write_text(
        f"Dec  4 12:00:01 relay postfix/cleanup[1]: 4F1A2B3C4D: message-id=<{first}@o.example>\n"
        "Dec  4 12:00:01 relay postfix/qmgr[2]: 4F1A2B3C4D: from=<x@o.example>, size=9, nrcpt=1 "
        "(queue active)\n"
    )

    told = mailer("resolve", "--from-log", log, "--by", "Ada", workspace=tmp_path)
    assert first in told.stdout
    assert now() == ["accepted", "uncertain"]
    assert answer("status", workspace=tmp_path)["uncertain"] == [second]

    by_hand = ("resolve", second, "--as-sent", "--by", "Ada", "--why", "she rang")
    mailer(*by_hand, workspace=tmp_path)
    assert now() == ["accepted", "accepted"]


@pytest.mark.parametrize(
    ("word", "ends", "says"),
    [
        ("--as-sent", "accepted", "2 deliveries count as sent"),
        ("--resend", "pending", "2 messages are to be sent again"),
    ],
)
def test_all_the_doubts_of_a_campaign_are_settled_by_one_word_and_their_exact_number(
    doubts, tmp_path, word, ends, says
):
    _, now = doubts
    shown = mailer("status", workspace=tmp_path, lang="en").stdout
    assert (
        "All 2 at once: mailer resolve --campaign meeting --as-sent --confirm 2 --by NAME --why REASON"
        in shown
    )
    at_once = ("resolve", "--campaign", "meeting", word, "--by", "Ada", "--why", "the relay says")

    for number in ((), ("--confirm", 3)):
        refused = mailer(*at_once, *number, workspace=tmp_path, lang="en", expect=77)
        assert "2 deliveries are uncertain" in refused.stderr
        assert "Reader 0, Reader 1" in refused.stderr
        assert now() == ["uncertain", "uncertain"]

    told = mailer(*at_once, "--confirm", 2, workspace=tmp_path, lang="en")
    assert says in told.stdout
    assert now() == [ends, ends]
    assert answer("status", workspace=tmp_path)["uncertain"] == []
    again = mailer(*at_once, "--confirm", 2, workspace=tmp_path, lang="en")
    assert "Nothing is uncertain here" in again.stdout


def test_what_cannot_be_sent_again_is_told_and_stays_uncertain(tmp_path, doubts):
    (first, _), now = doubts
    (tmp_path / "campaigns" / "meeting").mkdir(parents=True)
    (tmp_path / "campaigns" / "meeting" / "campaign.toml").touch()
    mailer("cancel", "meeting", "--confirm", 1, workspace=tmp_path)
    word = ("--resend", "--by", "Ada", "--why", "the relay was down")
    at_once = ("--campaign", "meeting", "--step", "announcement", "--confirm", 2)

    told = mailer("resolve", *at_once, *word, workspace=tmp_path)
    alone = mailer("resolve", first, *word, workspace=tmp_path)

    assert "2 remises restent" in told.stderr
    assert "Rien n’a changé" in alone.stdout
    assert now() == ["uncertain", "uncertain"]


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        ((), "DELIVERY"),
        (("x", "--campaign", "meeting"), "DELIVERY, --campaign"),
        (("--campaign", "meeting"), "--as-sent/--resend"),
        (("x", "--resend", "--by", "Ada", "--why", "x", "--confirm", "1"), "--confirm"),
        (("x", "--resend", "--by", "Ada", "--why", "x", "--step", "reminder"), "--step"),
        (("x",), "--as-sent/--resend"),
        (("x", "--resend", "--by", "Ada"), "--why"),
    ],
)
def test_a_word_without_its_name_or_reason_settles_nothing(tmp_path, arguments, missing):
    refused = mailer("resolve", *arguments, workspace=tmp_path, expect=2)

    assert missing in refused.stderr


def test_a_log_that_is_not_there_is_named(tmp_path):
    refused = mailer("resolve", "--from-log", "no-such-file", workspace=tmp_path, expect=65)

    assert "no-such-file" in refused.stderr
