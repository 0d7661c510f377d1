"""The SendGrid backend against a service that checks, refuses, stalls and drops."""

import inspect
import json
import logging
import socket
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice

import pytest
from python_http_client.client import Client
from sendgrid import SendGridAPIClient

from mailer.errors import BackendMisconfigured, BackendUnavailable, ConfigError, LedgerError
from mailer.model.address import Address, Mailbox
from mailer.model.mailings.delivery import Accepted, Concern, Deferred, Uncertain
from mailer.model.mailings.message import Embedded, Hole
from mailer.model.team.secret import Secret
from mailer.providers.sendgrid.connection import SendGridBackend, SendGridConnection
from mailer.providers.sendgrid.payload import RequestTemplate
from mailer.providers.sendgrid.settings import SendGridSettings
from tests.counterparts.builders import COMPILED, LETTERHEAD
from tests.counterparts.certificates import server_context
from tests.counterparts.sendgrid_sending import KEY, backend, kinds, messages, send, simulator
from tests.sendgrid_simulator import Fault, Simulator


def to(message, address, name=""):
    local, _, domain = address.rpartition("@")
    return replace(message, recipient=Mailbox(Address(local, domain), name))


# What goes out


def test_each_person_is_alone_in_a_personalization_with_values_id_and_headers():
    sent = messages(2)
    with simulator() as server:
        outcomes, error = send(server, sent)

    assert error is None
    assert kinds(outcomes) == ["Accepted", "Accepted"]
    first, second = server.service.taken
    assert first.request == second.request == 1
    assert (first.address, first.name) == ("reader0@press.example", "Reader 0")
    assert first.subject == "Invitation : Reader 0 !"
    assert second.html == "<p>Bonjour Reader 1,</p>"
    assert second.text == "Bonjour Reader 1\n"
    assert second.custom_args == {"mailer_delivery": sent[1].delivery_id}
    assert second.headers == {
        "List-Id": "<meeting.office.example>",
        "Message-ID": f"<{sent[1].delivery_id}@office.example>",
        "X-Mailer-Delivery": sent[1].delivery_id,
    }


def test_nothing_is_tracked_and_it_is_said_so():
    (message,) = messages()
    request = json.loads(RequestTemplate(message, SendGridSettings(Secret("k"))).request([message]))

    assert set(request["tracking_settings"]) == {
        "click_tracking", "open_tracking", "subscription_tracking", "ganalytics",
    }  # fmt: skip
    assert not any(any(each.values()) for each in request["tracking_settings"].values())
    assert request["from"] == {"email": "press@office.example", "name": "Service de presse"}
    assert "categories" not in request
    assert "mail_settings" not in request


def test_categories_name_the_campaign_and_the_step_and_part_one_request_from_another():
    sent = [
        replace(message, categories=("meeting", "meeting.invitation")) for message in messages(2)
    ]
    request = json.loads(RequestTemplate(sent[0], SendGridSettings(Secret("k"))).request(sent))
    with simulator() as server:
        send(server, [*sent, replace(messages(3)[2], categories=("meeting", "meeting.reminder"))])

    assert request["categories"] == ["meeting", "meeting.invitation"]
    assert [taken.request for taken in server.service.taken] == [1, 1, 2]


def test_text_and_html_have_tags_of_their_own_and_a_preheader_value_goes_nowhere():
    compiled = replace(COMPILED, preheader=("Pour ", Hole("recipient.name")))
    (message,) = messages()
    message = replace(message, compiled=compiled, values=("&lt;b&gt;", "<b>", "<b>", "<b>"))
    with simulator() as server:
        send(server, [message])

    (taken,) = server.service.taken
    assert taken.html == "<p>&lt;b&gt;</p>"
    assert taken.text == "Bonjour <b>\n"


