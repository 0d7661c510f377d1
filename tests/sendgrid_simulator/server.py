"""The simulator's door: HTTP on loopback."""

from __future__ import annotations

import json
import socket
import sys
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.sendgrid_simulator.service import LISTS

if TYPE_CHECKING:
    from types import TracebackType

    from tests.sendgrid_simulator.faults import Fault
    from tests.sendgrid_simulator.service import Service

_LISTS = "/v3/suppression/"
_GLOBAL = "/v3/asm/suppressions/global/"


class Simulator(ThreadingHTTPServer):
    """Serves `service` on 127.0.0.1 while the context lasts; `port` 0 takes a free one."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, service: Service, port: int = 0) -> None:
        self.service = service
        self.connections = 0
        self.ending = Event()
        super().__init__(("127.0.0.1", port), _Talk)
        self._thread = Thread(target=self.serve_forever, args=(0.05,), name="simulator")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.ending.set()
        self.shutdown()
        self._thread.join()
        self.server_close()

    def get_request(self) -> tuple[socket.socket, Any]:
        self.connections += 1
        return super().get_request()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that breaks off is no fault of ours."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def server_bind(self) -> None:
        """Without the name look-up of `HTTPServer`, which asks the network who we are."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]


class _Talk(BaseHTTPRequestHandler):
    """One connection."""

    server: Simulator
    protocol_version = "HTTP/1.1"
    server_version = "mailer-simulator"
    sys_version = ""
    wbufsize = -1
    disable_nagle_algorithm = True

    def log_message(self, *_arguments: object) -> None:
        """Silence: requests hold addresses."""

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fault = self.server.service.fault_for(urlsplit(self.path).path)
        if fault is not None:
            self._fail(fault, body)
        elif not self._is_authorised():
            self._answer(401, {}, _error("The provided authorization grant is invalid"))
        else:
            self._answer(*self._route(body))

    def _is_authorised(self) -> bool:
        kind, _, key = self.headers.get("Authorization", "").partition(" ")
        return (
            kind == "Bearer" and key not in {"", "None"} and (self.server.service.key in {"", key})
        )

    def _route(self, body: bytes) -> tuple[int, dict[str, str], object]:
        parts = urlsplit(self.path)
        service = self.server.service
        match self.command, parts.path:
            case "POST", "/v3/mail/send":
                if "mail.send" not in service.scopes:
                    return 403, {}, _error("access forbidden")
                return service.send(body)
            case "GET", "/v3/scopes":
                return 200, {}, {"scopes": list(service.scopes)}
            case method, path if path.startswith(_LISTS):
                name, _, address = path.removeprefix(_LISTS).partition("/")
                if name in LISTS and method in {"GET", "DELETE"}:
                    return self._suppressions(method, name, unquote(address), parts.query, body)
            case "DELETE", path if path.startswith(_GLOBAL):
                address = unquote(path.removeprefix(_GLOBAL))
                return self._suppressions("DELETE", "unsubscribes", address, "", b"")
        return 404, {}, _error("not found")

    def _suppressions(
        self, method: str, name: str, address: str, query: str, body: bytes
    ) -> tuple[int, dict[str, str], object]:
        service = self.server.service
        try:
            if method == "GET":
                return 200, {}, service.page(name, dict(parse_qsl(query)))
            if address:
                return (204 if service.lift(name, [address]) else 404), {}, None
            asked = json.loads(body or b"{}")
            everything = asked.get("delete_all") is True
            service.lift(name, asked.get("emails", []), everything=everything)
        except (ValueError, AttributeError, TypeError):
            return 400, {}, _error("Bad Request")
        return 204, {}, None

    def _answer(self, status: int, headers: dict[str, str], content: object) -> None:
        body = b"" if content is None else json.dumps(content).encode()
        self._write(status, {"Content-Type": "application/json", **headers}, body)

    def _write(self, status: int, headers: dict[str, str], body: bytes, *, cut: int = 0) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) + cut))
        self.end_headers()
        self.wfile.write(body)

    def _fail(self, fault: Fault, body: bytes) -> None:
        if fault.happening.startswith(("take", "truncate")):
            self.server.service.send(body)
        if fault.happening == "answer":
            self._write(fault.status, dict(fault.headers), fault.body.encode())
            return
        if fault.happening.endswith("hang"):
            self.server.ending.wait(600)
        if fault.happening == "truncate":
            self._write(202, {}, b"", cut=100)
        self.close_connection = True
        with suppress(OSError):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)


def _error(message: str) -> dict[str, Any]:
    return {"errors": [{"message": message, "field": None, "help": None}]}
