"""A sender through SendGrid, to be killed: `python -m tests.counterparts.sendgrid_sender`."""

import sys

from tests.counterparts.sender import drain
from tests.counterparts.sendgrid_sending import backend

if __name__ == "__main__":
    ledger_url, stand_in_url, connections, batch_size = sys.argv[1:]
    drain(
        ledger_url,
        backend(stand_in_url, batch_size=int(batch_size), answer_timeout_s=10),
        int(connections),
    )
