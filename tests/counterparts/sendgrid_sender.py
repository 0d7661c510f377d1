"""A sender through SendGrid, as a process of its own, to be killed."""

from tests.counterparts.sender import drain
from tests.counterparts.sendgrid_sending import backend


def main(ledger_url, simulator_url, connections, batch_size):
    over = backend(simulator_url, batch_size=int(batch_size), answer_timeout_s=10)
    drain(ledger_url, over, int(connections))
