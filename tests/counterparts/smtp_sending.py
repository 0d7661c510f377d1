"""Sending to a scripted server, and what came of it."""

from mailer.errors import BackendMisconfigured, BackendUnavailable
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from tests.counterparts.builders import a_delivery, a_mailing, a_message

MAILING = a_mailing()


def messages(count=1, **fields):
    return [a_message(a_delivery(number, mailing=MAILING, **fields)) for number in range(count)]


def backend(server, **settings):
    defaults = {
        "host": "127.0.0.1",
        "port": server.port,
        "tls": "none",
        "connect_timeout_s": 60,
        "command_timeout_s": 60,
        "data_timeout_s": 60,
        "dot_timeout_s": 60,
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
