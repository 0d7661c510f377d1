"""Limits on what a mail server may answer: the library would read whatever is announced or sent."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING, Any

from imapclient import IMAPClient
from imapclient.tls import IMAP4_TLS

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

MAX_LINE_BYTES = 10_000_000
"""The numbers of a million mails fit on one line."""
MAX_LITERAL_BYTES = 4_000_000
"""Far more than the part of a mail that is asked for."""
MAX_ANSWER_BYTES = 100_000_000
MAX_ANSWER_LINES = 200_000
MAX_ANSWER_S = 600.0
"""For the whole answer to one command. Each single read has its own, shorter time limit."""


class _LimitedImap(IMAP4_TLS):  # type: ignore[misc]
    """The connection of `imaplib`, which ends when the answer to one command is beyond a limit."""

    _bytes_left = MAX_ANSWER_BYTES
    _lines_left = MAX_ANSWER_LINES
    _until_s = float("inf")

    def open(self, *where: Any, **named: Any) -> None:
        """Connect. The greeting is an answer too, though no command asked for it."""
        super().open(*where, **named)
        self._until_s = time.monotonic() + MAX_ANSWER_S
        self.file = io.BufferedReader(_ReadsInTime(self.sock, seconds_left=self._seconds_left))

    def _command(self, name: str, *args: Any) -> Any:
        self._bytes_left, self._lines_left = MAX_ANSWER_BYTES, MAX_ANSWER_LINES
        self._until_s = time.monotonic() + MAX_ANSWER_S
        return super()._command(name, *args)

    def read(self, size: int) -> bytes:
        """Read a literal. Raises `abort` before anything is read of one that is too large."""
        if size > MAX_LITERAL_BYTES:
            raise self.abort(f"the server announces {size} octets at once")
        self._count(size)
        read: bytes = self.file.read(size)
        return read

    def readline(self) -> bytes:
        line: bytes = self.file.readline(MAX_LINE_BYTES + 1)
        if len(line) > MAX_LINE_BYTES:
            raise self.abort(f"the server sends a line of more than {MAX_LINE_BYTES} octets")
        self._lines_left -= 1
        self._count(len(line))
        return line

    def _count(self, size: int) -> None:
        self._bytes_left -= size
        if self._bytes_left < 0:
            raise self.abort(f"the server sends more than {MAX_ANSWER_BYTES} octets in one answer")
        if self._lines_left < 0:
            raise self.abort(f"the server sends more than {MAX_ANSWER_LINES} lines in one answer")

    def _seconds_left(self) -> float:
        left_s = self._until_s - time.monotonic()
        if left_s <= 0:
            raise self.abort(f"the server answers for more than {MAX_ANSWER_S:g} seconds")
        return left_s


class _ReadsInTime(io.RawIOBase):
    """The octets of a socket, none of which is waited for beyond the time of the whole answer.

    A time-out of the socket begins again with each octet: a server that trickles would be read for
    months before a line or a literal is whole.
    """

    def __init__(self, connected: socket.socket, *, seconds_left: Callable[[], float]) -> None:
        super().__init__()
        self._socket, self._seconds_left = connected, seconds_left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        usual_s, left_s = self._socket.gettimeout(), self._seconds_left()
        self._socket.settimeout(left_s if usual_s is None else min(usual_s, left_s))
        try:
            return self._socket.recv_into(buffer)
        except TimeoutError:
            self._seconds_left()
            raise
        finally:
            self._socket.settimeout(usual_s)


class LimitedImapClient(IMAPClient):  # type: ignore[misc]
    """The client of the library, on a connection with limits."""

    def _create_IMAP4(self) -> _LimitedImap:  # noqa: N802 - the library calls it
        connect_timeout = getattr(self._timeout, "connect", None)
        return _LimitedImap(self.host, self.port, self.ssl_context, connect_timeout)
