"""The SMTP backend against a scripted server: each phase, each way to fail."""

import pytest

from mailer.backends.smtp import SmtpBackend, SmtpSettings
from mailer.errors import BackendMisconfigured, BackendUnavailable, ConfigError
from mailer.model.address import Address
from mailer.model.delivery import Accepted, Deferred, Rejected, Uncertain
from mailer.model.secret import Secret
from tests.counterparts.builders import a_delivery, a_mailing, a_message
from tests.counterparts.certificates import server_context
from tests.counterparts.scripted_smtp import (
    DROP,
    LISTEN_FIRST,
    REFUSE_AND_DROP,
    STALL,
    TAKE_AND_DROP,
    Rule,
    ScriptedServer,
)

MAILING = a_mailing()


def messages(count=1, **fields):
    return [a_message(a_delivery(number, mailing=MAILING, **fields)) for number in range(count)]


def backend(server, **settings):
    defaults = {
        "host": "127.0.0.1",
        "port": server.port,
        "tls": "none",
        "connect_timeout_s": 2,
        "command_timeout_s": 2,
        "data_timeout_s": 2,
        "dot_timeout_s": 2,
    }
    return SmtpBackend(SmtpSettings(**defaults | settings))


def send(server, sent=None, **settings):
    """The outcomes, and the error that ended it."""
    outcomes, error = [], None
    sent = messages() if sent is None else sent
    try:
        connection = backend(server, **settings).connect()
    except (BackendUnavailable, BackendMisconfigured) as refused:
        return outcomes, refused
    try:
        for delivery_id, outcome in connection.deliver(iter(sent)):
            assert delivery_id == sent[len(outcomes)].delivery_id
            outcomes.append(outcome)
    except (BackendUnavailable, BackendMisconfigured) as stopped:
        error = stopped
    finally:
        connection.close()
    return outcomes, error


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
    assert outcomes == [
        Accepted(f"250 2.0.0 Ok: queued as Q{number}", f"Q{number}") for number in range(1, 6)
    ]
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


def test_with_depth_1_nothing_is_sent_before_the_answer_to_the_dot():
    with ScriptedServer([Rule("dot", LISTEN_FIRST, times=1)], ("PIPELINING",)) as server:
        outcomes, _ = send(server, messages(3), depth=1, dot_timeout_s=0.2)

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

    assert [type(outcome) for outcome in outcomes] == [Deferred]
    assert isinstance(error, BackendUnavailable)


def test_a_line_that_breaks_when_the_dot_has_left_us_leaves_a_doubt():
    with ScriptedServer([Rule("content", DROP)]) as server:
        outcomes, _ = send(server)

    assert [type(outcome) for outcome in outcomes] == [Uncertain]


@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA"])
def test_a_relay_that_stalls_before_the_dot_is_a_safe_retry(phase, extensions):
    with ScriptedServer([Rule(phase, STALL)], extensions) as server:
        outcomes, error = send(server, command_timeout_s=0.2)

    assert outcomes == [Deferred("The relay cannot be reached, or asks for patience: timed out.")]
    assert isinstance(error, BackendUnavailable)


@pytest.mark.parametrize("action", [TAKE_AND_DROP, REFUSE_AND_DROP])
def test_a_line_that_breaks_after_the_dot_leaves_a_doubt(action, extensions, depth):
    with ScriptedServer([Rule("dot", action)], extensions) as server:
        outcomes, error = send(server, messages(3), depth=depth)

    assert outcomes[0] == Uncertain("after the dot: connection closed by the relay")
    assert all(isinstance(outcome, Deferred) for outcome in outcomes[1:])
    assert isinstance(error, BackendUnavailable)


def test_a_relay_that_stalls_after_the_dot_leaves_a_doubt(extensions):
    with ScriptedServer([Rule("dot", STALL)], extensions) as server:
        outcomes, error = send(server, dot_timeout_s=0.2)

    assert outcomes == [Uncertain("after the dot: timed out")]
    assert error is None
    assert len(server.taken) == 1


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


@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA", "dot"])
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
    assert outcomes[1].reply == "550 5.1.1 No such user"
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

    assert error is None
    assert [type(outcome) for outcome in outcomes] == [Rejected, Accepted]


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


def test_what_the_relay_is_known_not_to_take_is_not_offered(extensions, depth):
    sent = messages(4)
    large = a_message(a_delivery(7, mailing=MAILING), body="x\r\n" * 2_000)
    accented = a_message(a_delivery(8, mailing=MAILING, address=Address("éva", "press.example")))
    forged = a_message(
        a_delivery(9, mailing=MAILING, address=Address("a>\r\nRCPT TO:<b", "press.example"))
    )
    with ScriptedServer(extensions=(*extensions, "SIZE 5000")) as server:
        outcomes, error = send(
            server, [sent[0], large, sent[1], accented, forged, sent[2]], depth=depth
        )

    assert error is None
    assert [getattr(outcome, "reply", "")[:9] for outcome in outcomes] == [
        "250 2.0.0",
        "552 5.3.4",
        "250 2.0.0",
        "553 5.6.7",
        "501 5.1.3",
        "250 2.0.0",
    ]
    assert len(server.taken) == 3
    assert server.taken[0].mail.endswith(f" SIZE={len(sent[0].raw)}")


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


