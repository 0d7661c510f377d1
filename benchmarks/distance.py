"""Sending to a relay that is far away: messages a second, by how many a line has on its way.

    python benchmarks/distance.py [--count 6000] [--ms 20] [--connections 20] [--size 5000]

The relay is a process on loopback that answers each command so many milliseconds after it came,
as if it were far away, and takes PIPELINING and CHUNKING; it counts what it has taken. Ours is
the whole of it: personalised, marked durably, sent, settled in a SQLite ledger on the disk.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import selectors
import socket
import sys
import tempfile
from collections import deque
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import delivery

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

GREETING = b"250-far.example\r\n250-PIPELINING\r\n%b250 DSN\r\n"
BDAT = re.compile(rb"BDAT (\d+) LAST")


class Talk:
    """One connection: what has come and not been read, and what is to be said when."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line
        self.received = bytearray()
        self.to_say: deque[tuple[float, bytes]] = deque()
        self.skip = 0
        self.in_data = False
        self.taken = 0

    def hear(self, delay_s: float, extensions: bytes) -> bool:
        """Reads what has come; False when the peer has left."""
        try:
            received = self.line.recv(1 << 20)
        except ConnectionError:  # it was killed
            return False
        if not received:
            return False
        self.received += received
        reply = b"".join(self.replies(extensions))
        if reply:
            self.to_say.append((monotonic() + delay_s, reply))
        return True

    def replies(self, extensions: bytes):  # noqa: ANN201 — an iterator of bytes
        while True:
            if self.skip:
                skipped = min(self.skip, len(self.received))
                del self.received[:skipped]
                self.skip -= skipped
                if self.skip:
                    return
                self.taken += 1
                yield b"250 2.0.0 Ok: queued as %d\r\n" % self.taken
            if self.in_data:
                end = self.received.find(b"\r\n.\r\n")
                if end < 0:
                    return
                del self.received[: end + 5]
                self.in_data = False
                self.taken += 1
                yield b"250 2.0.0 Ok: queued as %d\r\n" % self.taken
            end = self.received.find(b"\r\n")
            if end < 0:
                return
            command = bytes(self.received[:end])
            del self.received[: end + 2]
            if chunk := BDAT.fullmatch(command):
                self.skip = int(chunk[1])
            elif command == b"DATA":
                self.in_data = True
                yield b"354 go on\r\n"
            else:
                yield GREETING % extensions if command.startswith(b"EHLO") else b"250 2.1.0 Ok\r\n"


def relay(told: Connection, delay_s: float, extensions: bytes) -> None:
    """Serves until it is told to end; then tells how many messages it took."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    told.send(listener.getsockname()[1])
    ready, talks = selectors.DefaultSelector(), []
    ready.register(listener, selectors.EVENT_READ)
    ready.register(told, selectors.EVENT_READ)
    while True:
        waiting = [talk.to_say[0][0] for talk in talks if talk.to_say]
        for key, _ in ready.select(max(min(waiting) - monotonic(), 0) if waiting else None):
            if key.fileobj is told:
                told.send(sum(talk.taken for talk in talks))
                return
            if key.fileobj is listener:
                line, _ = listener.accept()
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                talks.append(Talk(line))
                talks[-1].to_say.append((monotonic() + delay_s, b"220 far.example ESMTP\r\n"))
                ready.register(line, selectors.EVENT_READ, talks[-1])
            elif not key.data.hear(delay_s, extensions):
                ready.unregister(key.fileobj)
        now = monotonic()
        for talk in talks:
            while talk.to_say and talk.to_say[0][0] <= now:
                with suppress(ConnectionError):
                    talk.line.sendall(talk.to_say.popleft()[1])


def main() -> None:
    asked = arguments()
    delivery.CONNECTIONS = asked.connections
    print(f"{asked.ms} ms of round trip, {asked.connections} connections, {asked.size} bytes")
    for name, extensions, depth in (
        ("phase by phase, depth 1", b"", 1),
        ("next envelope with the dot, depth 2", b"", 2),
        ("sent whole, depth 2", b"250-CHUNKING\r\n", 2),
        ("sent whole, depth 16", b"250-CHUNKING\r\n", 16),
    ):
        ours, theirs = multiprocessing.Pipe()
        far = multiprocessing.Process(target=relay, args=(theirs, asked.ms / 1000, extensions))
        far.start()
        with tempfile.TemporaryDirectory() as folder:
            pace = delivery.ours(
                asked.count,
                asked.size,
                ours.recv(),
                depth=depth,
                url=f"sqlite:///{folder}/ledger.db",
            )
        ours.send("end")
        taken = ours.recv()
        far.join()
        if taken != asked.count:
            sys.exit(f"{taken} messages arrived, not {asked.count}")
        rate = asked.count / pace.wall_s
        trips = asked.connections / (rate * asked.ms / 1000)
        print(f"{name:36}{rate:8,.0f}/s {trips:6.2f} round trips a message")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=6_000)
    parser.add_argument("--ms", type=float, default=20)
    parser.add_argument("--connections", type=int, default=20)
    parser.add_argument("--size", type=int, default=5_000)
    return parser.parse_args()


if __name__ == "__main__":
    main()
