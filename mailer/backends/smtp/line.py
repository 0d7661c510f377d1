"""A line to the relay: bytes out, replies in, a time-out for each phase."""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from functools import lru_cache
from time import monotonic

from mailer.backends.smtp.replies import Reply

_LONGEST_LINE = 8_192
"""RFC 5321 §4.5.3.1.5 allows 512 octets in a reply line; relays exceed it, bombs much more."""
_MOST_LINES = 200


class BrokenLineError(Exception):
    """The line closed, stalled, or said what is no SMTP; `args` says which.

    `sent_bytes` of what was being sent had been handed over by then.
    """

    def __init__(self, why: str, *, sent_bytes: int = 0) -> None:
        super().__init__(why)
        self.sent_bytes = sent_bytes


class Line:
    """A connected socket; TLS may be put over it. Raises BrokenLineError, nothing else."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = b""
        self._timeout_s = 0.0

    def send(self, *parts: bytes, timeout_s: float) -> None:
        """Everything, in as few packets as it takes; BrokenLineError tells how much had left."""
        left = [memoryview(part) for part in parts if part]
        sent_bytes = 0
        try:
            self._wait_at_most(timeout_s)
            while left:
                sent = self._send_some(left)
                sent_bytes += sent
                while left and sent >= len(left[0]):
                    sent -= len(left.pop(0))
                if sent:
                    left[0] = left[0][sent:]
        except OSError as error:
            raise BrokenLineError(_reason(error), sent_bytes=sent_bytes) from error

    def _send_some(self, parts: list[memoryview]) -> int:
        """How many bytes were taken. TLS takes one part at a time, and so does Windows."""
        if isinstance(self._socket, ssl.SSLSocket) or not hasattr(self._socket, "sendmsg"):
            return self._socket.send(parts[0])
        return self._socket.sendmsg(parts)

    def reply(self, *, timeout_s: float) -> Reply:
        """The next reply, all of its lines, within `timeout_s` however slowly they drip."""
        deadline = monotonic() + timeout_s
        lines: list[str] = []
        while len(lines) < _MOST_LINES:
            code, text, is_last = _read(self._read_line(deadline))
            lines.append(text)
            if is_last:
                return Reply(code, tuple(lines))
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
            self._wait_at_most(timeout_s)
            self._socket = context.wrap_socket(self._socket, server_hostname=host)
        except ssl.SSLCertVerificationError:
            raise
        except OSError as error:
            raise BrokenLineError(_reason(error)) from error

    def own_address(self) -> str:
        """Our side of the line as an address literal (RFC 5321 §4.1.3)."""
        address = str(self._socket.getsockname()[0]).partition("%")[0]
        return f"[IPv6:{address}]" if ":" in address else f"[{address}]"

    def _wait_at_most(self, timeout_s: float) -> None:
        """Setting a time-out is a system call: one that is right within a hundredth stays."""
        if not 0.99 * timeout_s <= self._timeout_s <= 1.01 * timeout_s:
            self._socket.settimeout(timeout_s)
            self._timeout_s = timeout_s

    def close(self) -> None:
        with suppress(OSError):
            self._socket.close()

    def _read_line(self, deadline: float) -> bytes:
        while b"\n" not in self._received:
            if len(self._received) > _LONGEST_LINE:
                message = "endless reply line"
                raise BrokenLineError(message)
            try:
                self._wait_at_most(max(deadline - monotonic(), 0.001))
                received = self._socket.recv(65_536)
            except OSError as error:
                raise BrokenLineError(_reason(error)) from error
            if not received:
                message = "connection closed by the relay"
                raise BrokenLineError(message)
            self._received += received
        line, _, self._received = self._received.partition(b"\n")
        return line.rstrip(b"\r")


@lru_cache(maxsize=64)
def _read(line: bytes) -> tuple[int, str, bool]:
    """The code and text of a reply line, and whether it is the last. Most lines are alike."""
    if not line[:3].isdigit() or line[3:4] not in {b"", b" ", b"-"}:
        message = f"not a reply: {line[:80]!r}"
        raise BrokenLineError(message)
    return int(line[:3]), line[4:].decode("utf-8", "replace").strip(), line[3:4] != b"-"


def _reason(error: OSError) -> str:
    return "timed out" if isinstance(error, TimeoutError) else str(error)
