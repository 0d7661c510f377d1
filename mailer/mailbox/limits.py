"""Limits on what a mail server may answer: the library would read whatever is announced or sent."""

from __future__ import annotations

import time
from typing import Any

from imapclient import IMAPClient
from imapclient.tls import IMAP4_TLS

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
        if time.monotonic() > self._until_s:
            raise self.abort(f"the server answers for more than {MAX_ANSWER_S:.0f} seconds")


class LimitedImapClient(IMAPClient):  # type: ignore[misc]
    """The client of the library, on a connection with limits."""

    def _create_IMAP4(self) -> _LimitedImap:  # noqa: N802 - the library calls it
        connect_timeout = getattr(self._timeout, "connect", None)
        return _LimitedImap(self.host, self.port, self.ssl_context, connect_timeout)
