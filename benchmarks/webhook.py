"""The receiver under load: signed posts at a steady rate, and how long each answer takes.

    python benchmarks/webhook.py [POSTS_PER_SECOND] [SECONDS] [EVENTS_PER_POST]

Posts leave on time whether or not earlier ones were answered (an open loop), over kept
connections as SendGrid's; an answer's time is counted from when its post was due. Each
post is durable in a SQLite ledger before it is answered. The floor is what this machine
needs to make one small file durable.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from mailer.ledger import open_ledger  # noqa: E402 - the tree's own, wherever it is called from
from tests.counterparts.webhook import (  # noqa: E402 - as above
    an_event_of,
    body_of,
    free_port,
    public_text,
    receiver,
    signed,
)

LINES = 32


def prepared(count: int, events: int) -> list[bytes]:
    """Whole requests, signed beforehand: the bench must not be slower than what it measures."""
    requests = []
    for number in range(count):
        body = body_of(
            *(an_event_of("a" * 26, attempt=f"{number}.{place}") for place in range(events))
        )
        headers = signed(body) | {"Host": "x", "Content-Length": str(len(body))}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        requests.append(f"POST /sendgrid HTTP/1.1\r\n{head}\r\n".encode() + body)
    return requests


async def pump(port: int, requests: list[bytes], rate: int) -> tuple[list[float], int]:
    """Seconds to each answer, and how many were not 204."""
    waiting: asyncio.Queue[tuple[float, bytes] | None] = asyncio.Queue()
    times: list[float] = []
    refused = 0

    async def line() -> None:
        nonlocal refused
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (job := await waiting.get()) is not None:
            due, request = job
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            times.append(perf_counter() - due)
            refused += b" 204 " not in head
        writer.close()
        await writer.wait_closed()

    lines = [asyncio.create_task(line()) for _ in range(LINES)]
    began = perf_counter() + 0.2
    for number, request in enumerate(requests):
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - perf_counter()))
        waiting.put_nowait((due, request))
    for _ in lines:
        waiting.put_nowait(None)
    await asyncio.gather(*lines)
    return times, refused


def flush_floor_ms(folder: Path) -> float:
    """The median time of one write and fsync."""
    times = []
    with (folder / "floor").open("wb", buffering=0) as file:
        for _ in range(200):
            began = perf_counter()
            file.write(b"x" * 4096)
            os.fsync(file.fileno())
            times.append(perf_counter() - began)
    return median(times) * 1000


def main(rate: int, seconds: int, events: int) -> None:
    """Prints one line of figures."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        (folder / "config.toml").write_text(
            f'[feedback.webhook]\nkeys = ["{public_text()}"]\nport = {port}\n'
        )
        open_ledger(f"sqlite:///{folder / 'var' / 'ledger.db'}").close()
        requests = prepared(rate * seconds, events)
        with receiver(folder, port):
            times, refused = asyncio.run(pump(port, requests, rate))
        times.sort()
        ledger = open_ledger(f"sqlite:///{folder / 'var' / 'ledger.db'}")
        kept = len(ledger.inbox.posts(limit=len(requests)))
        ledger.close()
        p50, p99 = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.99))
        print(
            f"{rate} posts/s of {events} events ({len(requests[0])} octets) for {seconds} s: "
            f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, longest {times[-1] * 1000:.1f} ms; "
            f"{refused} put off, {kept} of {len(requests)} kept; "
            f"one fsync {flush_floor_ms(folder):.2f} ms, load {os.getloadavg()[0]:.1f}"
        )


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:]]
    main(*(numbers + [200, 20, 20][len(numbers) :]))
