"""The HTTP client of the `sendgrid` package, over a connection of our own.

The package opens a connection for each call, has no time-out, and logs key and content at level
DEBUG. Here the connection is kept and each phase has a time-out. A request that was not wholly
written (safe to repeat) is distinguished from one without an answer (never repeated by us). We
keep the package's URLs, headers, responses and errors; a test checks the methods we override.
"""

from __future__ import annotations

import io
import selectors
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

_MAX_ANSWER_BYTES = 1_000_000
_IDLE_S = 1.0
"""A connection idle for longer is replaced: the server may close it just as we write, and then we
could not know whether it had read the request."""


class NotWrittenError(Exception):
    """The request was not completely sent, so nothing of it was accepted. `args` holds the reason."""


class NoAnswerError(Exception):
    """The request was sent, but no valid answer came back. `args` holds the reason."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """A complete answer, with the methods that the package calls."""

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
    """A connection to the service for one thread. It is replaced when it has expired.

    Certificates are always verified, against those of the system when there is no `context`.
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
        """Send one request and return the answer.

        Raises NotWrittenError, NoAnswerError or ssl.SSLCertVerificationError.
        """
        connection = self._send_request(method, path, body, headers)
        try:
            _socket_of(connection).settimeout(self._settings.answer_timeout_s)
            response = connection.getresponse()
            answer = _Answer(response.status, response.headers, response.read(_MAX_ANSWER_BYTES))
        except (OSError, HTTPException) as error:
            self.close()
            raise NoAnswerError(_reason(error)) from error
        if response.will_close or not response.isclosed():
            self.close()
        if response.length:
            # `read` with a limit does not report missing bytes.
            message = f"{answer.status}, and the answer broke off"
            raise NoAnswerError(message)
        self._carried += 1
        self._used_at = monotonic()
        return answer

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _send_request(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> HTTPConnection:
        """Send the request and return its connection. Replaces a used connection that fails."""
        if self._is_expired():
            self.close()
        while True:
            is_new = self._connection is None
            try:
                connection = self._connection or self._open()
                _socket_of(connection).settimeout(self._settings.write_timeout_s)
                # `sendall` raises only if part of the request was not sent.
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

    def _open(self) -> HTTPConnection:
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

    def _is_expired(self) -> bool:
        """Return whether the kept connection is used up, idle for too long, or closed by the peer."""
        if self._connection is None:
            return False
        return (
            self._carried >= self._settings.requests_per_connection
            or monotonic() - self._used_at > _IDLE_S
            or _has_news(_socket_of(self._connection))
        )


class HttpClient(Client):  # type: ignore[misc]  # the package has no types
    """The package's client over a `HttpConnection`. It replaces the one of `SendGridAPIClient`."""

    def __init__(self, http: HttpConnection, **settings: Any) -> None:
        super().__init__(**settings)
        self._http = http

    def _build_client(self, name: str | None = None) -> HttpClient:
        return HttpClient(
            self._http,
            host=self.host,
            version=self._version,
            request_headers=self.request_headers,
            url_path=[*self._url_path, name] if name else self._url_path,
        )

    def get(self) -> Response:
        """Send a GET request.

        Raises the package's errors for any answer but 2xx, and those of `HttpConnection.exchange`.
        """
        return self._ask("GET", None)

    def post(self, request_body: bytes) -> Response:
        """Send a POST request whose body is JSON already. Raises the same errors as `get`."""
        return self._ask("POST", request_body)

    def _ask(self, method: str, body: bytes | None) -> Response:
        url = urlsplit(self._build_url(None))
        headers = {**self.request_headers, "Content-Type": "application/json"}
        answer = self._http.exchange(method, url.path, body, headers)
        if 200 <= answer.status < 300:
            return Response(answer)
        body_file = io.BytesIO(answer.body)
        with HTTPError(url.geturl(), answer.status, "", answer.headers, body_file) as error:
            raise handle_error(error)


def _has_news(line: socket) -> bool:
    """Return whether something waits to be read, such as that the peer has closed the line.

    Not by select(), which knows no descriptor above 1,023.
    """
    with selectors.DefaultSelector() as selector:
        selector.register(line, selectors.EVENT_READ)
        return bool(selector.select(0))


def _socket_of(connection: HTTPConnection) -> socket:
    found: socket = connection.sock
    return found


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "timed out"
    return str(error) or type(error).__name__
