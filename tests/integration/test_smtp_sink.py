"""Each phase of SMTP refused, broken off or stalled by a server that is not ours: Postfix's."""

from contextlib import suppress
from itertools import product

import pytest

from mailer.clock import SimulatedClock
from mailer.errors import BackendMisconfigured, BackendUnavailable
from mailer.ledger import open_ledger
from mailer.operations.sending.deliver import run_chunk
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from tests.counterparts.builders import NOON, a_message, started, statuses
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.smtp_sink import MISSING, SINK, smtp_sink

pytestmark = pytest.mark.skipif(SINK is None, reason=MISSING)

BEFORE_THE_DOT = ("MAIL", "RCPT", "DATA")
IN_THE_GREETING = ("CONNECT", "EHLO")


@pytest.fixture
def send(tmp_path):
    """Sends to a sink with these options: the three statuses, and the mailing's state."""
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))

    def send(*options, **timeouts):
        mailing, _ = started(ledger, count=3)
        with smtp_sink(*options) as port, suppress(BackendUnavailable, BackendMisconfigured):
            settings = SmtpSettings("127.0.0.1", port, "none", **timeouts)
            run_chunk(
                ledger=ledger,
                backend=SmtpBackend(settings),
                message_for=lambda mailing, delivery: a_message(delivery, mailing=mailing),
                clock=SimulatedClock(NOON),
                worker="w",
            )
        return statuses(ledger, mailing), ledger.mailings.get(mailing.id).state

    yield send
    ledger.close()


def test_everybody_is_accepted_by_a_sink_that_behaves(send):
    assert send() == (["accepted"] * 3, "active")


@pytest.mark.parametrize("how", ["-q", "-Q", "-r"], ids=["dropped", "421", "4yz"])
@pytest.mark.parametrize("phase", IN_THE_GREETING)
def test_a_sink_that_turns_us_away_in_the_greeting_is_asked_again_later(send, how, phase):
    assert send(how, phase) == (["pending"] * 3, "active")


@pytest.mark.parametrize(("how", "phase"), [*product(["-q"], BEFORE_THE_DOT), ("-Q", "MAIL")])
def test_a_sink_that_breaks_off_before_the_dot_leaves_no_doubt(send, how, phase):
    assert send(how, phase) == (["deferred", "pending", "pending"], "active")


@pytest.mark.parametrize("phase", ["RCPT", "DATA"])
def test_a_sink_that_closes_at_one_recipient_is_asked_for_the_next(send, phase):
    assert send("-Q", phase) == (["deferred"] * 3, "active")


@pytest.mark.parametrize("phase", ["RCPT", "DATA", "."])
def test_a_sink_that_answers_4yz_is_asked_again_later(send, phase):
    assert send("-r", phase) == (["deferred"] * 3, "active")


def test_a_sink_that_takes_no_sender_at_present_is_left_alone(send):
    assert send("-r", "MAIL") == (["deferred", "pending", "pending"], "active")


def test_a_sink_that_answers_421_to_the_dot_has_answered(send):
    assert send("-Q", ".") == (["deferred"] * 3, "active")


def test_a_sink_that_breaks_off_at_the_dot_leaves_one_doubt_and_the_rest_waits(send):
    assert send("-q", ".") == (["uncertain", "pending", "pending"], "active")


def test_a_sink_that_reads_no_further_after_data_leaves_one_doubt(send):
    # The content fits into the line's buffers: our dot has left, and no answer comes.
    assert send("-H", "3", dot_timeout_s=1) == (["uncertain", "pending", "pending"], "active")


def test_a_sink_that_keeps_us_waiting_for_data_is_a_safe_retry(send):
    assert send("-w", "8", command_timeout_s=4) == (["deferred", "pending", "pending"], "active")


@pytest.mark.parametrize("phase", ["RCPT", "DATA"])
def test_a_sink_that_refuses_recipients_refuses_those(send, phase):
    assert send("-f", phase) == (["rejected"] * 3, "active")


@pytest.mark.parametrize("phase", IN_THE_GREETING)
def test_a_sink_that_wants_nothing_from_us_pauses_the_mailing_and_fails_nobody(send, phase):
    assert send("-f", phase) == (["pending"] * 3, "paused")


def test_a_sink_that_refuses_our_sender_pauses_the_mailing_and_fails_nobody(send):
    assert send("-f", "MAIL") == (["deferred", "pending", "pending"], "paused")


@pytest.mark.parametrize("refusal", [("-f", "."), ("-A", "0")], ids=["at the dot", "before it"])
def test_a_sink_that_refuses_the_content_pauses_the_mailing(send, refusal):
    assert send(*refusal) == (["deferred"] * 3, "paused")
