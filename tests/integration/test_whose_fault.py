"""Whose fault a refusal is: the person's, the line's, the relay's, or ours (SMTP)."""

from datetime import timedelta
from functools import cache

import pytest

from mailer.clock import SimulatedClock
from mailer.errors import BackendMisconfigured, BackendUnavailable
from mailer.ledger import open_ledger
from mailer.model.address import Address
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.model.mailings.mailing import MailingState
from mailer.operations.feedback.record import process_stored_events
from mailer.operations.sending.deliver import run_chunk
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from mailer.wording import from_note
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_delivery,
    a_mailing,
    a_message,
    started,
    statuses,
)
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.scripted_smtp import Rule, ScriptedServer

SHAPES = [(), ("PIPELINING",), ("PIPELINING", "CHUNKING")]
"""The three ways in which messages travel: phase by phase, with pipelining, and as chunks."""


@pytest.fixture(params=SHAPES, ids=["lock-step", "pipelining", "chunks"])
def extensions(request):
    return request.param


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    yield ledger
    ledger.close()


@pytest.fixture
def clock():
    return SimulatedClock(NOON)


@pytest.fixture
def deliver(ledger, clock):
    """Deliver one chunk to a relay. Returns the error that ended it, if one did."""

    @cache  # as a service keeps it: making one reads all certificates of the system
    def backend(port, depth):
        return SmtpBackend(
            SmtpSettings("127.0.0.1", port, "none", depth=depth, connect_timeout_s=60)
        )

    def deliver(server, *, depth=3, body="Bonjour.\r\n"):
        try:
            run_chunk(
                ledger=ledger,
                backend=backend(server.port, depth),
                message_for=lambda mailing, each: a_message(each, mailing=mailing, body=body),
                clock=clock,
                worker="w",
            )
        except (BackendMisconfigured, BackendUnavailable) as error:
            return error
        return None

    return deliver


def until_idle(ledger, clock, deliver, server, *, within=timedelta(hours=2)):
    """Deliver whatever is due until nothing is. Returns how long that took."""
    last = clock.now() + within
    while (due_at := ledger.mailings.next_due_at()) is not None and due_at <= last:
        clock.wait_until(due_at)
        deliver(server)
    return clock.now() - NOON


def resume(ledger, mailing, clock):
    assert ledger.mailings.change_state(
        mailing.id, to=MailingState.ACTIVE, actor=ACTOR, why="corrected", at=clock.now()
    )


def why_paused(ledger, mailing):
    mailing = ledger.mailings.get(mailing.id)
    return str(from_note(mailing.note)) if mailing.state is MailingState.PAUSED else ""


def tries(ledger, mailing):
    return [each.attempt for each in ledger.deliveries.of_mailing(mailing.id)]


def everybody(ledger, mailing):
    return set(statuses(ledger, mailing))


