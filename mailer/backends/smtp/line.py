"""A line to the relay: bytes out, replies in, a time-out for each phase."""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from time import monotonic

from mailer.backends.smtp.replies import Reply

_LONGEST_LINE = 8_192
"""RFC 5321 §4.5.3.1.5 allows 512 octets in a reply line; relays exceed it, bombs much more."""
_MOST_LINES = 200


class BrokenLineError(Exception):
    """The line closed, stalled, or said what is no SMTP; `args` says which."""


class Line:
    """A connected socket; TLS may be put over it. Raises BrokenLineError, nothing else."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = b""

    def send(self, content: bytes, *, timeout_s: float) -> None:
        """Everything, or BrokenLineError: then the last byte was certainly not handed over,
        for `sendall` raises only while some of it is left.
        """
        try:
            self._socket.settimeout(timeout_s)
            self._socket.sendall(content)
        except OSError as error:
            raise BrokenLineError(_reason(error)) from error

    def reply(self, *, timeout_s: float) -> Reply:
        """The next reply, all of its lines, within `timeout_s` however slowly they drip."""
        deadline = monotonic() + timeout_s
        lines: list[str] = []
        while len(lines) < _MOST_LINES:
            line = self._read_line(deadline)
            if not line[:3].isdigit() or line[3:4] not in {b"", b" ", b"-"}:
                message = f"not a reply: {line[:80]!r}"
                raise BrokenLineError(message)
            lines.append(line[4:].decode("utf-8", "replace").strip())
            if line[3:4] != b"-":
                return Reply(int(line[:3]), tuple(lines))
        message = "endless reply"
        raise BrokenLineError(message)

    def start_tls(self, context: ssl.SSLContext, host: str, *, timeout_s: float) -> None:
        """Raises ssl.SSLCertVerificationError as it is: trying again would not help.

        What was received in the clear is not trusted (the STARTTLS injection of 2011).
        """
        if self._received:
            message = "the relay spoke before TLS began"
            raise BrokenLineError(message)
        try:
            self._socket.settimeout(timeout_s)
            self._socket = context.wrap_socket(self._socket, server_hostname=host)
        except ssl.SSLCertVerificationError:
            raise
        except OSError as error:
            raise BrokenLineError(_reason(error)) from error

    def own_address(self) -> str:
        """Our side of the line as an address literal (RFC 5321 §4.1.3)."""
        address = str(self._socket.getsockname()[0]).partition("%")[0]
        return f"[IPv6:{address}]" if ":" in address else f"[{address}]"

    def close(self) -> None:
        with suppress(OSError):
            self._socket.close()

    def _read_line(self, deadline: float) -> bytes:
        while b"\n" not in self._received:
            if len(self._received) > _LONGEST_LINE:
                message = "endless reply line"
                raise BrokenLineError(message)
            try:
                self._socket.settimeout(max(deadline - monotonic(), 0.001))
                received = self._socket.recv(65_536)
            except OSError as error:
                raise BrokenLineError(_reason(error)) from error
            if not received:
                message = "connection closed by the relay"
                raise BrokenLineError(message)
            self._received += received
        line, _, self._received = self._received.partition(b"\n")
        return line.rstrip(b"\r")


def _reason(error: OSError) -> str:
    return "timed out" if isinstance(error, TimeoutError) else str(error)
