"""The connection to the relay: it sends bytes and reads replies, with a time-out per phase."""

from __future__ import annotations

import selectors
import ssl
from contextlib import suppress
from functools import lru_cache
from socket import IPPROTO_TCP, TCP_NODELAY
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from mailer.certificates import certificate_ends_at
from mailer.model.health.relay import Encryption
from mailer.providers.smtp.replies import ServerReply

if TYPE_CHECKING:
    from socket import socket

# Where there is `poll`: `select` knows the first 1,024 files of a process, and `epoll` costs a file
# of its own for each wait.
_Selector = getattr(selectors, "PollSelector", selectors.SelectSelector)
_MAX_LINE_LENGTH = 8_192
"""RFC 5321 §4.5.3.1.5 allows 512 octets in a reply line. Real relays exceed that a little."""
_MAX_LINES = 200
_TIMED_OUT = "timed out"
_NOT_TLS = frozenset(
    ["WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG", "HTTP_REQUEST"]
)
"""OpenSSL's names for an answer that is no TLS record."""
_REPLY_CODES = range(200, 600)
"""RFC 5321 §4.2.1 knows codes from 211 to 5yz. Anything else is not an answer to be judged."""


class BrokenLineError(Exception):
    """The connection closed, timed out, or carried something that is not SMTP.

    `args` says which. `sent_bytes` is how much of the data had been sent before that.
    """

    def __init__(self, why: str, *, sent_bytes: int = 0) -> None:
        super().__init__(why)
        self.sent_bytes = sent_bytes

    @property
    def is_timeout(self) -> bool:
        return str(self) == _TIMED_OUT


class NotTlsError(BrokenLineError):
    """The relay answered the beginning of TLS with something else: plain text, usually."""


class SmtpWire:
    """A connected socket, with or without TLS. Its methods raise only BrokenLineError.

    The socket is non-blocking and we wait with a selector. A time-out set on the socket would cost
    two more system calls for each call, and at each one other threads take the interpreter.
    """

    def __init__(self, connected: socket) -> None:
        connected.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        connected.setblocking(False)
        self._socket = connected
        self._has_tls = False
        self._received = b""

    def send(self, *parts: bytes, timeout_s: float) -> None:
        """Send all parts in as few packets as possible, each within `timeout_s`.

        The BrokenLineError it raises says how many bytes had been sent.
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
        """Send once. Returns how many bytes were sent. TLS and Windows take one part at a time."""
        while True:
            try:
                if self._has_tls or not hasattr(self._socket, "sendmsg"):
                    return self._socket.send(parts[0])
                return self._socket.sendmsg(parts)
            except ssl.SSLWantReadError:
                self._wait_to_read(timeout_s)
            except (BlockingIOError, ssl.SSLWantWriteError):
                self._wait_to_write(timeout_s)

    def reply(self, *, timeout_s: float) -> ServerReply:
        """Read the next reply with all of its lines, within `timeout_s` in total."""
        deadline = monotonic() + timeout_s
        line = _parse(self._read_line(deadline))
        if line.is_last:
            return line.reply
        lines = list(line.reply.lines)
        while len(lines) < _MAX_LINES:
            following = _parse(self._read_line(deadline))
            if following.reply.code != line.reply.code:
                # RFC 5321 §4.2.1 demands one code. With two, nobody knows which one counts.
                message = f"a reply with two codes: {line.reply.code} and {following.reply.code}"
                raise BrokenLineError(message)
            line = following
            lines += line.reply.lines
            if line.is_last:
                return ServerReply(line.reply.code, tuple(lines))
        message = "endless reply"
        raise BrokenLineError(message)

    def start_tls(self, context: ssl.SSLContext, host: str, *, timeout_s: float) -> None:
        """Negotiate TLS. Lets ssl.SSLCertVerificationError through, because a retry cannot help.

        Raises BrokenLineError if plain text was already received (STARTTLS injection, 2011).
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
        except ssl.SSLError as error:
            kind = NotTlsError if error.reason in _NOT_TLS else BrokenLineError
            raise kind(_reason(error)) from error
        except OSError as error:
            raise BrokenLineError(_reason(error)) from error
        self._has_tls = True

    def own_address(self) -> str:
        """Return our address on this connection as an address literal (RFC 5321 §4.1.3)."""
        address = str(self._socket.getsockname()[0]).partition("%")[0]
        return f"[IPv6:{address}]" if ":" in address else f"[{address}]"

    @property
    def encryption(self) -> Encryption | None:
        """The encryption of this connection; None in the clear."""
        if not isinstance(self._socket, ssl.SSLSocket):
            return None
        certificate = self._socket.getpeercert() or {}
        return Encryption(self._socket.version() or "", certificate_ends_at(certificate))

    def close(self) -> None:
        with suppress(OSError):
            self._socket.close()

    def _read_line(self, deadline: float) -> bytes:
        while b"\n" not in self._received:
            if len(self._received) > _MAX_LINE_LENGTH:
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
        # TLS may have buffered data already, so waiting on the socket first could hang.
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
        self._wait(selectors.EVENT_READ, longest_s)

    def _wait_to_write(self, longest_s: float) -> None:
        self._wait(selectors.EVENT_WRITE, longest_s)

    def _wait(self, event: int, longest_s: float) -> None:
        with _Selector() as selector:
            selector.register(self._socket, event)
            if not selector.select(max(longest_s, 0)):
                raise TimeoutError


class _ReplyLine(NamedTuple):
    """One line of a reply, as a reply of its own, and whether it is the last line."""

    reply: ServerReply
    is_last: bool


@lru_cache(maxsize=64)
def _parse(line: bytes) -> _ReplyLine:
    """Parse one line of a reply. It is cached because most lines are the same."""
    if (
        not line[:3].isdigit()
        or line[3:4] not in {b"", b" ", b"-"}
        or int(line[:3]) not in _REPLY_CODES
    ):
        message = f"not a reply: {line[:80]!r}"
        raise BrokenLineError(message)
    text = line[4:].decode("utf-8", "replace").strip()
    return _ReplyLine(ServerReply(int(line[:3]), (text,)), is_last=line[3:4] != b"-")


def _reason(error: OSError) -> str:
    return _TIMED_OUT if isinstance(error, TimeoutError) else str(error)