OUR_FAULTS = {
    "size at MAIL": ("MAIL", "552 5.3.4 Message size exceeds fixed limit"),
    "size at MAIL without a code": ("MAIL", "552 Message size exceeds fixed maximum message size"),
    "size at the dot": ("dot", "552 5.3.4 Error: message file too big"),
    "size in French": ("dot", "552 Taille du message trop grand"),
    "size, Google": ("dot", "552 5.2.3 Your message exceeded Google's message size limits"),
    "size, VMS": ("dot", "523 5.2.3 the message length exceeds administrative limit"),
    "size at RCPT": ("RCPT", "552 5.2.3 Message exceeds administrative limit"),
    "login at MAIL": ("MAIL", "530 5.7.0 Authentication required"),
    "login at RCPT": ("RCPT", "530 5.7.0 Must issue a STARTTLS command first"),
    "login at DATA": ("DATA", "530 5.7.0 Authentication required"),
    "login at the dot": ("dot", "530 5.7.1 Client was not authenticated"),
    "expired login": ("RCPT", "535 5.7.8 Authentication credentials invalid"),
    "sender": ("MAIL", "550 5.7.1 Sender denied"),
    "sender said at RCPT": ("RCPT", "553 5.7.1 <x@y.example>: Sender address rejected: not owned"),
    "relaying": ("RCPT", "554 5.7.1 <x@y.example>: Relay access denied"),
    "relaying, Exim": ("RCPT", "550 relay not permitted"),
    "relaying, qmail": ("RCPT", "553 that domain isn't in my list of allowed rcpthosts (#5.7.1)"),
    "our server": ("RCPT", "554 5.7.1 <unknown[192.0.2.1]>: Client host rejected: Access denied"),
    "our name": ("RCPT", "504 5.5.2 <host>: Helo command rejected: need fully-qualified hostname"),
    "blocklist": ("RCPT", "554 5.7.1 Client host [192.0.2.1] blocked using bl.example"),
    "blocklist, at length": ("RCPT", "550 Your IP is on a block list, which requires delisting"),
    "relaying to somebody": ("RCPT", "550 5.7.1 Relaying is not permitted for this recipient"),
    "sender of somebody": ("RCPT", "553 Sender address rejected: not owned by this user"),
    "our protocol": ("RCPT", "503 5.5.1 Bad sequence of commands"),
    "SPF": ("dot", "550 5.7.23 SPF validation failed"),
    "DMARC": ("dot", "550 5.7.515 Access denied, sending domain does not meet the requirements"),
    "login in English": ("RCPT", "554 5.7.1 You are not allowed to send mail, please authenticate"),
    "login in French": ("RCPT", "550 Envoi refusé : authentification requise"),
    "login in German": ("RCPT", "550 Bitte zuerst am Server anmelden: Authentifizierung nötig"),
    "account": ("RCPT", "550 5.7.0 Your account has been suspended for sending spam"),
    "account of sending": ("RCPT", "550 5.7.1 Sending account disabled"),
    "account that sends no more": ("RCPT", "550 5.2.1 Your mailbox is disabled for sending"),
    "account in French": ("RCPT", "550 5.7.1 Votre compte a été suspendu, envoi interdit"),
    "account in German": ("RCPT", "554 5.7.1 Ihr Konto wurde für den Versand gesperrt"),
    "account at the dot": ("dot", "550 5.7.0 Your account has been suspended"),
    "hour's quota": ("RCPT", "554 5.5.0 your hourly quota of 500 messages is used up"),
    "quota in French": ("RCPT", "550 Limite d'envoi quotidienne atteinte pour votre compte"),
    "quota in German": ("RCPT", "550 Ihr Stundenlimit von 500 Nachrichten ist erreicht"),
    "day's quota": ("RCPT", "550 5.4.5 Daily SMTP relay sending limit exceeded"),
    "content": ("dot", "554 5.7.1 Message looks like spam"),
}


@pytest.mark.parametrize("name", OUR_FAULTS)
def test_what_is_our_fault_marks_nobody_pauses_with_the_reason_and_everybody_is_served_after_it(
    ledger, clock, deliver, extensions, name
):
    phase, reply = OUR_FAULTS[name]
    if phase == "DATA" and "CHUNKING" in extensions:
        # With CHUNKING the command DATA is never sent, so that nobody can answer it.
        pytest.skip("a chunk needs no DATA")
    mailing, _ = started(ledger, count=12)

    with ScriptedServer([Rule(phase, reply)], extensions) as server:
        deliver(server)
        assert everybody(ledger, mailing) <= {"deferred", "pending"}
        assert reply[:20] in why_paused(ledger, mailing)
        server.rules.clear()
        resume(ledger, mailing, clock)
        until_idle(ledger, clock, deliver, server)

    assert everybody(ledger, mailing) == {"accepted"}
    assert set(server.received.values()) == {1}


def test_a_message_above_the_size_of_the_relay_is_not_offered_and_leaves_once_it_may(
    ledger, clock, deliver, extensions
):
    mailing, _ = started(ledger, count=5)
    large = "x" * 70 + "\r\n" * 20_000

    with ScriptedServer(extensions=(*extensions, "SIZE 10000")) as server:
        deliver(server, body=large)
        assert server.passed["MAIL"] == 0
        assert "the relay takes 10 kB" in why_paused(ledger, mailing)
        server.extensions = (*extensions, "SIZE 1000000")
        resume(ledger, mailing, clock)
        deliver(server, body=large)

    assert statuses(ledger, mailing) == ["accepted"] * 5
    assert tries(ledger, mailing) == [1] * 5


