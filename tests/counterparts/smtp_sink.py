"""Postfix's own test server, told to misbehave."""

import os
import shutil
import socket
import subprocess
from contextlib import contextmanager

from tests.counterparts.waiting import wait_for_port

SINK = shutil.which("smtp-sink", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
MISSING = "no smtp-sink to test against: install Debian's postfix package"


@contextmanager
def smtp_sink(*options):
    """Listens on loopback; yields the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    process = subprocess.Popen(
        [SINK, *user, *options, f"127.0.0.1:{port}", "50"], stderr=subprocess.DEVNULL
    )
    try:
        wait_for_port(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()