def test_images_and_files_travel_along_under_names_that_survive():
    compiled = replace(
        COMPILED,
        embedded=(
            Embedded("logo.png", "image/png", b"png", "logo@x"),
            Embedded("dossier été.pdf", "application/pdf", b"pdf"),
        ),
    )
    message = replace(messages()[0], compiled=compiled)
    request = json.loads(RequestTemplate(message, SendGridSettings(Secret("k"))).request([message]))

    assert [
        (file["filename"], file["disposition"], file.get("content_id"), file["content"])
        for file in request["attachments"]
    ] == [
        ("logo.png", "inline", "logo@x", "cG5n"),
        ("dossier ete.pdf", "attachment", None, "cGRm"),
    ]


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("Lovelace, Ada", '"Lovelace, Ada"'),
        ('Ada "la comtesse"', '"Ada \\"la comtesse\\""'),
        ("", ""),
    ],
)
def test_a_name_with_marks_of_address_lists_is_quoted(name, sent):
    message = to(messages()[0], "ada@press.example", name)
    with simulator() as server:
        outcomes, _ = send(server, [message])

    assert kinds(outcomes) == ["Accepted"]
    assert server.service.taken[0].name == sent


def test_a_batch_is_full_at_its_size_and_ends_where_the_message_changes():
    sent = messages(5)
    other = replace(COMPILED, content_hash="1" * 64)
    sent[4] = replace(sent[4], compiled=other)
    with simulator() as server:
        send(server, sent)

    assert [taken.request for taken in server.service.taken] == [1, 1, 1, 2, 3]


def test_one_address_twice_goes_in_two_requests():
    sent = [to(message, "Same@press.example") for message in messages(2)]
    sent[1] = to(sent[1], "same@press.example")
    with simulator() as server:
        outcomes, _ = send(server, sent)

    assert kinds(outcomes) == ["Accepted", "Accepted"]
    assert [taken.request for taken in server.service.taken] == [1, 2]


@pytest.mark.parametrize("value", ["é" * 6_000, f"-h0.{'0' * 12}-"])
def test_whose_values_are_too_long_or_look_like_tags_gets_a_request_already_filled(value):
    sent = messages(3)
    sent[1] = replace(sent[1], values=(value, value, value))
    with simulator() as server:
        outcomes, _ = send(server, sent)

    assert kinds(outcomes) == ["Accepted"] * 3
    assert [taken.request for taken in server.service.taken] == [1, 2, 3]
    assert server.service.taken[1].html == f"<p>{value}</p>"
    assert server.service.taken[1].subject == f"Invitation : {value} !"


def test_another_letterhead_is_another_request():
    sent = messages(2)
    sent[1] = replace(
        sent[1], letterhead=replace(LETTERHEAD, reply_to=Mailbox(Address("me", "office.example")))
    )
    with simulator() as server:
        send(server, sent)

    assert server.service.requests == 2


# What cannot go


def test_letters_beyond_ascii_before_the_at_set_aside_that_person_alone():
    sent = messages(3)
    sent[1] = to(sent[1], "rédaction@press.example")
    with simulator() as server:
        outcomes, error = send(server, sent)

    assert error is None
    assert outcomes[sent[1].delivery_id] == Deferred(
        "553 5.6.7 SendGrid takes no address with letters beyond ASCII",
        concern=Concern.ADDRESS_FORM,
    )
    assert [taken.request for taken in server.service.taken] == [1, 1]


def test_a_message_that_is_too_large_never_leaves():
    big = replace(COMPILED, embedded=(Embedded("film.mp4", "video/mp4", bytes(23_000_000)),))
    message = replace(messages()[0], compiled=big)
    with simulator() as server:
        outcomes, error = send(server, [message])

    assert "The message is larger than SendGrid takes: 552 5.3.4" in str(error)
    assert kinds(outcomes) == ["Deferred"]
    assert server.service.requests == 0


def test_one_bad_address_fails_alone_with_the_name_of_its_field():
    sent = messages(3)
    sent[1] = to(sent[1], "two words@press.example")
    with simulator() as server:
        outcomes, error = send(server, sent)

    assert error is None
    assert outcomes[sent[1].delivery_id].reply.startswith("400 personalizations.0.to.0.email")
    assert {type(outcomes[sent[place].delivery_id]) for place in (0, 2)} == {Accepted}
    assert set(server.service.received.values()) == {1}