def test_an_address_beyond_ascii_waits_for_a_relay_that_carries_it_and_holds_nobody(
    ledger, clock, deliver, extensions
):
    mailing = a_mailing()
    addresses = [Address(local, "press.example") for local in ("léa", "tom", "zoé", "max")]
    deliveries = [
        a_delivery(number, mailing=mailing, address=address)
        for number, address in enumerate(addresses)
    ]
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    ledger.mailings.start(mailing.id, deliveries=deliveries, exclusions=(), at=NOON)

    with ScriptedServer(extensions=extensions) as server:
        deliver(server)
        assert statuses(ledger, mailing) == ["deferred", "accepted", "deferred", "accepted"]
        assert why_paused(ledger, mailing).startswith("2 messages are left that are not taken")
        server.extensions = (*extensions, "SMTPUTF8")
        resume(ledger, mailing, clock)
        until_idle(ledger, clock, deliver, server)

    assert statuses(ledger, mailing) == ["accepted"] * 4
    assert tries(ledger, mailing) == [1] * 4


PERSONAL = [
    ("RCPT", "550 5.1.1 No such user"),
    ("RCPT", "552 5.2.2 Mailbox full"),
    ("RCPT", "552 Requested mail action aborted: exceeded storage allocation"),
    ("RCPT", "552 5.2.3 Message exceeds the limit of this mailbox"),
    ("RCPT", "552 5.2.2 user over quota"),
    ("RCPT", "550 5.2.1 The recipient's account has been suspended"),
    ("RCPT", "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required"),
    ("RCPT", "550 5.7.1 You are not allowed to send mail to this distribution list"),
    ("RCPT", "550 Le compte du destinataire est suspendu"),
    ("RCPT", "552 Das Postfach hat sein Limit erreicht"),
    ("RCPT", "556 5.1.10 Recipient address has null MX"),
    ("RCPT", "550 5.1.10 Domain does not accept mail (nullMX)"),
    ("RCPT", "501 5.1.3 Bad recipient address syntax"),
    ("RCPT", "550 5.7.1 host mx.press.example said: 550 Client host blocked using bl.example"),
    ("dot", "550 5.1.1 No such user"),
]


@pytest.mark.parametrize(("phase", "reply"), PERSONAL)
def test_what_is_about_the_person_is_rejected_for_that_person_alone(ledger, deliver, phase, reply):
    mailing, _ = started(ledger, count=4)
    with ScriptedServer([Rule(phase, reply, of="reader1@")]) as server:
        deliver(server)

    assert statuses(ledger, mailing) == ["accepted", "rejected", "accepted", "accepted"]
    assert not why_paused(ledger, mailing)


NO_MAIL = [
    "556 5.1.10 Recipient address has null MX",
    "550 5.1.10 <reader1@press.example>: Recipient address rejected: Domain has null MX",
    "556 5.1.10 The address does not accept mail",
]


@pytest.mark.parametrize("reply", NO_MAIL)
def test_a_person_whose_domain_takes_no_mail_is_refused_and_barred_and_pauses_nothing(
    ledger, clock, deliver, reply
):
    mailing, deliveries = started(ledger, count=4)
    with ScriptedServer([Rule("RCPT", reply, of="reader1@")]) as server:
        deliver(server)
        list(process_stored_events(ledger=ledger, now=clock.now()))

    assert statuses(ledger, mailing) == ["accepted", "rejected", "accepted", "accepted"]
    assert not why_paused(ledger, mailing)
    assert [each.address for each in ledger.suppressions.all()] == [deliveries[1].address]


@pytest.mark.parametrize("phase", ["RCPT", "dot"])
def test_a_message_too_long_for_one_mailbox_is_refused_by_that_one_and_marks_nobody_else(
    ledger, clock, deliver, phase
):
    mailing, _ = started(ledger, count=4)
    too_long = Rule(phase, "552 5.2.3 Too long for this mailbox", of="reader1@")
    with ScriptedServer([too_long]) as server:
        deliver(server)
        until_idle(ledger, clock, deliver, server)

    assert statuses(ledger, mailing) == ["accepted", "rejected", "accepted", "accepted"]
    assert not why_paused(ledger, mailing)


def test_a_filter_of_one_person_refuses_a_content_twice_before_that_counts(ledger, clock, deliver):
    mailing, _ = started(ledger, count=4)
    with ScriptedServer([Rule("dot", "554 5.7.1 Spam", of="reader1@")]) as server:
        deliver(server)
        first = statuses(ledger, mailing)
        until_idle(ledger, clock, deliver, server)

    assert first == ["accepted", "deferred", "accepted", "accepted"]
    assert statuses(ledger, mailing) == ["accepted", "rejected", "accepted", "accepted"]
    assert not why_paused(ledger, mailing)


