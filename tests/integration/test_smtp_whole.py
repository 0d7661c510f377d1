"""Messages sent whole to a relay that takes chunks: each way to fail, many on their way."""

from dataclasses import replace

import pytest

from mailer.errors import BackendMisconfigured, BackendUnavailable
from mailer.model.mailings.delivery import Accepted, Deferred, Rejected, Stage, Uncertain
from tests.counterparts.builders import a_delivery, a_message
from tests.counterparts.scripted_smtp import (
    DROP,
    LISTEN_FIRST,
    STALL,
    TAKE_AND_DROP,
    Rule,
    ScriptedServer,
)
from tests.counterparts.smtp_sending import MAILING, backend, messages, send

WHOLE = ("PIPELINING", "CHUNKING")


def kinds(outcomes):
    return [type(outcome) for outcome in outcomes]


def test_envelope_and_content_travel_together_and_others_follow_before_the_answer():
    with ScriptedServer([Rule("dot", LISTEN_FIRST, times=2)], WHOLE) as server:
        outcomes, error = send(server, messages(3), depth=3)

    assert error is None
    assert outcomes == [Accepted(f"250 2.0.0 Ok: queued as Q{number}") for number in (1, 2, 3)]
    assert not any(command.startswith("DATA") for command in server.commands)
    assert server.commands[-1] == "QUIT"


def test_the_careful_depth_of_one_goes_phase_by_phase():
    with ScriptedServer(extensions=WHOLE) as server:
        send(server, messages(2), depth=1)

    assert [command for command in server.commands if command[:4] in {"DATA", "BDAT"}] == [
        "DATA",
        "DATA",
    ]


def test_without_pipelining_chunks_are_of_no_use():
    with ScriptedServer(extensions=("CHUNKING",)) as server:
        outcomes, _ = send(server, messages(2), depth=3)

    assert kinds(outcomes) == [Accepted, Accepted]
    assert "DATA" in server.commands


def test_a_chunk_carries_the_content_as_it_is():
    body = ".\r\n..two\r\nüñí\r\n.\r\n\r\n.end"
    message = a_message(a_delivery(mailing=MAILING), body=body)
    with ScriptedServer(extensions=(*WHOLE, "8BITMIME", "SIZE 100000")) as server:
        send(server, [message], depth=2)

    assert server.taken[0].content == message.raw
    assert server.taken[0].mail.endswith(f" SIZE={len(message.raw)} BODY=8BITMIME")


@pytest.mark.parametrize("depth", [2, 5, 16])
def test_never_more_are_taken_and_unanswered_than_the_depth(depth):
    taken = answered = most = 0

    def source():
        nonlocal taken, most
        for message in messages(40):
            taken += 1
            most = max(most, taken - answered)
            yield message

    with ScriptedServer(extensions=WHOLE) as server:
        connection = backend(server, depth=depth).connect()
        for _ in connection.deliver(source()):
            answered += 1
        connection.close()

    assert answered == 40
    assert most == depth


@pytest.mark.parametrize("phase", ["MAIL", "RCPT"])
@pytest.mark.parametrize("action", [DROP, STALL])
def test_a_line_lost_without_a_word_leaves_those_on_their_way_in_doubt_and_no_others(phase, action):
    with ScriptedServer([Rule(phase, action)], WHOLE) as server:
        outcomes, error = send(server, messages(9), depth=3, command_timeout_s=3, dot_timeout_s=3)

    # The last one may have found the line broken before all of it had left.
    assert kinds(outcomes) in ([Uncertain] * 3, [Uncertain] * 2 + [Deferred], [Uncertain, Deferred])
    assert isinstance(error, BackendUnavailable)
    assert server.taken == []


def test_what_was_taken_and_not_answered_is_in_doubt():
    with ScriptedServer([Rule("dot", TAKE_AND_DROP, after=1, times=1)], WHOLE) as server:
        outcomes, error = send(server, messages(9), depth=3)

    # The first was answered; of those then on their way the relay had taken one.
    doubts = kinds(outcomes).count(Uncertain)
    assert error is None
    assert 1 <= doubts <= 3
    assert kinds(outcomes).count(Accepted) == 9 - doubts
    assert set(server.received.values()) == {1}
    assert len(server.received) == 9 - doubts + 1


def test_a_line_that_breaks_within_a_content_is_a_safe_retry():
    # More than the system's buffers hold, so that the last byte never leaves this process.
    large = a_message(a_delivery(mailing=MAILING), body="x" * 70 + "\r\n" * 12_000_000)
    with ScriptedServer([Rule("content", DROP)], WHOLE) as server:
        outcomes, error = send(server, [large, *messages(2)], depth=3)

    assert kinds(outcomes) == [Deferred]
    assert isinstance(error, BackendUnavailable)


@pytest.mark.parametrize("phase", ["RCPT", "dot"])
def test_a_refusal_concerns_that_message_only_and_the_next_begin_clean(phase):
    rules = [Rule(phase, "451 4.7.1 Greylisted, come back", after=1, times=1)]
    with ScriptedServer(rules, WHOLE) as server:
        outcomes, error = send(server, messages(5), depth=3)

    assert error is None
    assert kinds(outcomes) == [Accepted, Deferred, Accepted, Accepted, Accepted]
    assert outcomes[1].reply.startswith("451 4.7.1 Greylisted, come back")
    assert len(server.taken) == 4