def test_a_complaint_that_names_nobody_is_settled_one_by_one():
    sent = messages(3)
    fault = Fault(status=400, body='{"errors": [{"message": "Bad Request", "field": null}]}')
    with simulator(fault) as server:
        outcomes, _ = send(server, sent)

    assert kinds(outcomes) == ["Accepted"] * 3
    assert [taken.request for taken in server.service.taken] == [1, 2, 3]


def test_a_place_that_names_the_wrong_person_rejects_nobody():
    body = json.dumps(
        {"errors": [{"message": "bad", "field": "personalizations[0].to", "help": None}]}
    )
    with simulator(Fault(status=400, body=body)) as server:
        outcomes, _ = send(server, messages(3))

    assert kinds(outcomes) == ["Accepted"] * 3


def test_too_large_together_goes_in_parts():
    with simulator(Fault(status=413, body="<html>Request Entity Too Large</html>")) as server:
        outcomes, error = send(server, messages(3))

    assert error is None
    assert kinds(outcomes) == ["Accepted"] * 3


# Who is to blame


def test_413_for_one_message_is_about_the_message_and_rejects_nobody():
    with simulator(Fault(status=413, body="", times=None)) as server:
        outcomes, error = send(server, messages(3))

    assert isinstance(error, BackendMisconfigured)
    assert "The message is larger than SendGrid takes: 413" in str(error)
    assert kinds(outcomes) == ["Deferred"] * 3
    assert server.service.received == {}


@pytest.mark.parametrize("field", ["from.email", "categories", "asm.group_id"])
def test_a_fault_that_all_messages_share_stops_the_mailing_and_fails_nobody(field):
    body = json.dumps({"errors": [{"message": "wrong", "field": field, "help": None}]})
    with simulator(Fault(status=400, body=body)) as server:
        outcomes, error = send(server, messages(2))

    assert isinstance(error, BackendMisconfigured)
    assert field in str(error)
    assert kinds(outcomes) == ["Deferred", "Deferred"]
    assert server.service.requests == 0


@pytest.mark.parametrize("status", [401, 403, 404, 405, 415])
def test_an_account_that_is_refused_stops_the_mailing_and_fails_nobody(status):
    with simulator(Fault(status=status)) as server:
        outcomes, error = send(server, messages(2))

    assert isinstance(error, BackendMisconfigured)
    assert kinds(outcomes) == ["Deferred", "Deferred"]


def test_a_wrong_key_is_found_before_any_message_is_taken():
    with simulator() as server:
        outcomes, error = send(server, api_key=Secret("SG.wrong", "env:X"))

    assert isinstance(error, BackendMisconfigured)
    assert outcomes == {}


def test_a_key_that_may_not_send_is_found_before_any_message_is_taken():
    with simulator(scopes=("stats.read",)) as server:
        outcomes, error = send(server)

    assert isinstance(error, BackendMisconfigured)
    assert outcomes == {}


def test_a_key_that_may_not_ask_for_its_rights_may_still_send():
    with simulator(Fault(path="/v3/scopes", status=403)) as server:
        outcomes, _ = send(server)

    assert kinds(outcomes) == ["Accepted"]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(path="/v3/scopes", status=503),
        Fault(path="/v3/scopes", status=429),
        Fault(path="/v3/scopes", status=302, headers={"Location": "http://portal.example/"}),
        Fault(path="/v3/scopes", status=200, body="<html>Please log in</html>"),
        Fault("drop", path="/v3/scopes"),
        Fault("hang", path="/v3/scopes"),
    ],
)
def test_a_service_in_trouble_is_found_before_any_message_is_taken(fault):
    with simulator(fault) as server:
        outcomes, error = send(server)

    assert isinstance(error, BackendUnavailable)
    assert outcomes == {}


