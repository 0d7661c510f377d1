"""Connections with deadlines and an upper bound, so that no client can hold the ports.

A client that opens connections and says nothing costs nothing but memory, until no descriptor is
left: then nobody is heard. So a request must be there in time, and when there are too many, the
client with most of them gives one up: a client that opens many loses its own, and nobody else's.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv6Address, ip_address
from time import monotonic
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

MOST_CONNECTIONS = 128
"""Each may hold a body of two megabytes. Providers post over a few dozen connections."""
_FEWEST_CONNECTIONS = 8
_OWN_DESCRIPTORS = 150
"""The files of forty threads that write to the ledger at once, and what else a process has open."""
_ONCE_EACH_S = 60.0


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """How many connections there may be, and how long each may take to bring a request."""

    most: int
    header_s: float = 10.0
    body_s: float = 25.0
    """Longer than the applications wait for a body: they answer 408, this only hangs up."""


class Connections:
    """The connections that wait for their client, the one that waits longest first."""

    def __init__(self, limits: ConnectionLimits) -> None:
        self.limits = limits
        self.waiting: dict[BoundedConnection, None] = {}

    def make_room(self, *, count: int) -> None:
        """Hang up on a connection of the client with most that wait, if there are too many.

        It is the oldest of those that have sent least, so that behind a proxy, where all are one
        client's, those who have begun a request keep theirs. The newest has had no time to.
        """
        if count <= self.limits.most or not self.waiting:
            return
        held = Counter(each.holder for each in self.waiting)
        *others, newest = self.waiting
        # Of equal ones `min` takes the first, which is the oldest.
        giving_way = min(others, key=lambda each: (-held[each.holder], each.sent), default=newest)
        giving_way.hang_up()


def holder_of(address: str) -> str:
    """Return whose connections count together: an IPv4 address, or an IPv6 network of 64 bits.

    Less than such a network is given to nobody. All who come through a Unix socket are one.
    """
    try:
        read = ip_address(address)
    except ValueError:
        return ""
    if not isinstance(read, IPv6Address):
        return str(read)
    return str(read.ipv4_mapped or IPv6Address(int(read) >> 64 << 64))


class BoundedConnection(H11Protocol):
    """One connection, which must bring each request in time."""

    def __init__(self, *arguments: Any, among: Connections, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._among = among
        self._deadline: asyncio.TimerHandle | None = None
        self.holder = ""
        self.sent = 0
        """The octets that came of the request that is waited for."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.holder = holder_of(self.client[0] if self.client else "")
        self._among.waiting[self] = None
        # Not before what others have sent already is read: many connections come at once.
        self.loop.call_soon(lambda: self._among.make_room(count=len(self.connections)))
        self._give_until(self._among.limits.header_s)

    def connection_lost(self, exc: Exception | None) -> None:
        self._cancel_deadline()
        self._among.waiting.pop(self, None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self.sent += len(data)
        had_headers = self._has_headers()
        super().data_received(data)
        if not self._has_headers():
            if self._deadline is None:  # the first octet of another request
                self._give_until(self._among.limits.header_s)
        elif not self.cycle.more_body:
            self._cancel_deadline()
            self._among.waiting.pop(self, None)
        elif not had_headers:
            self._give_until(self._among.limits.body_s)

    def on_response_complete(self) -> None:
        self._cancel_deadline()
        self.sent = 0
        self._among.waiting[self] = None
        super().on_response_complete()

    def hang_up(self) -> None:
        """End the connection at once, without an answer."""
        self._among.waiting.pop(self, None)
        self.connections.discard(self)
        self.transport.abort()

    def _has_headers(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _give_until(self, limit_s: float) -> None:
        self._cancel_deadline()
        self._deadline = self.loop.call_later(limit_s, self.hang_up)

    def _cancel_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def bounded_connections(limits: ConnectionLimits) -> Callable[..., BoundedConnection]:
    """Return what makes a connection for uvicorn, within these limits."""
    return partial(BoundedConnection, among=Connections(limits))


def most_connections() -> int:
    """Return how many connections this process may hold.

    As many again may wait to be accepted, and must have descriptors too: asyncio accepts all that
    wait before it looks at the first.
    """
    try:
        import resource  # noqa: PLC0415 — does not exist on Windows
    except ImportError:
        return MOST_CONNECTIONS
    allowed, _most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    return max(_FEWEST_CONNECTIONS, min(MOST_CONNECTIONS, (allowed - _OWN_DESCRIPTORS) // 2))


class OncePerMinute(logging.Filter):
    """Lets the same log line pass once a minute: clients decide how often it would be written."""

    def __init__(self) -> None:
        super().__init__()
        self._said_at_s: dict[tuple[object, ...], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        fault = record.exc_info[0] if record.exc_info else None
        line = (record.name, record.msg, fault)
        now_s = monotonic()
        if now_s - self._said_at_s.get(line, -_ONCE_EACH_S) < _ONCE_EACH_S:
            return False
        if len(self._said_at_s) > MOST_CONNECTIONS:
            self._said_at_s.clear()
        self._said_at_s[line] = now_s
        return True


def quieten() -> None:
    """Write what clients can cause once a minute: lines of uvicorn and of asyncio."""
    for name in ("uvicorn.error", "asyncio"):
        logging.getLogger(name).addFilter(OncePerMinute())
