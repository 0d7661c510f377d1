"""Each setting of a SendGrid account changes what SendGrid gets, or how long it is waited for."""

import time
from dataclasses import replace

import pytest

from mailer.errors import MailerError
from tests.counterparts.builders import COMPILED
from tests.counterparts.sendgrid_sending import KEY, messages, simulator
from tests.counterparts.tried_settings import Workplace, trials_of
from tests.sendgrid_simulator import Service, Simulator

CONFIG = """\
[office]
name = "Institut"
postal_address = "1 rue de l’Exemple"

[sender]
from = "Presse <presse@institut.example>"

[transport]
backend = "sendgrid"
allow_list = ["@press.example"]

[transport.sendgrid]
api_key = "env:KEY"
"""
HESITATION_S = 0.3


class LateToAnswer(Service):
    """Takes a moment over each mail."""

    def send(self, body):
        time.sleep(HESITATION_S)
        return super().send(body)


class LateToRead(Simulator):
    """Takes a moment before it reads what a second connection brings."""

    def get_request(self):
        if self.connections:
            self.ending.wait(HESITATION_S)
        return super().get_request()


def sent_to(server, at, mails):
    """What became of mails, and how they came."""
    if "base_url" not in at.config:
        at = at.having("transport.sendgrid.base_url", f'"{server.url}"')
    outcomes = []
    with at.opened() as app:
        try:
            connection = app.backend.connect()
        except MailerError as refused:
            return str(refused)
        try:
            outcomes.extend(map(repr, connection.deliver(iter(mails))))
        except MailerError as stopped:
            outcomes.append(str(stopped).replace(str(server.server_port), ""))
        connection.close()
    service = server.service
    return outcomes, service.requests, server.connections, len(service.taken)


def sent(at):
    with simulator() as server:
        return sent_to(server, at, messages(3))


def answered_late(at):
    with simulator(service=LateToAnswer) as server:
        return sent_to(server, at, messages(1))


def read_late(at):
    """Whether a mail arrives that no buffer holds."""
    (mail,) = messages(1)
    large = replace(mail, compiled=replace(COMPILED, html=("x" * 12_000_000,)))
    at = at.having("transport.sendgrid.requests_per_connection", "1")
    with LateToRead(Service(clock=time.time, key=KEY)) as server:
        return sent_to(server, at, [large])


def connected(at):
    """How long a connection that is open has been waited for, at most."""
    with simulator() as server:
        at = at.having("transport.sendgrid.base_url", f'"{server.url}"')
        with at.opened() as app:
            connection = app.settings.provider.backend(
                app.settings.provider_settings, None
            ).connect()
            patience_s = connection._http._connection.timeout
            connection.close()
    return patience_s


def asked_host(at):
    """The host that is asked for the account's lists."""
    with at.opened() as app:
        return app.provider_lists._client.host


TRIED = {
    "transport.sendgrid.api_key": ('"env:OTHER"', sent),
    "transport.sendgrid.region": ('"eu"', asked_host),
    "transport.sendgrid.batch_size": ("2", sent),
    "transport.sendgrid.sandbox": ("true", sent),
    "transport.sendgrid.base_url": ('"http://127.0.0.1:9"', sent),
    "transport.sendgrid.requests_per_connection": ("1", sent),
    "transport.sendgrid.connect_timeout_s": ("5.0", connected),
    "transport.sendgrid.write_timeout_s": ("0.05", read_late),
    "transport.sendgrid.answer_timeout_s": ("0.05", answered_late),
}
"""By key: another value, and what shows it."""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KEY", KEY)
        patch.setenv("OTHER", "SG.another.key")
        yield Workplace(tmp_path_factory.mktemp("account"), CONFIG)


as_written, test_another_value_is_seen, test_the_same_values_show_the_same = trials_of(TRIED)
