"""The SMTP backend against a scripted server: each phase, each way to fail."""

from dataclasses import replace

import pytest

from mailer.errors import BackendMisconfigured, BackendUnavailable
from mailer.model.address import Address
from mailer.model.mailings.delivery import Accepted, Concern, Deferred, Rejected, Stage, Uncertain
from mailer.providers.smtp.replies import ServerReply, refused
from mailer.providers.smtp.settings import SmtpSettings
from tests.counterparts.builders import a_delivery, a_message
from tests.counterparts.scripted_smtp import (
    DROP,
    LISTEN_FIRST,
    REFUSE_AND_DROP,
    STALL,
    TAKE_AND_DROP,
    Rule,
    ScriptedServer,
)
from tests.counterparts.smtp_sending import MAILING, backend, messages, send


@pytest.fixture(params=[(), ("PIPELINING",)], ids=["lock-step", "pipelining"])
def extensions(request):
    return request.param


@pytest.fixture(params=[1, 3], ids=["depth-1", "depth-3"])
def depth(request):
    return request.param


def test_each_message_goes_to_one_person_in_a_transaction_of_its_own(extensions, depth):
    sent = messages(5)
    with ScriptedServer(extensions=extensions) as server:
        outcomes, error = send(server, sent, depth=depth)

    assert error is None
    assert outcomes == [Accepted(f"250 2.0.0 Ok: queued as Q{number}") for number in range(1, 6)]
    assert [len(taken.rcpts) for taken in server.taken] == [1] * 5
    assert [taken.rcpts[0] for taken in server.taken] == [
        f"TO:<reader{number}@press.example>" for number in range(5)
    ]
    assert [taken.mail for taken in server.taken] == [
        f"FROM:<b+{message.delivery_id}@bounce.office.example>" for message in sent
    ]
    assert server.connections == 1
    assert server.commands[-1] == "QUIT"


def test_the_content_arrives_byte_for_byte(extensions):
    body = ".\r\n..two\r\nüñí\r\n.\r\n\r\n.end"
    message = a_message(a_delivery(mailing=MAILING), body=body)
    with ScriptedServer(extensions=(*extensions, "8BITMIME")) as server:
        send(server, [message])

    assert server.taken[0].content == message.raw + b"\r\n"
    assert server.taken[0].mail.endswith(" BODY=8BITMIME")


def test_with_pipelining_the_envelope_is_one_packet():
    with ScriptedServer(extensions=("PIPELINING",)) as server:
        send(server)

    assert any(
        batch.startswith(b"MAIL") and batch.endswith(b"DATA\r\n") for batch in server.batches
    )


def test_without_pipelining_nothing_is_sent_ahead():
    with ScriptedServer() as server:
        send(server, messages(3), depth=3)

    assert not any(batch.count(b"\r\n") > 1 and b"MAIL FROM" in batch for batch in server.batches)


def test_with_depth_the_next_envelope_travels_before_the_answer_to_the_dot():
    with ScriptedServer([Rule("dot", LISTEN_FIRST, times=2)], ("PIPELINING",)) as server:
        outcomes, error = send(server, messages(3), depth=2)

    assert error is None
    assert [type(outcome) for outcome in outcomes] == [Accepted] * 3


def test_the_next_envelope_travels_in_the_packet_of_the_dot():
    with ScriptedServer(extensions=("PIPELINING",)) as server:
        send(server, messages(3), depth=2)

    with_a_dot = [batch for batch in server.batches if b"\r\n.\r\n" in batch]
    assert [b"MAIL FROM" in batch for batch in with_a_dot] == [True, True, False]


def test_a_message_known_to_have_no_leading_dots_is_sent_as_it_is():
    sent = replace(a_message(a_delivery(mailing=MAILING)), is_dotless=True)
    with ScriptedServer() as server:
        send(server, [sent])

    assert server.taken[0].content == sent.raw


def test_with_depth_1_nothing_is_sent_before_the_answer_to_the_dot():
    with ScriptedServer([Rule("dot", LISTEN_FIRST, times=1)], ("PIPELINING",)) as server:
        outcomes, _ = send(server, messages(3), depth=1, dot_timeout_s=1)

    assert outcomes[0] == Uncertain("after the dot: timed out")