@pytest.mark.parametrize("phase", ["connect", "EHLO"])
@pytest.mark.parametrize("action", [DROP, "421 4.3.2 Busy", "451 later", "hello there"])
def test_a_relay_that_is_busy_or_breaks_in_the_greeting_is_unavailable(phase, action):
    with ScriptedServer([Rule(phase, action)]) as server:
        outcomes, error = send(server)

    assert outcomes == []
    assert isinstance(error, BackendUnavailable)


@pytest.mark.parametrize("phase", ["connect", "EHLO"])
def test_a_relay_that_refuses_us_in_the_greeting_is_misconfigured(phase):
    with ScriptedServer([Rule(phase, "554 5.7.1 Not you")]) as server:
        _, error = send(server)

    assert isinstance(error, BackendMisconfigured)
    assert "554 5.7.1 Not you" in str(error)


def test_a_relay_that_is_not_there_is_unavailable():
    with ScriptedServer() as server:
        pass

    _, error = send(server)

    assert isinstance(error, BackendUnavailable)


def test_a_reply_without_end_is_given_up():
    with ScriptedServer([Rule("EHLO", "250-" + "x" * 100_000)]) as server:
        _, error = send(server)

    assert isinstance(error, BackendUnavailable)


def test_starttls_is_required_and_verified(tmp_path, extensions):
    context, authority = server_context(tmp_path)
    with ScriptedServer(extensions=extensions, tls=context) as server:
        outcomes, error = send(server, host="localhost", tls="starttls", ca_file=authority)

    assert (len(outcomes), error) == (1, None)
    assert server.taken[0].secured
    assert server.commands.count("STARTTLS") == 1


def test_implicit_tls_is_verified(tmp_path):
    context, authority = server_context(tmp_path)
    with ScriptedServer(tls=context, implicit_tls=True) as server:
        outcomes, _ = send(server, host="localhost", tls="implicit", ca_file=authority)

    assert [type(outcome) for outcome in outcomes] == [Accepted]
    assert server.taken[0].secured


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
@pytest.mark.parametrize("fault", ["unknown authority", "another host"])
def test_a_certificate_that_cannot_be_trusted_stops_everything(tmp_path, tls, fault):
    name = "elsewhere.example" if fault == "another host" else "localhost"
    context, authority = server_context(tmp_path, name=name)
    trusted = authority if fault == "another host" else None
    with ScriptedServer(tls=context, implicit_tls=tls == "implicit") as server:
        outcomes, error = send(server, host="localhost", tls=tls, ca_file=trusted)

    assert outcomes == []
    assert isinstance(error, BackendMisconfigured)
    assert "certificate" in str(error)
    assert server.taken == []


def test_a_relay_whose_starttls_was_stripped_gets_nothing():
    with ScriptedServer() as server:
        outcomes, error = send(server, host="localhost", tls="starttls")

    assert outcomes == []
    assert isinstance(error, BackendMisconfigured)
    assert not any("MAIL" in command for command in server.commands)


def test_what_was_said_before_tls_began_is_not_believed(tmp_path):
    context, authority = server_context(tmp_path)
    rules = [Rule("STARTTLS", "220 go ahead\r\n250 AUTH PLAIN")]
    with ScriptedServer(rules, tls=context) as server:
        _, error = send(server, host="localhost", tls="starttls", ca_file=authority)

    assert isinstance(error, BackendUnavailable)


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_we_log_in_with_name_and_password(mechanism):
    rules = [Rule("EHLO", f"250-scripted\r\n250 AUTH {mechanism} CRAM-MD5")]
    with ScriptedServer(rules, password="sésame") as server:
        outcomes, _ = send(server, username="press", password=Secret("sésame"))

    assert [type(outcome) for outcome in outcomes] == [Accepted]
    assert server.taken[0].user == "press"


def test_a_wrong_password_stops_everything_at_once():
    with ScriptedServer(password="right") as server:
        outcomes, error = send(server, username="press", password=Secret("wrong"))

    assert outcomes == []
    assert isinstance(error, BackendMisconfigured)
    assert "535 5.7.8 wrong" in str(error)
    assert server.passed["AUTH"] == 1


def test_a_login_that_fails_for_now_is_tried_again_later():
    with ScriptedServer([Rule("AUTH", "454 4.7.0 Directory down")], password="x") as server:
        _, error = send(server, username="press", password=Secret("x"))

    assert isinstance(error, BackendUnavailable)


def test_a_relay_without_a_way_to_log_in_is_misconfigured():
    with ScriptedServer() as server:
        _, error = send(server, username="press", password=Secret("x"))

    assert isinstance(error, BackendMisconfigured)


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"host": "relay.example", "tls": "none"}, "tls"),
        ({"host": "192.0.2.1", "tls": "none"}, "tls"),
        ({"host": "relay.example", "depth": 0}, "depth"),
        ({"host": "relay.example", "connections": 0}, "connections"),
        ({"host": "relay.example", "username": "press"}, "password"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(settings, key):
    with pytest.raises(ConfigError, match=f"transport.smtp.{key}"):
        SmtpBackend(SmtpSettings(**settings))


def test_a_file_of_certificates_that_is_none_is_refused(tmp_path):
    with pytest.raises(ConfigError, match=r"transport\.smtp\.ca_file"):
        SmtpBackend(SmtpSettings("relay.example", ca_file=tmp_path / "missing.pem"))


def test_a_password_is_not_shown_with_the_settings():
    settings = SmtpSettings("relay.example", username="press", password=Secret("hunter2"))

    assert "hunter2" not in repr(settings)
