"""A line to the relay: bytes out, replies in, a time-out for each phase."""

from __future__ import annotations

import select
import ssl
from contextlib import suppress
from functools import lru_cache
from socket import IPPROTO_TCP, TCP_NODELAY
from time import monotonic
from typing import TYPE_CHECKING

from mailer.providers.smtp.replies import Reply

if TYPE_CHECKING:
    from socket import socket

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


class SmtpWire:
    """A connected socket; TLS may be put over it. Raises BrokenLineError, nothing else.

    It never blocks: waiting is done apart, for a time-out set on a socket costs two system
    calls more for each of its own, and at each the other threads take the interpreter.
    """

    def __init__(self, connected: socket) -> None:
        connected.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        connected.setblocking(False)
        self._socket = connected
        self._has_tls = False
        self._received = b""

    def send(self, *parts: bytes, timeout_s: float) -> None:
        """Everything, in as few packets as it takes, none of which may take longer than
        `timeout_s`; BrokenLineError tells how much had left.
        """
        left = [memoryview(part) for part in parts if part]
        sent_bytes = 0
        try:
            while left:
                sent = self._send_some(left, timeout_s)
                sent_bytes += sent
                while left and sent >= len(left[0]):
                    sent -= len(left.pop(0))
                if sent:
                    left[0] = left[0][sent:]
        except OSError as error:
            raise BrokenLineError(_reason(error), sent_bytes=sent_bytes) from error

    def _send_some(self, parts: list[memoryview], timeout_s: float) -> int:
        """How many bytes were taken. TLS takes one part at a time, and so does Windows."""
        while True:
            try:
                if self._has_tls or not hasattr(self._socket, "sendmsg"):
                    return self._socket.send(parts[0])
                return self._socket.sendmsg(parts)
            except ssl.SSLWantReadError:
                self._wait_to_read(timeout_s)
            except (BlockingIOError, ssl.SSLWantWriteError):
                self._wait_to_write(timeout_s)

    def reply(self, *, timeout_s: float) -> Reply:
        """The next reply, all of its lines, within `timeout_s` however slowly they drip."""
        deadline = monotonic() + timeout_s
        reply, is_last = _read(self._read_line(deadline))
        if is_last:
            return reply
        lines = list(reply.lines)
        while len(lines) < _MOST_LINES:
            reply, is_last = _read(self._read_line(deadline))
            lines += reply.lines
            if is_last:
                return Reply(reply.code, tuple(lines))
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
            self._socket.setblocking(False)
        except ssl.SSLCertVerificationError:
            raise
        except OSError as error:
            raise BrokenLineError(_reason(error)) from error
        self._has_tls = True

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
                received = self._receive(deadline)
            except OSError as error:
                raise BrokenLineError(_reason(error)) from error
            if not received:
                message = "connection closed by the relay"
                raise BrokenLineError(message)
            self._received += received
        line, _, self._received = self._received.partition(b"\n")
        return line.rstrip(b"\r")

    def _receive(self, deadline: float) -> bytes:
        # TLS may hold what has come already: waiting for more would be in vain.
        if not self._has_tls:
            self._wait_to_read(deadline - monotonic())
        while True:
            try:
                return self._socket.recv(65_536)
            except (BlockingIOError, ssl.SSLWantReadError):
                self._wait_to_read(deadline - monotonic())
            except ssl.SSLWantWriteError:
                self._wait_to_write(deadline - monotonic())

    def _wait_to_read(self, longest_s: float) -> None:
        if not select.select([self._socket], [], [], max(longest_s, 0))[0]:
            raise TimeoutError

    def _wait_to_write(self, longest_s: float) -> None:
        if not select.select([], [self._socket], [], max(longest_s, 0))[1]:
            raise TimeoutError


@lru_cache(maxsize=64)
def _read(line: bytes) -> tuple[Reply, bool]:
    """A reply of this line alone, and whether it is the last one. Most lines are alike."""
    if not line[:3].isdigit() or line[3:4] not in {b"", b" ", b"-"}:
        message = f"not a reply: {line[:80]!r}"
        raise BrokenLineError(message)
    text = line[4:].decode("utf-8", "replace").strip()
    return Reply(int(line[:3]), (text,)), line[3:4] != b"-"


def _reason(error: OSError) -> str:
    return "timed out" if isinstance(error, TimeoutError) else str(error)