def test_no_message_is_taken_before_it_is_about_to_be_sent(extensions, depth):
    taken, answered, most = 0, 0, 0

    def source():
        nonlocal taken, most
        for message in messages(6):
            taken += 1
            most = max(most, taken - answered)
            yield message

    with ScriptedServer(extensions=extensions) as server:
        connection = backend(server, depth=depth).connect()
        for _ in connection.deliver(source()):
            answered += 1
        connection.close()

    assert most <= depth


def test_what_the_source_cannot_give_does_not_lose_the_answer_of_the_last_one():
    def source():
        yield messages()[0]
        raise BackendUnavailable

    with ScriptedServer(extensions=("PIPELINING",)) as server:
        connection = backend(server, depth=2).connect()
        deliveries = connection.deliver(source())
        outcomes = [next(deliveries)[1]]
        with pytest.raises(BackendUnavailable):
            next(deliveries)
        connection.close()

    assert isinstance(outcomes[0], Accepted)


@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA"])
def test_a_line_that_breaks_before_the_dot_is_a_safe_retry(phase, extensions, depth):
    with ScriptedServer([Rule(phase, DROP)], extensions) as server:
        outcomes, error = send(server, messages(3), depth=depth)

    assert [type(outcome) for outcome in outcomes] == [Deferred]
    assert isinstance(error, BackendUnavailable)
    assert server.taken == []


def test_a_line_that_breaks_within_the_content_is_a_safe_retry(extensions, depth):
    # More than the system's buffers hold, so that the dot never leaves this process.
    large = a_message(a_delivery(mailing=MAILING), body="x" * 70 + "\r\n" * 12_000_000)
    with ScriptedServer([Rule("content", DROP)], extensions) as server:
        outcomes, error = send(server, [large, *messages(2)], depth=depth)

    # With pipelining the next one had been taken already: it was to travel with the dot.
    assert [type(outcome) for outcome in outcomes] == [Deferred] * (
        2 if extensions and depth > 1 else 1
    )
    assert isinstance(error, BackendUnavailable)


def test_a_line_that_breaks_when_the_dot_has_left_us_leaves_a_doubt():
    with ScriptedServer([Rule("content", DROP)]) as server:
        outcomes, _ = send(server)

    assert [type(outcome) for outcome in outcomes] == [Uncertain]


@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA"])
def test_a_relay_that_stalls_before_the_dot_is_a_safe_retry(phase, extensions):
    with ScriptedServer([Rule(phase, STALL)], extensions) as server:
        outcomes, error = send(server, command_timeout_s=3)

    assert outcomes == [Deferred("timed out", concern=Concern.CONNECTION)]
    assert isinstance(error, BackendUnavailable)


@pytest.mark.parametrize("action", [TAKE_AND_DROP, REFUSE_AND_DROP])
def test_a_line_that_breaks_after_the_dot_leaves_a_doubt(action, extensions, depth):
    with ScriptedServer([Rule("dot", action)], extensions) as server:
        outcomes, error = send(server, messages(3), depth=depth)

    assert isinstance(outcomes[0], Uncertain)
    assert outcomes[0].detail.startswith("after the dot: ")
    assert all(isinstance(outcome, Deferred) for outcome in outcomes[1:])
    assert isinstance(error, BackendUnavailable)


def test_a_relay_that_stalls_after_the_dot_leaves_a_doubt(extensions):
    with ScriptedServer([Rule("dot", STALL)], extensions) as server:
        outcomes, error = send(server, dot_timeout_s=1)

    assert outcomes == [Uncertain("after the dot: timed out")]
    assert error is None
    assert len(server.taken) == 1


def test_a_relay_that_answers_the_dot_twice_as_late_as_we_wait_leaves_a_doubt():
    class Slow(ScriptedServer):
        def action_at(self, phase, words):
            action = super().action_at(phase, words)
            if phase == "dot" and "reader1@" in words:
                self._closing.wait(6)  # and then it says that it has taken the message
            return action

    with Slow() as server:
        outcomes, error = send(server, messages(3), dot_timeout_s=3)

    assert [type(outcome) for outcome in outcomes] == [Accepted, Uncertain, Accepted]
    assert error is None
    assert len(server.taken) == len(server.received) == 3
    assert SmtpSettings("relay.example").dot_timeout_s == 600  # RFC 5321 section 4.5.3.2.6


def test_a_line_that_idled_out_is_replaced_and_the_message_goes_once(extensions, depth):
    with ScriptedServer([Rule("MAIL", DROP, after=2, times=1)], extensions) as server:
        outcomes, error = send(server, messages(4), depth=depth)

    assert error is None
    assert [type(outcome) for outcome in outcomes] == [Accepted] * 4
    assert set(server.received.values()) == {1}
    assert server.connections == 2


