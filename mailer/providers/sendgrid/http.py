"""The `sendgrid` package's HTTP client on a line of our own.

The package opens a connection for each call, waits for ever, and writes key and content into
the log at level DEBUG. Here the line is kept, each phase has a time-out, and a request that was
not wholly written (safe to repeat) is told apart from one without an answer (never repeated by
ourselves). Of the package's client we keep its addresses, headers, answers and errors; a test
holds it to the places where we step in.
"""

from __future__ import annotations

import io
import select
import ssl
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

from python_http_client.client import Client, Response
from python_http_client.exceptions import handle_error

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message as Headers
    from socket import socket

    from mailer.providers.sendgrid.settings import SendGridSettings

_LONGEST_ANSWER = 1_000_000
_IDLE_S = 1.0
"""A line idle for longer is left for a new one: a server may close it just when we write, and
nobody could say then whether it had read."""


class NotWrittenError(Exception):
    """The request did not leave whole, so nothing of it can have been taken; `args` say why."""


class NoAnswerError(Exception):
    """The request left and its answer did not come, or made no sense; `args` say why."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the package wants to see of an answer, wholly read."""

    status: int
    headers: Headers
    body: bytes

    def getcode(self) -> int:
        return self.status

    def read(self) -> bytes:
        return self.body

    def info(self) -> Headers:
        return self.headers


class HttpConnection:
    """A connection to the service, replaced whenever it has served its time; for one thread.

    Without a `context` that of the system is taken: certificates are always verified.
    """

    def __init__(self, settings: SendGridSettings, context: ssl.SSLContext | None = None) -> None:
        self._settings = settings
        self._context = context
        self._connection: HTTPConnection | None = None
        self._carried = 0
        self._used_at = 0.0

    def exchange(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> _Answer:
        """Raises NotWrittenError, NoAnswerError, or ssl.SSLCertVerificationError as it is."""
        connection = self._written(method, path, body, headers)
        try:
            _socket_of(connection).settimeout(self._settings.answer_timeout_s)
            response = connection.getresponse()
            answer = _Answer(response.status, response.headers, response.read(_LONGEST_ANSWER))
        except (OSError, HTTPException) as error:
            self.close()
            raise NoAnswerError(_reason(error)) from error
        if response.will_close or not response.isclosed():
            self.close()
        if response.length:
            # `read` with a limit is silent about what is missing.
            message = f"{answer.status}, and the answer broke off"
            raise NoAnswerError(message)
        self._carried += 1
        self._used_at = monotonic()
        return answer

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _written(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> HTTPConnection:
        """The connection on which the request left whole; a used one that fails is replaced."""
        if self._is_worn():
            self.close()
        while True:
            is_new = self._connection is None
            try:
                connection = self._connection or self._opened()
                _socket_of(connection).settimeout(self._settings.write_timeout_s)
                # `sendall` raises only while some of the request is left.
                connection.request(method, path, body, headers)
            except ssl.SSLCertVerificationError:
                self.close()
                raise
            except OSError as error:
                self.close()
                if is_new:
                    raise NotWrittenError(_reason(error)) from error
            else:
                return connection

    def _opened(self) -> HTTPConnection:
        parts = urlsplit(self._settings.address)
        timeout_s = self._settings.connect_timeout_s
        host = parts.hostname or ""
        connection = (
            HTTPSConnection(host, parts.port, timeout=timeout_s, context=self._context)
            if parts.scheme == "https"
            else HTTPConnection(host, parts.port, timeout=timeout_s)
        )
        connection.connect()
        self._connection, self._carried = connection, 0
        return connection

    def _is_worn(self) -> bool:
        """Whether the kept line must not be used: worn out, idle for long, or closed by the peer."""
        if self._connection is None:
            return False
        return (
            self._carried >= self._settings.requests_per_connection
            or monotonic() - self._used_at > _IDLE_S
            or bool(select.select([_socket_of(self._connection)], [], [], 0)[0])
        )


class HttpClient(Client):  # type: ignore[misc]  # the package has no types
    """The package's client, over a `HttpConnection`; given to `SendGridAPIClient` in place of its own."""

    def __init__(self, line: HttpConnection, **settings: Any) -> None:
        super().__init__(**settings)
        self._line = line

    def _build_client(self, name: str | None = None) -> HttpClient:
        return HttpClient(
            self._line,
            host=self.host,
            version=self._version,
            request_headers=self.request_headers,
            url_path=[*self._url_path, name] if name else self._url_path,
        )

    def get(self) -> Response:
        """Raises the package's errors for any answer but 2xx, and those of `HttpConnection.exchange`."""
        return self._ask("GET", None)

    def post(self, request_body: bytes) -> Response:
        """As `get`; the body is JSON already."""
        return self._ask("POST", request_body)

    def _ask(self, method: str, body: bytes | None) -> Response:
        url = urlsplit(self._build_url(None))
        headers = {**self.request_headers, "Content-Type": "application/json"}
        answer = self._line.exchange(method, url.path, body, headers)
        if 200 <= answer.status < 300:
            return Response(answer)
        body_file = io.BytesIO(answer.body)
        with HTTPError(url.geturl(), answer.status, "", answer.headers, body_file) as error:
            raise handle_error(error)


def _socket_of(connection: HTTPConnection) -> socket:
    found: socket = connection.sock
    return found


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "timed out"
    return str(error) or type(error).__name__
