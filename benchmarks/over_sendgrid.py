"""Sending through SendGrid: people a second, personalised, at several sizes of a request.

    python benchmarks/over_sendgrid.py [--people 20000] [--connections 4]

To a sink on loopback that reads requests and answers 202 (the limit is ours), and to the
stand-in, which checks and counts everybody (the limit is its own). The message is the example
of the renderer's tests. "With the ledger" is the whole protocol: claimed, marked durably, sent,
settled in SQLite. A row of the package as it is opens a connection for each call. There is no
TLS and no distance on loopback: both weigh on small requests far more than on large ones.
The machine may be shared; seconds of our own processor are the figure to compare.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import socket
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from mailer.backends.sendgrid.connection import SendGridBackend
from mailer.backends.sendgrid.settings import SendGridSettings
from mailer.clock import WallClock
from mailer.engine.threads import ThreadEngine
from mailer.ledger import open_ledger
from mailer.model.address import Address, Mailbox
from mailer.model.campaign import VariantKey
from mailer.model.contact import ContactId
from mailer.model.delivery import Accepted, Delivery
from mailer.model.mailing import AudienceRule, Mailing, MailingId
from mailer.model.secret import Secret
from mailer.operations.compose import Composer
from mailer.operations.deliver import run_chunk
from mailer.operations.start import new_delivery_id
from mailer.render.personalise import Personaliser
from mailer.stand_in import Service, StandIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

    from mailer.model.message import Message

MAIN = VariantKey("", "fr")
QUEUED = b"HTTP/1.1 202 Accepted\r\nX-Message-Id: sink\r\nContent-Length: 0\r\n\r\n"
SCOPES = b'HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n{"scopes":["mail.send"]}'


def example() -> Any:
    """The campaign of the renderer's own tests."""
    path = Path(__file__).parents[1] / "tests/unit/render/conftest.py"
    spec = importlib.util.spec_from_file_location("render_example", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def serve_sink(tell: Connection) -> None:
    """Reads requests, looks at nothing but their length."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    tell.send(f"http://127.0.0.1:{listener.getsockname()[1]}")
    while True:
        line, _ = listener.accept()
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        Thread(target=_swallow, args=(line,), daemon=True).start()


def _swallow(line: socket.socket) -> None:
    received = b""
    while True:
        while b"\r\n\r\n" not in received:
            if not (more := line.recv(262_144)):
                line.close()
                return
            received += more
        head, _, body = received.partition(b"\r\n\r\n")
        length = next(
            (
                int(each[15:])
                for each in head.lower().split(b"\r\n")
                if each[:15] == b"content-length:"
            ),
            0,
        )
        left = length - len(body)
        while left > 0:
            left -= len(line.recv(min(left, 1_048_576)))
        received = body[length:]
        line.sendall(SCOPES if head.startswith(b"GET") else QUEUED)


def serve_stand_in(tell: Connection) -> None:
    with StandIn(Service(clock=time.time, remembers=False)) as server:
        tell.send(server.url)
        while True:
            time.sleep(60)


@contextmanager
def running(serve: Callable[[Connection], None]) -> Iterator[str]:
    """A server in a process of its own, for it has work of its own; its address."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,))
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def a_backend(url: str, size: int, **settings: Any) -> SendGridBackend:
    return SendGridBackend(
        SendGridSettings(Secret("SG.benchmark"), base_url=url, batch_size=size, **settings)
    )


def send_alone(
    backend: SendGridBackend, people: int, connections: int, message: Callable[[int], Message]
) -> None:
    """Personalise and send, over `connections` lines; nothing is recorded."""

    def share(first: int) -> int:
        connection = backend.connect()
        mail = (message(number) for number in range(first, people, connections))
        accepted = sum(isinstance(end, Accepted) for _id, end in connection.deliver(mail))
        connection.close()
        return accepted

    with ThreadPoolExecutor(connections) as pool:
        assert sum(pool.map(share, range(connections))) == people


def send_recorded(
    backend: SendGridBackend, people: int, connections: int, mailing: Mailing
) -> tuple[float, float]:
    """The whole protocol; seconds on the clock and of the processor, without the launch."""
    clock, composer = WallClock(), Composer(unsubscribe_url_for=lambda _id: "")
    with tempfile.TemporaryDirectory() as folder:
        ledger = open_ledger(f"sqlite:///{folder}/ledger.db")
        ledger.launch([mailing], by="benchmark", at=clock.now())
        ledger.start(
            mailing.id,
            deliveries=(_delivery(number, mailing) for number in range(people)),
            exclusions=(),
            at=clock.now(),
        )
        start, cpu = time.perf_counter(), time.process_time()
        ThreadEngine(connections).drain(
            lambda: run_chunk(
                ledger=ledger,
                backend=backend,
                message_for=lambda mailing, each: composer.for_delivery(
                    mailing, each, sent_at=mailing.due_at
                ),
                clock=clock,
                worker="benchmark",
            )
        )
        spent = time.perf_counter() - start, time.process_time() - cpu
        assert ledger.tally(mailing.id).by_status == {"accepted": people}
        ledger.close()
    return spent


def _delivery(number: int, mailing: Mailing) -> Delivery:
    return Delivery(
        id=new_delivery_id(),
        mailing_id=mailing.id,
        contact_id=ContactId(str(number)),
        address=Address(f"reader{number}", "press.example"),
        name=f"Anne Durand-{number}",
        variant=MAIN,
        fields=example_fields(number),
    )


def example_fields(number: int) -> dict[str, str]:
    return {**FIELDS, "salutation": f"Bonjour Madame Durand-{number}"}


def timed(work: Callable[[], None]) -> tuple[float, float]:
    start, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - cpu


def report(name: str, people: int, spent: tuple[float, float]) -> None:
    wall_s, cpu_s = spent
    print(f"{name:46}{people / wall_s:12,.0f}/s{cpu_s / people * 1e6:10,.0f} µs of processor each")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=20_000)
    options.add_argument("--connections", type=int, default=4)
    chosen = options.parse_args()
    people, connections = chosen.people, chosen.connections
    compiled = PRESS.compiled(template=PRESS.a_template())
    letterhead = PRESS.a_letterhead()
    personaliser = Personaliser(compiled, letterhead, campaign="benchmark", step="announcement")

    def message(number: int) -> Message:
        return personaliser.message(
            delivery_id=new_delivery_id(),
            recipient=Mailbox(Address(f"reader{number}", "press.example"), "Anne Durand"),
            fields=example_fields(number),
            sent_at=PRESS.MONDAY,
        )

    now = WallClock().now()
    mailing = Mailing(
        id=MailingId("benchmark"),
        campaign="benchmark",
        step="announcement",
        rule=AudienceRule(to=("press",)),
        due_at=now,
        expires_at=now + timedelta(days=1),
        local_time="2017-12-04 09:30",
        time_zone="Europe/Paris",
        fingerprint="",
        letterhead=letterhead,
        variants={MAIN: compiled},
        default_language="fr",
    )
    kilobytes = len(message(0).raw) / 1000
    print(f"message of {kilobytes:.1f} kB, {connections} connections, {sys.version.split()[0]}")
    for title, serve in (("sink", serve_sink), ("stand-in", serve_stand_in)):
        with running(serve) as url:
            for size, settings, of in (
                (1, {"requests_per_connection": 1}, "a connection each"),
                (1, {}, ""),
                (50, {}, ""),
                (1_000, {}, ""),
            ):
                # A small request takes longer: fewer people say as much.
                count = people // 10 if size == 1 else people
                backend = a_backend(url, size, **settings)
                name = ", ".join(filter(None, (title, f"{size} a request", of)))
                spent = timed(partial(send_alone, backend, count, connections, message))
                report(name, count, spent)
                if not of:
                    spent = send_recorded(backend, count, connections, mailing)
                    report(f"{name}, with the ledger", count, spent)
    print("budgets: 1 ≥ 3 000/s, 50 ≥ 30 000/s, 1 000 ≥ 100 000/s")


PRESS = example()
FIELDS = PRESS.fields()

if __name__ == "__main__":
    main()