def test_after_a_doubt_on_a_line_that_had_worked_the_rest_goes_on_a_new_one(extensions, depth):
    with ScriptedServer([Rule("dot", TAKE_AND_DROP, after=1, times=1)], extensions) as server:
        outcomes, error = send(server, messages(4), depth=depth)

    assert error is None
    assert [type(outcome) for outcome in outcomes] == [Accepted, Uncertain, Accepted, Accepted]
    assert set(server.received.values()) == {1}


def test_a_relay_that_breaks_every_line_is_not_fed_the_whole_list(extensions, depth):
    with ScriptedServer([Rule("dot", TAKE_AND_DROP)], extensions) as server:
        outcomes, error = send(server, messages(50), depth=depth)

    assert len(outcomes) <= 2
    assert isinstance(error, BackendUnavailable)


@pytest.mark.parametrize("phase", ["RCPT", "DATA", "dot"])
def test_a_transient_refusal_is_deferred_and_the_next_one_goes_on(phase, extensions, depth):
    rules = [Rule(phase, "451 4.7.1 Greylisted, come back", times=1)]
    with ScriptedServer(rules, extensions) as server:
        outcomes, error = send(server, messages(3), depth=depth)

    assert error is None
    assert outcomes[0] == Deferred("451 4.7.1 Greylisted, come back")
    assert [type(outcome) for outcome in outcomes[1:]] == [Accepted, Accepted]
    assert len(server.taken) == 2


@pytest.mark.parametrize("phase", ["RCPT", "DATA", "dot"])
def test_a_permanent_refusal_concerns_that_message_only(phase, extensions, depth):
    rules = [Rule(phase, "550 5.1.1 No such user", of="reader1@")]
    with ScriptedServer(rules, extensions) as server:
        outcomes, error = send(server, messages(3), depth=depth)

    assert error is None
    assert [type(outcome) for outcome in outcomes] == [Accepted, Rejected, Accepted]
    assert outcomes[1].reply.startswith("550 5.1.1 No such user")
    stages = {"RCPT": Stage.RECIPIENT, "DATA": Stage.DATA}
    assert outcomes[1].stage is stages.get(phase, Stage.CONTENT)
    assert len(server.taken) == 2


def test_a_relay_that_wants_content_for_nobody_gets_none():
    rules = [Rule("RCPT", "550 no", times=1), Rule("DATA without RCPT", "354 go on")]
    with ScriptedServer(rules, ("PIPELINING",)) as server:
        outcomes, error = send(server, messages(2))

    assert error is None
    assert [type(outcome) for outcome in outcomes] == [Rejected, Accepted]
    assert [len(taken.rcpts) for taken in server.taken] == [1]


def test_a_refused_sender_stops_everything_and_fails_nobody(extensions, depth):
    with ScriptedServer([Rule("MAIL", "550 5.7.1 Sender denied")], extensions) as server:
        outcomes, error = send(server, messages(3), depth=depth)

    assert [type(outcome) for outcome in outcomes] == [Deferred]
    assert isinstance(error, BackendMisconfigured)
    assert "550 5.7.1 Sender denied" in str(error)


def test_a_message_too_large_at_mail_is_not_blamed_on_the_sender(extensions):
    rules = [Rule("MAIL", "552 5.3.4 Message too big", times=1)]
    with ScriptedServer(rules, extensions) as server:
        outcomes, error = send(server, messages(2))

    assert [type(outcome) for outcome in outcomes] == [Deferred]
    assert "The message is larger than the relay takes: 552 5.3.4 Message too big" in str(error)


def test_a_relay_that_wants_a_login_stops_everything_and_fails_nobody(extensions):
    rules = [Rule("RCPT", "530 5.7.0 Authentication required")]
    with ScriptedServer(rules, extensions) as server:
        outcomes, error = send(server)

    assert [type(outcome) for outcome in outcomes] == [Deferred]
    assert isinstance(error, BackendMisconfigured)


@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA"])
def test_after_421_the_rest_goes_on_a_new_line(phase, extensions, depth):
    rules = [Rule(phase, "421 4.7.0 Too many messages", after=2, times=1)]
    with ScriptedServer(rules, extensions) as server:
        outcomes, error = send(server, messages(4), depth=depth)

    assert error is None
    assert [type(outcome) for outcome in outcomes] == [Accepted] * 4
    assert set(server.received.values()) == {1}
    assert server.connections == 2