@pytest.mark.parametrize("reply", ["421 4.7.0 Try again later", "421 Too many connections"])
def test_421_at_one_recipient_does_not_hold_the_others(ledger, clock, deliver, extensions, reply):
    mailing, deliveries = started(ledger, count=30)
    rules = [Rule("RCPT", reply, of=f"reader{number}@") for number in (0, 7, 8, 21)]

    with ScriptedServer(rules, extensions) as server:
        while clock.now() < NOON + timedelta(seconds=140):
            deliver(server)
            clock.wait_until(clock.now() + timedelta(seconds=1))
        served = statuses(ledger, mailing).count("accepted")
        server.rules.clear()
        until_idle(ledger, clock, deliver, server)

    assert served >= 26
    assert statuses(ledger, mailing) == ["accepted"] * 30
    assert server.received == {delivery.id: 1 for delivery in deliveries}


def test_a_relay_that_says_421_to_everybody_is_left_alone(ledger, clock, deliver, extensions):
    mailing, _ = started(ledger, count=30)

    with ScriptedServer([Rule("RCPT", "421 4.3.2 Going down")], extensions) as server:
        error = deliver(server)

    assert isinstance(error, BackendUnavailable)
    assert server.connections <= 6
    assert ledger.mailings.next_due_at() == NOON + timedelta(minutes=1)
    assert everybody(ledger, mailing) <= {"pending", "deferred"}


@pytest.mark.parametrize(
    "reply",
    [
        "452 4.5.3 Too many messages in this session",
        "452 4.3.1 Insufficient system storage",
        "452 too many",
        "451 4.3.0 Temporary lookup failure",
        "450 4.1.8 Sender address rejected: Domain not found",
    ],
)
def test_a_temporary_refusal_of_mail_reopens_the_line_and_charges_nobody(
    ledger, clock, deliver, extensions, reply
):
    mailing, _ = started(ledger, count=20)
    rules = [Rule("MAIL", reply, after=4, times=1), Rule("MAIL", reply, after=5, times=1)]

    with ScriptedServer(rules, extensions) as server:
        deliver(server)
        until_idle(ledger, clock, deliver, server)

    assert statuses(ledger, mailing) == ["accepted"] * 20
    assert tries(ledger, mailing) == [1] * 20
    assert server.connections >= 2
    assert clock.now() - NOON <= timedelta(minutes=1)


def test_a_relay_that_takes_no_sender_at_present_is_asked_again_in_a_minute(
    ledger, clock, deliver, extensions
):
    mailing, _ = started(ledger, count=5)

    with ScriptedServer([Rule("MAIL", "452 4.3.1 Disk full")], extensions) as server:
        error = deliver(server)
        waits = ledger.mailings.next_due_at() - NOON
        server.rules.clear()
        until_idle(ledger, clock, deliver, server)

    assert isinstance(error, BackendUnavailable)
    assert waits == timedelta(minutes=1)
    assert statuses(ledger, mailing) == ["accepted"] * 5
    assert tries(ledger, mailing) == [1] * 5


TOO_MUCH = [
    ("MAIL", "450 4.7.1 Error: too much mail from 127.0.0.1"),
    ("MAIL", "451 4.7.1 Rate limited"),
    ("RCPT", "450 4.7.1 Error: too many recipients from 127.0.0.1"),
    ("RCPT", "450 Error: too much mail from [192.0.2.7]"),
    ("RCPT", "451 4.7.1 You have exceeded your sending rate"),
    ("RCPT", "450 4.7.0 Rate limit exceeded for account press@office.example"),
    ("RCPT", "452 4.7.1 Trop de messages envoyés depuis votre adresse"),
    ("dot", "421 4.7.0 too many messages from you, slow down"),
    ("RCPT", "450 4.7.28 an unusual rate of mail originating from your IP address"),
    ("RCPT", "450 4.7.1 You have sent too many mails, wait an hour"),
    ("RCPT", "451 4.7.1 Hourly limit of your plan reached"),
    ("RCPT", "452 Quota horaire de 500 messages dépassé"),
    ("RCPT", "450 4.7.1 Tageskontingent für den Versand ausgeschöpft"),
    ("RCPT", "450 4.7.1 Your account is temporarily suspended"),
    ("RCPT", "454 4.7.0 Authentification requise pour envoyer"),
]


