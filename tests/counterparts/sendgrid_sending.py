"""Sending to the SendGrid simulator, and what came of it."""

import time
from contextlib import contextmanager

from mailer.errors import BackendMisconfigured, BackendUnavailable
from mailer.model.team.secret import Secret
from mailer.providers.sendgrid.connection import SendGridBackend
from mailer.providers.sendgrid.settings import SendGridSettings
from tests.counterparts.builders import a_delivery, a_mailing, a_message
from tests.sendgrid_simulator import Service, Simulator

MAILING = a_mailing()
KEY = "SG.simulator.key"


def messages(count=1, **fields):
    return [a_message(a_delivery(number, mailing=MAILING, **fields)) for number in range(count)]


@contextmanager
def simulator(*faults, service=Service, **fields):
    service = service(**{"clock": time.time, "key": KEY, "faults": list(faults)} | fields)
    with Simulator(service) as server:
        yield server


def backend(server, **settings):
    """The backend, which waits long for an answer unless the server will never give one."""
    faults = () if isinstance(server, str) else server.service.faults
    is_silent = any(each.happening.endswith("hang") for each in faults)
    defaults = {
        "api_key": Secret(KEY, "env:TEST"),
        "base_url": server if isinstance(server, str) else server.url,
        "batch_size": 3,
        "connect_timeout_s": 60,
        "write_timeout_s": 60,
        "answer_timeout_s": 0.5 if is_silent else 60,
    }
    return SendGridBackend(SendGridSettings(**defaults | settings))


def send(server, sent=None, **settings):
    """The outcomes by delivery id, in the order they came, and the error that ended it."""
    outcomes, error = {}, None
    sent = messages() if sent is None else sent
    try:
        connection = backend(server, **settings).connect()
    except (BackendUnavailable, BackendMisconfigured) as refused:
        return outcomes, refused
    taken = []

    def source():
        for message in sent:
            assert len(taken) - len(outcomes) < connection._settings.batch_size
            taken.append(message.delivery_id)
            yield message

    try:
        for delivery_id, outcome in connection.deliver(source()):
            assert delivery_id not in outcomes
            outcomes[delivery_id] = outcome
    except (BackendUnavailable, BackendMisconfigured) as stopped:
        error = stopped
    finally:
        connection.close()
    assert set(outcomes) == set(taken), "an outcome for everything taken"
    return outcomes, error


def kinds(outcomes):
    return [type(outcome).__name__ for outcome in outcomes.values()]