def test_421_after_the_dot_is_an_answer_and_no_doubt(extensions, depth):
    with ScriptedServer([Rule("dot", "421 4.3.2 Shutting down", times=1)], extensions) as server:
        outcomes, error = send(server, messages(3), depth=depth)

    assert error is None
    assert [type(outcome) for outcome in outcomes] == [Deferred, Accepted, Accepted]


def test_a_relay_that_keeps_saying_421_is_left_alone(extensions):
    with ScriptedServer([Rule("MAIL", "421 4.7.0 Go away")], extensions) as server:
        outcomes, error = send(server, messages(50))

    assert [type(outcome) for outcome in outcomes] == [Deferred]
    assert isinstance(error, BackendUnavailable)
    assert "Go away" in str(error)


def test_a_line_carries_its_number_of_messages_and_no_more(extensions, depth):
    with ScriptedServer(extensions=extensions) as server:
        outcomes, _ = send(server, messages(7), depth=depth, messages_per_connection=3)

    assert [type(outcome) for outcome in outcomes] == [Accepted] * 7
    assert [taken.connection for taken in server.taken] == [1, 1, 1, 2, 2, 2, 3]


def test_an_address_that_the_relay_cannot_carry_is_not_offered(extensions, depth):
    sent = messages(3)
    accented = a_message(a_delivery(8, mailing=MAILING, address=Address("éva", "press.example")))
    forged = a_message(
        a_delivery(9, mailing=MAILING, address=Address("a>\r\nRCPT TO:<b", "press.example"))
    )
    with ScriptedServer(extensions=(*extensions, "SIZE 5000")) as server:
        outcomes, error = send(server, [sent[0], accented, sent[1], forged, sent[2]], depth=depth)

    assert error is None
    assert [getattr(outcome, "reply", "")[:9] for outcome in outcomes] == [
        "250 2.0.0",
        "553 5.6.7",
        "250 2.0.0",
        "501 5.1.3",
        "250 2.0.0",
    ]
    assert isinstance(outcomes[3], Rejected)
    assert outcomes[1].concern is Concern.ADDRESS_FORM
    assert len(server.taken) == 3
    assert server.taken[0].mail.endswith(f" SIZE={len(sent[0].raw)}")


def test_a_message_above_the_relay_s_size_is_not_offered(extensions, depth):
    large = a_message(a_delivery(7, mailing=MAILING), body="x\r\n" * 2_000)
    with ScriptedServer(extensions=(*extensions, "SIZE 5000")) as server:
        outcomes, error = send(server, [*messages(2), large], depth=depth)

    assert [type(outcome) for outcome in outcomes] == [Accepted, Accepted, Deferred]
    assert isinstance(error, BackendMisconfigured)
    assert "the message has 6 kB, and the relay takes 5 kB" in str(error)
    assert len(server.taken) == 2


def test_letters_beyond_ascii_go_where_the_relay_takes_them(extensions):
    message = a_message(a_delivery(mailing=MAILING, address=Address("éva", "press.example")))
    with ScriptedServer(extensions=(*extensions, "SMTPUTF8")) as server:
        outcomes, _ = send(server, [message])

    assert [type(outcome) for outcome in outcomes] == [Accepted]
    assert server.taken[0].rcpts == ("TO:<éva@press.example>",)
    assert server.taken[0].mail.endswith(" SMTPUTF8")


def test_our_id_is_asked_back_in_delivery_reports(extensions):
    (message,) = messages()
    with ScriptedServer(extensions=(*extensions, "DSN")) as server:
        send(server, [message])

    assert server.taken[0].mail.endswith(f" RET=HDRS ENVID={message.delivery_id}")
    assert server.taken[0].rcpts == (
        "TO:<reader0@press.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;reader0@press.example",
    )


@pytest.mark.parametrize(
    ("reply", "asks"),
    [
        ("421 4.7.0 Try again later", True),
        ("450 4.7.1 Too many messages", True),
        ("451 4.7.1 Greylisted, come back", False),
        ("452 4.2.2 Mailbox full", False),
        ("450 Too many messages, see 4.7.1", False),
    ],
)
def test_only_a_policy_code_that_is_no_greylist_asks_us_to_slow_down(reply, asks):
    code, _, text = reply.partition(" ")

    outcome = refused(ServerReply(int(code), (text,)), stage=Stage.RECIPIENT)

    assert outcome == Deferred(reply, is_throttled=asks)
