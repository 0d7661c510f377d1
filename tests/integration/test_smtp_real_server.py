"""A launch to aiosmtpd: an SMTP server that is not ours."""

import socket
import ssl
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from mailer.clock import SimulatedClock
from mailer.engine.threads import ThreadEngine
from mailer.model.team.secret import Secret
from mailer.operations.sending.deliver import run_chunk
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from tests.counterparts.builders import NOON, a_message, started, statuses
from tests.counterparts.certificates import server_context
from tests.counterparts.empty_ledger import empty_ledger


class Keeping:
    def __init__(self):
        self.envelopes = []

    async def handle_DATA(self, _server, session, envelope):  # noqa: N802 — aiosmtpd's name
        self.envelopes.append(
            (envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content, session.ssl)
        )
        return "250 2.0.0 taken"


def authenticate(server, session, envelope, mechanism, auth_data):
    right = (auth_data.login, auth_data.password) == (b"press", b"hunter2")
    return AuthResult(success=right)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.fixture
def relay(tmp_path):
    """aiosmtpd with STARTTLS and AUTH required: its handler, and settings for it."""
    context, authority = server_context(tmp_path)
    handler = Keeping()
    controller = Controller(
        handler,
        hostname="127.0.0.1",
        port=free_port(),
        server_hostname="relay.example",
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=authenticate,
        enable_SMTPUTF8=True,
    )
    controller.start()
    settings = SmtpSettings(
        host="localhost",
        port=controller.port,
        username="press",
        password=Secret("hunter2"),
        ca_file=authority,
    )
    yield handler, settings
    controller.stop()


def test_one_transaction_with_one_recipient_for_each_person(relay, tmp_path):
    from mailer.ledger import open_ledger

    handler, settings = relay
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    mailing, deliveries = started(ledger, count=40)
    backend = SmtpBackend(settings)

    ThreadEngine(2).drain(
        lambda: run_chunk(
            ledger=ledger,
            backend=backend,
            message_for=lambda mailing, delivery: a_message(delivery, mailing=mailing),
            clock=SimulatedClock(NOON),
            worker="w",
        )
    )

    assert statuses(ledger, mailing) == ["accepted"] * 40
    assert sorted(rcpts for _, rcpts, _, _ in handler.envelopes) == sorted(
        (str(delivery.address),) for delivery in deliveries
    )
    for mail_from, (recipient,), content, secured in handler.envelopes:
        message = message_from_bytes(content, policy=policy.SMTP)
        assert mail_from == f"b+{message['X-Mailer-Delivery']}@bounce.office.example"
        assert message["To"].addresses[0].addr_spec == recipient
        assert "Cc" not in message
        assert "Bcc" not in message
        others = {str(each.address) for each in deliveries} - {recipient}
        assert not any(other.encode() in content for other in others)
        assert isinstance(secured, (dict, ssl.SSLObject))
    ledger.close()