def test_nobody_listening_is_found_before_any_message_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"

    outcomes, error = send(url)

    assert isinstance(error, BackendUnavailable)
    assert outcomes == {}


# Later, or nobody knows


def test_429_waits_as_long_as_it_says_and_marks_nobody_as_sent():
    fault = Fault(status=429, headers={"Retry-After": "17"})
    with simulator(fault) as server:
        outcomes, error = send(server, messages(5))

    assert isinstance(error, BackendUnavailable)
    assert error.retry_after_s == 17
    assert {outcome.retry_after_s for outcome in outcomes.values()} == {17}
    assert kinds(outcomes) == ["Deferred"] * 3
    assert server.service.requests == 0


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=500),
        Fault(status=502, body="<html>Bad Gateway</html>"),
        Fault(status=503),
        Fault(status=504),
        Fault(status=301, headers={"Location": "http://127.0.0.1:9/"}),
        Fault(status=200, body="<html>Welcome</html>"),
        Fault("drop"),
        Fault("take-and-drop"),
        Fault("hang"),
        Fault("take-and-hang"),
        Fault("truncate"),
    ],
    ids=lambda fault: f"{fault.happening}-{fault.status}",
)
def test_once_the_request_has_left_an_answer_that_proves_nothing_is_uncertain(fault):
    with simulator(fault) as server:
        outcomes, error = send(server, messages(5))

    assert isinstance(error, BackendUnavailable)
    assert kinds(outcomes) == ["Uncertain"] * 3
    assert len(server.service.received) in {0, 3}


def test_a_request_that_did_not_leave_whole_is_deferred():
    # More than the system buffers for a peer that does not read.
    big = replace(COMPILED, embedded=(Embedded("f.pdf", "application/pdf", bytes(15_000_000)),))
    message = replace(messages()[0], compiled=big)
    outcomes = []
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        settings = SendGridSettings(
            Secret("k"), base_url=f"http://127.0.0.1:{deaf.getsockname()[1]}", write_timeout_s=0.2
        )
        connection = SendGridConnection(settings)
        with pytest.raises(BackendUnavailable):
            outcomes.extend(connection.deliver([message]))
        connection.close()

    assert outcomes == [
        (message.delivery_id, Deferred("timed out", concern=Concern.CONNECTION)),
    ]


def test_whoever_was_taken_behind_a_doubt_is_deferred():
    sent = messages(4)
    other = replace(COMPILED, content_hash="1" * 64)
    sent[1] = replace(sent[1], compiled=other)
    with simulator(Fault(status=503)) as server:
        outcomes, error = send(server, sent)

    # The second was taken to see whether it may travel along; nothing of it had left.
    assert isinstance(error, BackendUnavailable)
    assert isinstance(outcomes[sent[0].delivery_id], Uncertain)
    assert isinstance(outcomes[sent[1].delivery_id], Deferred)
    assert len(outcomes) == 2


# The line


def test_the_line_is_kept_and_replaced_after_its_number_of_requests():
    with simulator() as server:
        send(server, messages(9), requests_per_connection=2)

    # The question for leave is a request as well.
    assert server.service.requests == 3
    assert server.connections == 2


def test_a_line_that_the_peer_has_closed_is_replaced_before_anything_is_written():
    with simulator(Fault("answer", status=413, headers={"Connection": "close"})) as server:
        outcomes, error = send(server, messages(3))

    assert error is None
    assert kinds(outcomes) == ["Accepted"] * 3


@pytest.fixture
def over_tls(tmp_path, monkeypatch):
    """A simulator behind TLS, and a connection to it that has not spoken yet.

    The settings' own check would refuse its address, so it is not asked.
    """
    context, authority = server_context(tmp_path)

    def connect(*, is_trusted):
        if is_trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        server = servers.enter_context(simulator())
        url = f"https://localhost:{server.server_port}"
        return server, SendGridConnection(SendGridSettings(Secret(KEY), base_url=url))

    with ExitStack() as servers:
        monkeypatch.setattr(Simulator, "get_request", _wrapped(Simulator.get_request, context))
        yield connect


