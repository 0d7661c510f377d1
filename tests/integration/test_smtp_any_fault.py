"""Whatever a relay does at whatever phase: what we say of a message is what became of it."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailer.errors import BackendMisconfigured, BackendUnavailable
from mailer.model.mailings.delivery import Accepted, Deferred, Rejected, Uncertain
from tests.counterparts.scripted_smtp import (
    DROP,
    REFUSE_AND_DROP,
    STALL,
    TAKE_AND_DROP,
    Rule,
    ScriptedServer,
)
from tests.counterparts.smtp_sending import backend, messages

MESSAGES = messages(9)
REPLIES = ("451 4.3.0 Later", "421 4.3.2 Leaving", "550 5.1.1 No", "552 5.3.4 Too big")
BEFORE = st.builds(
    Rule,
    st.sampled_from(["connect", "EHLO", "MAIL", "RCPT", "DATA", "RSET", "content"]),
    st.sampled_from([DROP, STALL, *REPLIES]),
    times=st.integers(1, 3),
    after=st.integers(0, 6),
)
AT_THE_END = st.builds(
    Rule,
    st.just("dot"),
    st.sampled_from([TAKE_AND_DROP, REFUSE_AND_DROP, STALL, *REPLIES]),
    times=st.integers(1, 3),
    after=st.integers(0, 6),
)
EXTENSIONS = [(), ("PIPELINING",), ("PIPELINING", "CHUNKING"), ("PIPELINING", "8BITMIME", "DSN")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rules=st.lists(st.one_of(BEFORE, AT_THE_END), max_size=3),
    extensions=st.sampled_from(EXTENSIONS),
    depth=st.integers(1, 6),
    most=st.integers(1, 12),
)
def test_whatever_a_relay_does_what_we_say_of_a_message_is_true(rules, extensions, depth, most):
    taken, outcomes, most_open = [], {}, 0

    def source():
        for message in MESSAGES:
            taken.append(message.delivery_id)
            yield message

    with ScriptedServer(rules, extensions) as server:
        fast = dict.fromkeys(["command_timeout_s", "data_timeout_s", "dot_timeout_s"], 0.1)
        relay = backend(server, depth=depth, messages_per_connection=most, **fast)
        try:
            connection = relay.connect()
            try:
                for delivery_id, outcome in connection.deliver(source()):
                    most_open = max(most_open, len(taken) - len(outcomes))
                    assert delivery_id not in outcomes
                    outcomes[delivery_id] = outcome
            finally:
                connection.close()
        except (BackendUnavailable, BackendMisconfigured):
            pass

    assert sorted(outcomes) == sorted(taken)
    assert most_open <= depth
    for delivery_id, outcome in outcomes.items():
        times = server.received[delivery_id]
        match outcome:
            case Accepted():
                assert times == 1
            case Deferred() | Rejected():
                assert times == 0
            case Uncertain():
                assert times <= 1