@pytest.mark.parametrize(("phase", "reply"), TOO_MUCH)
def test_too_much_mail_from_us_slows_us_and_no_recipient_s_provider(
    ledger, clock, deliver, extensions, phase, reply
):
    mailing = a_mailing()
    deliveries = [
        a_delivery(number, mailing=mailing, address=Address("r", f"outlet{number}.example"))
        for number in range(10)
    ]
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    ledger.mailings.start(mailing.id, deliveries=deliveries, exclusions=(), at=NOON)

    with ScriptedServer([Rule(phase, reply, after=3, times=3)], extensions) as server:
        deliver(server)
        slowed = ledger.rate_limits.slowed(now=clock.now())
        held = ledger.mailings.next_due_at()
        took = until_idle(ledger, clock, deliver, server)

    assert slowed == {"provider:smtp"}
    assert held == NOON + timedelta(minutes=1)
    assert statuses(ledger, mailing) == ["accepted"] * 10
    assert tries(ledger, mailing) == [1] * 10
    assert took <= timedelta(minutes=6)


def test_three_providers_that_throttle_us_in_a_row_are_our_own_relay(ledger, clock, deliver):
    mailing = a_mailing()
    deliveries = [
        a_delivery(number, mailing=mailing, address=Address("r", f"outlet{number}.example"))
        for number in range(6)
    ]
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    ledger.mailings.start(mailing.id, deliveries=deliveries, exclusions=(), at=NOON)

    with ScriptedServer([Rule("RCPT", "450 4.7.1 Too many messages")]) as server:
        deliver(server)

    assert server.passed["RCPT"] == 3
    assert "provider:smtp" in ledger.rate_limits.slowed(now=clock.now())


def test_a_day_of_patience_with_our_own_relay_gives_nobody_up(ledger, clock, deliver):
    mailing, _ = started(ledger, count=2)

    with ScriptedServer([Rule("MAIL", "452 4.3.1 Disk full")]) as server:
        for _hour in range(30):
            deliver(server)
            clock.wait_until(clock.now() + timedelta(hours=1))
        server.rules.clear()
        deliver(server)

    delivered = list(ledger.deliveries.of_mailing(mailing.id))
    assert {each.status for each in delivered} == {DeliveryStatus.ACCEPTED}


@pytest.mark.parametrize(
    "reply",
    ["199 odd", "600 odd", "000 odd", "999 odd", "250-first\r\n550 second", "250-a\r\n251 b"],
)
@pytest.mark.parametrize("phase", ["EHLO", "MAIL", "RCPT", "DATA", "connect"])
def test_a_reply_outside_the_protocol_ends_the_line_and_marks_nobody(
    ledger, clock, deliver, phase, reply
):
    mailing, _ = started(ledger, count=3)

    with ScriptedServer([Rule(phase, reply, times=1)]) as server:
        error = deliver(server)
        until_idle(ledger, clock, deliver, server)

    assert isinstance(error, BackendUnavailable)
    assert statuses(ledger, mailing) == ["accepted"] * 3
    assert tries(ledger, mailing) == [1] * 3
    assert set(server.received.values()) == {1}


@pytest.mark.parametrize("reply", ["199 odd", "600 odd", "250-first\r\n550 second", "354 go on"])
def test_a_reply_outside_the_protocol_to_the_content_leaves_one_doubt(
    ledger, clock, deliver, extensions, reply
):
    mailing, _ = started(ledger, count=1)

    with ScriptedServer([Rule("dot", reply, times=1)], extensions) as server:
        deliver(server, depth=1)

    assert statuses(ledger, mailing) == ["uncertain"]


def test_a_positive_reply_to_the_wrong_command_ends_the_line(ledger, clock, deliver):
    # After 250 to DATA our content would be read as commands.
    mailing, _ = started(ledger, count=1)

    with ScriptedServer([Rule("DATA", "250 ok", times=1)]) as server:
        deliver(server)
        sent_as_commands = [each for each in server.commands if "Bonjour" in each]
        until_idle(ledger, clock, deliver, server)

    assert sent_as_commands == []
    assert statuses(ledger, mailing) == ["accepted"]
