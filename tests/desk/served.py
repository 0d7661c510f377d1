"""The desk with its sign-in, served under a name: passkeys are made for names alone."""

import socket
import threading
from contextlib import contextmanager

import uvicorn

from mailer.clock import SimulatedClock
from mailer.web.serving import desk_of
from tests.counterparts.builders import NOON
from tests.counterparts.desk import an_office


@contextmanager
def served_by_name(folder, people, config="", clock=None):
    """The workspace and the address of its desk, as `localhost`."""
    with an_office(folder, clock or SimulatedClock(NOON), people, config) as app:
        listener = socket.create_server(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        server = uvicorn.Server(
            uvicorn.Config(desk_of(app, port=port), log_level="error", lifespan="off")
        )
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield app, f"http://localhost:{port}"
        finally:
            server.should_exit = True
            thread.join()
            listener.close()