def test_a_relay_that_refuses_to_begin_anew_and_takes_the_message_has_taken_it():
    with ScriptedServer([Rule("RSET", "502 5.5.1 Not here")], WHOLE) as server:
        outcomes, error = send(server, messages(3), depth=3)

    assert error is None
    assert kinds(outcomes) == [Accepted] * 3
    assert len(server.taken) == 3


def test_a_refused_recipient_and_a_refused_content_are_told_apart():
    rules = [
        Rule("RCPT", "550 5.1.1 No such user", times=1),
        Rule("dot", "554 5.7.1 Spam", times=1),
    ]
    with ScriptedServer(rules, WHOLE) as server:
        outcomes, _ = send(server, messages(3), depth=3)

    assert outcomes[:2] == [
        Rejected("550 5.1.1 No such user", Stage.RECIPIENT),
        Rejected("554 5.7.1 Spam", Stage.CONTENT),
    ] or kinds(outcomes) == [Rejected, Accepted, Accepted]
    assert len(server.taken) == kinds(outcomes).count(Accepted)


def test_a_refusal_that_was_read_is_certain_although_the_line_broke_behind_it():
    rules = [Rule("RCPT", "550 5.1.1 No such user"), Rule("content", DROP)]
    with ScriptedServer(rules, WHOLE) as server:
        outcomes, error = send(server, messages(1), depth=2)

    assert outcomes == [Rejected("550 5.1.1 No such user", Stage.RECIPIENT)]
    assert error is None


@pytest.mark.parametrize("phase", ["MAIL", "RCPT"])
def test_after_421_those_behind_it_go_on_a_new_line(phase):
    rules = [Rule(phase, "421 4.7.0 Too many messages", after=2, times=1)]
    with ScriptedServer(rules, WHOLE) as server:
        outcomes, error = send(server, messages(7), depth=3)

    assert error is None
    assert kinds(outcomes) == [Accepted] * 7
    assert set(server.received.values()) == {1}
    assert server.connections == 2


def test_421_to_the_content_is_an_answer_and_no_doubt():
    with ScriptedServer([Rule("dot", "421 4.3.2 Shutting down", times=1)], WHOLE) as server:
        outcomes, error = send(server, messages(3), depth=3)

    assert error is None
    assert sorted(kinds(outcomes), key=str) == [Accepted, Accepted, Deferred]
    assert len(server.taken) == 2


def test_a_relay_that_keeps_saying_421_is_left_alone():
    with ScriptedServer([Rule("MAIL", "421 4.7.0 Go away")], WHOLE) as server:
        outcomes, error = send(server, messages(50), depth=3)

    assert kinds(outcomes) == [Deferred] * 3
    assert isinstance(error, BackendUnavailable)
    assert "Go away" in str(error)


def test_a_refused_sender_stops_everything_and_fails_nobody():
    with ScriptedServer([Rule("MAIL", "550 5.7.1 Sender denied")], WHOLE) as server:
        outcomes, error = send(server, messages(9), depth=3)

    assert kinds(outcomes) == [Deferred] * 3
    assert isinstance(error, BackendMisconfigured)
    assert server.taken == []


def test_what_the_source_cannot_give_does_not_lose_the_answers_of_those_on_their_way():
    def source():
        yield from messages(2)
        raise BackendUnavailable

    with ScriptedServer(extensions=WHOLE) as server:
        connection = backend(server, depth=5).connect()
        deliveries = connection.deliver(source())
        outcomes = [next(deliveries)[1], next(deliveries)[1]]
        with pytest.raises(BackendUnavailable):
            next(deliveries)
        connection.close()

    assert kinds(outcomes) == [Accepted, Accepted]


def test_a_line_carries_its_number_of_messages_and_no_more():
    with ScriptedServer(extensions=WHOLE) as server:
        outcomes, _ = send(server, messages(7), depth=4, messages_per_connection=3)

    assert kinds(outcomes) == [Accepted] * 7
    assert [taken.connection for taken in server.taken] == [1, 1, 1, 2, 2, 2, 3]


def test_a_message_above_the_relay_s_size_is_not_offered():
    large = a_message(a_delivery(7, mailing=MAILING), body="x\r\n" * 2_000)
    sent = messages(2)
    outcomes = []
    with ScriptedServer(extensions=(*WHOLE, "SIZE 5000")) as server:
        connection = backend(server, depth=3).connect()
        with pytest.raises(BackendMisconfigured) as stopped:
            outcomes.extend(connection.deliver(iter([*sent, large])))
        connection.close()

    assert "the message has 6 kB, and the relay takes 5 kB" in str(stopped.value)
    assert sorted(type(outcome).__name__ for _id, outcome in outcomes) == [
        "Accepted",
        "Accepted",
        "Deferred",
    ]
    assert len(server.taken) == 2


def test_a_new_line_that_takes_no_chunks_gets_the_rest_phase_by_phase():
    with ScriptedServer([Rule("MAIL", "421 4.3.2 Restarting", after=1, times=1)], WHOLE) as server:
        connection = backend(server, depth=3).connect()
        deliveries = connection.deliver(iter(messages(5)))
        server.extensions = ()
        outcomes = [outcome for _, outcome in deliveries]
        connection.close()

    assert kinds(outcomes) == [Accepted] * 5
    assert set(server.received.values()) == {1}
    assert {"DATA", "QUIT"} <= set(server.commands)


def test_a_message_with_a_leading_dot_is_not_changed_by_a_chunk():
    sent = replace(a_message(a_delivery(mailing=MAILING), body="\r\n.dot"), is_dotless=False)
    with ScriptedServer(extensions=WHOLE) as server:
        send(server, [sent], depth=2)

    assert server.taken[0].content == sent.raw
