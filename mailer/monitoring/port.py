"""The port of monitors: whether the process lives, whether it is ready, and its metrics."""

from __future__ import annotations

import http.client
import json
import socket
import sys
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from mailer.errors import BackendMisconfigured, MailerError, Place, Problem, reason_of
from mailer.log_context import log_event
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TEXT = "text/plain; charset=utf-8"
_METRICS = "text/plain; version=0.0.4; charset=utf-8"
_PATIENCE_S = 5.0


class PortReply(NamedTuple):
    """What the port answers."""

    status: int
    kind: str
    body: bytes


class Readiness(NamedTuple):
    """Whether the process does its work, and which part of it does not."""

    is_ready: bool
    why: str = ""


@contextmanager
def monitoring_port(
    host: str, port: int, *, metrics: Callable[[], bytes], readiness: Callable[[], Readiness]
) -> Iterator[int]:
    """Answer monitors while the block runs; yields the port. Raises BackendMisconfigured."""

    def reply_to(path: str) -> PortReply:
        match path:
            case "/healthz/live":
                return PortReply(200, _TEXT, b"live\n")
            case "/healthz/ready":
                return _said(readiness)
            case "/metrics":
                return PortReply(200, _METRICS, metrics())
            case _:
                return PortReply(404, _TEXT, b"/healthz/live /healthz/ready /metrics\n")

    class Answering(_MonitoringHandler):
        reply = staticmethod(reply_to)

    try:
        server = _MonitoringServer(host, port, Answering)
    except OSError as error:
        what = _("This port cannot be opened: {reason}.", reason=reason_of(error))
        remedy = _("End the other program that uses it, or choose another port.")
        raise BackendMisconfigured(Problem(Place(f"{host}:{port}"), what, remedy)) from error
    thread = Thread(target=server.serve_forever, args=(0.1,), name="monitoring", daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _said(readiness: Callable[[], Readiness]) -> PortReply:
    try:
        found = readiness()
    except MailerError as error:
        found = Readiness(is_ready=False, why=type(error).__name__)
    body = json.dumps({"ready": found.is_ready, "why": found.why}).encode()
    return PortReply(200 if found.is_ready else 503, "application/json", body)


class _MonitoringServer(ThreadingHTTPServer):
    """Listens on an address of either family."""

    daemon_threads = True

    def __init__(self, host: str, port: int, handler: type[BaseHTTPRequestHandler]) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), handler)

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - the library passes them
        """Log what failed in a line. A client that hangs up is no failure, and does so at will."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            log_event("failure", task="monitoring", kind=type(error).__name__)


class _MonitoringHandler(BaseHTTPRequestHandler):
    """Answers GET; the log has a line of its own for acts, and none for monitors."""

    reply: Callable[[str], PortReply]
    server_version = "mailer"
    sys_version = ""
    timeout = _PATIENCE_S

    def do_GET(self) -> None:
        status, kind, body = type(self).reply(self.path.partition("?")[0])
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: a monitor asks every few seconds."""


def ask_readiness(host: str, port: int) -> Readiness:
    """Ask a running process whether it is ready."""
    connection = http.client.HTTPConnection(_reachable(host), port, timeout=_PATIENCE_S)
    try:
        connection.request("GET", "/healthz/ready")
        answer = json.loads(connection.getresponse().read())
        return Readiness(bool(answer["ready"]), str(answer["why"]))
    except (OSError, ValueError, KeyError, http.client.HTTPException) as error:
        return Readiness(is_ready=False, why=type(error).__name__)
    finally:
        connection.close()


def _reachable(host: str) -> str:
    """Return the address at which a process that listens on every address is asked from here."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 - compared, not bound
