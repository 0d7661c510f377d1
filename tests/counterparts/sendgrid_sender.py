"""A sender through SendGrid, as a process of its own, to be killed."""

from tests.counterparts.sender import drain, serve
from tests.counterparts.sendgrid_sending import backend


def main(ledger_url, simulator_url, connections, batch_size):
    drain(ledger_url, _over(simulator_url, batch_size), int(connections))


def serve_sendgrid(ledger_url, simulator_url, connections, batch_size):
    serve(ledger_url, _over(simulator_url, batch_size), int(connections))


def _over(simulator_url, batch_size):
    return backend(simulator_url, batch_size=int(batch_size), answer_timeout_s=10)