def _wrapped(accept, context):
    def accept_tls(server):
        line, peer = accept(server)
        return context.wrap_socket(line, server_side=True, do_handshake_on_connect=False), peer

    return accept_tls


def test_the_certificate_is_verified_and_messages_go_over_tls(over_tls):
    server, connection = over_tls(is_trusted=True)

    connection.check_permissions()
    outcomes = dict(connection.deliver(messages(2)))
    connection.close()

    assert kinds(outcomes) == ["Accepted", "Accepted"]
    assert server.connections == 1


def test_a_certificate_that_cannot_be_trusted_stops_the_mailing_before_the_key_leaves(over_tls):
    server, connection = over_tls(is_trusted=False)
    outcomes = []

    with pytest.raises(BackendMisconfigured, match="certificate"):
        connection.check_permissions()
    with pytest.raises(BackendMisconfigured, match="certificate"):
        outcomes.extend(connection.deliver(messages(1)))

    assert [type(outcome) for _, outcome in outcomes] == [Deferred]
    assert server.service.requests == 0


def test_the_package_leaves_us_the_places_where_we_step_in():
    assert list(inspect.signature(Client._build_client).parameters) == ["self", "name"]
    assert list(inspect.signature(Client._build_url).parameters) == ["self", "query_params"]
    assert "self.client.mail.send.post(request_body=message)" in inspect.getsource(
        SendGridAPIClient.send
    )


def test_neither_the_key_nor_an_address_reaches_a_log(caplog):
    with caplog.at_level(logging.DEBUG), simulator() as server:
        send(server)

    assert "SG.simulator.key" not in caplog.text
    assert "press.example" not in caplog.text


# Settings


def test_the_sandbox_is_checked_and_sends_nothing():
    with simulator() as server:
        outcomes, error = send(server, messages(2), sandbox=True)

    assert error is None
    assert {outcome.reply for outcome in outcomes.values()} == {"200 sandbox: checked and not sent"}
    assert server.service.taken == []


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"batch_size": 0}, "batch_size"),
        ({"batch_size": 1001}, "batch_size"),
        ({"base_url": "https://api.sendgrid.example"}, "base_url"),
        ({"base_url": "http://127.0.0.1"}, "base_url"),
        ({"base_url": "http://127.0.0.1:port"}, "base_url"),
        ({"base_url": "http://localhost.sendgrid.example:80"}, "base_url"),
        ({"base_url": "http://127.0.0.1@other.example:80"}, "base_url"),
        ({"answer_timeout_s": 0}, "answer_timeout_s"),
        ({"requests_per_connection": 0}, "requests_per_connection"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(settings, key):
    with pytest.raises(ConfigError) as refused:
        SendGridSettings(**{"api_key": Secret("SG.x")} | settings).check()

    assert [problem.where.key for problem in refused.value.problems] == [
        f"transport.sendgrid.{key}"
    ]


def test_europe_has_an_address_of_its_own():
    assert SendGridSettings(Secret("k")).address == "https://api.sendgrid.com"
    assert SendGridSettings(Secret("k"), region="eu").address == "https://api.eu.sendgrid.com"


def test_what_waits_for_company_when_no_more_is_granted_has_certainly_not_left():
    sent = messages(2)

    def granted():
        yield from sent
        raise LedgerError

    with simulator() as server:
        connection = backend(server, batch_size=3).connect()
        delivering = connection.deliver(granted())
        outcomes = dict(islice(delivering, 2))
        with pytest.raises(LedgerError):
            next(delivering)
        connection.close()

        assert not server.service.received
    assert [*outcomes] == [message.delivery_id for message in sent]
    assert kinds(outcomes) == ["Deferred", "Deferred"]


def test_what_is_no_key_is_refused_when_it_is_used():
    settings = SendGridSettings(Secret("SG. space"))

    with pytest.raises(ConfigError, match=r"transport\.sendgrid\.api_key"):
        SendGridBackend(settings).connect()
