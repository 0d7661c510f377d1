"""Waiting for what a process says or does, however slow and busy the machine.

There is no limit in seconds here: it would measure the machine. The end of the process one
waits for is a failure at once, and pytest's own limit ends a test that hangs.
"""

import socket
import time
from contextlib import suppress


def wait_until(is_met, *, process=None):
    """Wait until `is_met()`; fails when `process`, which should bring it about, has ended."""
    while not is_met():
        # Asked before the condition is asked again, so that its last act counts.
        has_ended = process is not None and process.poll() is not None
        if has_ended and not is_met():
            message = f"the process ended with {process.returncode} before what was awaited"
            raise AssertionError(message)
        time.sleep(0.01)


def wait_for_port(port, process):
    """Wait until `process` accepts connections on a port of loopback."""
    wait_until(lambda: _accepts(port), process=process)


def _accepts(port):
    with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False
