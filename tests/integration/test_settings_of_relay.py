"""Each setting of the relay and of the signature changes what the relay gets, or how it is met."""

import re

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mailer.errors import MailerError
from mailer.model.address import Address
from mailer.operations.doctor.identity import identity_of
from mailer.operations.doctor.sender import sender_lines
from mailer.wiring.examining import _parts
from tests.counterparts.builders import a_delivery, a_message
from tests.counterparts.certificates import server_context
from tests.counterparts.dns_server import dns_server
from tests.counterparts.scripted_smtp import DROP, HESITATE, Rule, ScriptedServer
from tests.counterparts.sender_setups import ed25519_key, right_zone
from tests.counterparts.signatures import pem
from tests.counterparts.smtp_sending import MAILING, messages
from tests.counterparts.tried_settings import NOW, Workplace, trials_of

LARGE = a_message(a_delivery(mailing=MAILING), body=f"{'x' * 900}\r\n" * 12_000)
"""More than the buffers of a connection hold."""
MAIL = b"From: Presse <presse@institut.example>\r\nSubject: La mer\r\n\r\nBonjour.\r\n"
CONFIG = """\
[office]
name = "Institut"
postal_address = "1 rue de l’Exemple"

[sender]
from = "Presse <presse@institut.example>"
return_path = "retours.institut.example"

[transport]
backend = "smtp"
production = true

[transport.smtp]
host = "127.0.0.1"
tls = "none"
username = "presse"
password = "env:FIRST"

[dkim]
domain = "institut.example"
key = "env:DKIM"
"""


def sent_to(server, at, *mails):
    """What became of mails, and what the server has seen of them."""
    outcomes, error = [], ""
    with at.having("transport.smtp.port", server.port).opened() as app:
        try:
            connection = app.backend.connect()
        except MailerError as refused:
            return str(refused), server.commands, server.connections
        try:
            outcomes.extend(map(repr, connection.deliver(iter(mails or messages(3)))))
        except MailerError as stopped:
            error = str(stopped)
        connection.close()
    taken = [(each.content, each.user, each.secured) for each in server.taken]
    return outcomes, error, server.commands, server.connections, taken


def sent(at):
    """Sent to a relay that asks for a password, and takes whole messages at once."""
    if "oauth_" in at.config:
        at = at.having("transport.smtp.password", None)
    offered = Rule("EHLO", "250-relay\r\n250-CHUNKING\r\n250-PIPELINING\r\n250 AUTH PLAIN XOAUTH2")
    with ScriptedServer(rules=[offered], password="first") as server:
        return sent_to(server, at)


def sent_elsewhere(at):
    """Sent to a relay at the port that is written, while another has ours."""
    with ScriptedServer(password="first") as server, at.opened() as app:
        port = app.settings.provider_settings.port
        port = server.port if port == 587 else port
        return without_ports(sent_to_port(at.having("transport.smtp.port", port)))


def sent_to_port(at):
    with at.opened() as app:
        try:
            app.backend.connect().close()
        except MailerError as refused:
            return str(refused)
    return "met"


def without_ports(shown):
    return re.sub(r"\d{4,}", "", repr(shown))


def sent_encrypted(at):
    """Sent to a relay whose certificate an authority of our own has signed."""
    context, _ = server_context(at.folder)
    with ScriptedServer(tls=context, password="first") as server:
        at = at.having("transport.smtp.host", '"localhost"')
        return without_ports(sent_to(server, at.having("transport.smtp.tls", '"starttls"')))


def sent_slowly(*rules, mails=None):
    """What shows a key that is about waiting: a relay that hesitates."""

    def show(at):
        at = at.having("transport.smtp.username", None).having("transport.smtp.password", None)
        with ScriptedServer(rules=[Rule(*rule) for rule in rules]) as server:
            outcomes, error, *_ = sent_to(
                server, at.having("dkim.key", None), *(mails or messages(1))
            )
            return without_ports((outcomes, error))

    return show


def met_slowly(at):
    """Whether a relay that hesitates before TLS, and closes then, is waited for."""
    with ScriptedServer(rules=[Rule("connect", HESITATE), Rule("connect", DROP)]) as server:
        at = at.having("transport.smtp.port", server.port)
        return "timed out" in sent_to_port(at.having("transport.smtp.tls", '"implicit"'))


def examined(at):
    """What the doctor says of the sender of a mail, by a name server on this machine."""
    at = at.having("transport.smtp.host", '"smtp.institut.example"')
    at = at.having("transport.smtp.tls", None).having("dkim.key", None)
    with dns_server(right_zone()) as (server, _zone):
        at = at.having("dns.servers", f'["{server}"]')
        return found_by(at)


def found_by(at):
    sender = Address("presse", "retours.institut.example")
    identity = identity_of(MAIL, envelope_sender=sender)
    with at.opened() as app:
        lines = sender_lines(identity, _parts(app).sender(), now=NOW)
        return [(line.question.name, str(line.found)) for line in lines]


TRIED = {
    "transport.smtp.host": ('"::1"', sent),
    "transport.smtp.port": ("9", sent_elsewhere),
    "transport.smtp.tls": ('"starttls"', sent),
    "transport.smtp.username": ('"labo"', sent),
    "transport.smtp.password": ('"env:SECOND"', sent),
    "transport.smtp.oauth_token": ('"env:FIRST"', sent),
    "transport.smtp.oauth_command": ('["echo", "first"]', sent),
    "transport.smtp.ca_file": ('"localhost.pem"', sent_encrypted),
    "transport.smtp.ehlo_name": ('"bureau.institut.example"', sent),
    "transport.smtp.sends_from": ('["198.51.100.9"]', examined),
    "transport.smtp.signs_as": ('"relais.example"', examined),
    "transport.smtp.depth": ("2", sent),
    "transport.smtp.messages_per_connection": ("1", sent),
    "transport.smtp.connect_timeout_s": ("0.05", met_slowly),
    "transport.smtp.command_timeout_s": ("0.05", sent_slowly(("MAIL", HESITATE))),
    "transport.smtp.data_timeout_s": (
        "0.05",
        sent_slowly(("content", HESITATE), ("content", DROP), mails=(LARGE,)),
    ),
    "transport.smtp.dot_timeout_s": ("0.05", sent_slowly(("dot", HESITATE))),
    "dkim.domain": ('"labo.example"', sent),
    "dkim.selector": ('"autre"', sent),
    "dkim.key": ('"env:OTHER"', sent),
}
"""By key: another value, and what shows it."""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIRST", "first")
        patch.setenv("SECOND", "second")
        patch.setenv("DKIM", pem(ed25519_key()))
        patch.setenv("OTHER", pem(Ed25519PrivateKey.generate()))
        yield Workplace(tmp_path_factory.mktemp("relay"), CONFIG)


as_written, test_another_value_is_seen, test_the_same_values_show_the_same = trials_of(TRIED)
