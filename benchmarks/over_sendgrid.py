"""Sending through SendGrid: people a second, personalised, at several sizes of a request.

    python benchmarks/over_sendgrid.py [--people 50000] [--connections 8] [--simulator]

To a sink on loopback, a process of its own, that reads each request whole, counts the people in
it and answers 202; the count must be right. The message is the example of the renderer's tests.
"Composed before" sends messages that are ready, as the others beside it nearly do; "composed" is
personalising and sending; "with the ledger" is the whole protocol: claimed, marked durably,
sent, settled in SQLite, for which a chunk of 500 people is the largest request. `--simulator` goes
to the service that checks every field of everybody, whose limit is its own.

There is no TLS and no distance on loopback: both weigh on small requests far more than on large
ones. The machine may be shared; the processor's time is the figure to compare.
"""

from __future__ import annotations

import argparse
import gc
import json
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
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import sendgrid_contenders as contenders
from benchmarks.press_example import example
from mailer.clock import WallClock
from mailer.engine.threads import ThreadEngine
from mailer.ledger import open_ledger
from mailer.model.address import Address, Mailbox
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.contacts.contact import ContactId
from mailer.model.mailings.delivery import Accepted, Delivery
from mailer.model.mailings.mailing import AudienceRule, Mailing, MailingId
from mailer.model.team.secret import Secret
from mailer.operations.sending.compose import Composer
from mailer.operations.sending.deliver import run_chunk
from mailer.operations.sending.start import new_delivery_id
from mailer.providers.sendgrid.connection import SendGridBackend
from mailer.providers.sendgrid.settings import SendGridSettings
from mailer.render.personalise import Personaliser, fill
from tests.counterparts.builders import an_actor
from tests.sendgrid_simulator import Service, Simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection

    from mailer.model.mailings.message import Message

MAIN = VariantKey("", "fr")
QUEUED = b"HTTP/1.1 202 Accepted\r\nX-Message-Id: sink\r\nContent-Length: 0\r\n\r\n"


def serve_sink(tell: Connection) -> None:
    """Reads requests whole and counts the people in them."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    tell.send(f"http://127.0.0.1:{listener.getsockname()[1]}")
    people: list[int] = []
    while True:
        line, _ = listener.accept()
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        Thread(target=_swallow, args=(line, people), daemon=True).start()


def _swallow(line: socket.socket, people: list[int]) -> None:
    room = bytearray(4_000_000)
    have = 0
    while more := line.recv_into(memoryview(room)[have:]):
        have += more
        end = room.find(b"\r\n\r\n", 0, have) + 4
        if end < 4:
            continue
        head = bytes(room[:end]).lower()
        _, _, length = head.partition(b"content-length: ")
        whole = end + int(length.split(b"\r\n", 1)[0] or 0)
        while have < whole and (more := line.recv_into(memoryview(room)[have:])):
            have += more
        people.append(room.count(b'"to":', end, whole))
        have = 0
        line.sendall(_answer(head, people))
    line.close()


def _answer(head: bytes, people: list[int]) -> bytes:
    if head.startswith(b"post"):
        return QUEUED
    body = b'{"scopes":["mail.send"],"people":%d}' % sum(people)
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def counted(url: str) -> int:
    with urlopen(f"{url}/v3/scopes") as answer:
        return int(json.load(answer)["people"])


def serve_simulator(tell: Connection) -> None:
    with Simulator(Service(clock=time.time, remembers=False)) as server:
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
    backend: SendGridBackend, connections: int, share_of: Callable[[int], Iterable[Message]]
) -> None:
    """Over `connections` lines, each with its share; nothing is recorded."""

    def share(number: int) -> None:
        connection = backend.connect()
        assert all(isinstance(end, Accepted) for _id, end in connection.deliver(share_of(number)))
        connection.close()

    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(share, range(connections)))


def send_recorded(
    backend: SendGridBackend, people: int, connections: int, mailing: Mailing
) -> tuple[float, float]:
    """The whole protocol; seconds on the clock and of the processor, without the launch."""
    clock, composer = (
        WallClock(),
        Composer(link_for=lambda _name, _id: "", contacts_of=lambda _ids: {}),
    )
    with tempfile.TemporaryDirectory() as folder:
        ledger = open_ledger(f"sqlite:///{folder}/ledger.db")
        ledger.mailings.launch([mailing], actor=an_actor("benchmark"), at=clock.now())
        ledger.mailings.start(
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
        assert ledger.deliveries.tally(mailing.id).by_status == {"accepted": people}
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
    print(
        f"  {name:42}{people / wall_s:12,.0f}/s{cpu_s / people * 1e6:10,.1f} µs of processor each"
    )


class Bench:
    """The example, compiled, and everybody it is written to."""

    def __init__(self, people: int) -> None:
        compiled = PRESS.compiled(template=PRESS.a_template())
        letterhead = PRESS.a_letterhead()
        now = WallClock().now()
        self.mailing = Mailing(
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
        self._personaliser = Personaliser(
            compiled, letterhead, campaign="benchmark", step="announcement"
        )
        self._people = [
            (
                new_delivery_id(),
                Mailbox(Address(f"reader{number}", "press.example"), f"Anne Durand-{number}"),
                example_fields(number),
            )
            for number in range(people)
        ]
        tags = dict.fromkeys(FIELDS, "") | {"salutation": "-salutation-"}
        subject, text, html = (
            fill(pieces, tags) for pieces in (compiled.subject, compiled.text, compiled.html)
        )
        self.page = contenders.Page(subject, text, html)

    def composed(self, first: int, end: int, step: int = 1) -> Iterator[Message]:
        for delivery_id, mailbox, fields in self._people[first:end:step]:
            yield self._personaliser.message(
                delivery_id=delivery_id, recipient=mailbox, fields=fields, sent_at=PRESS.MONDAY
            )

    def ours(self, url: str, size: int, people: int, connections: int) -> None:
        backend = a_backend(url, size)

        def composed(number: int) -> Iterator[Message]:
            return self.composed(number, people, connections)

        ready = [list(composed(number)) for number in range(connections)]
        before = partial(send_alone, backend, connections, ready.__getitem__)
        report("ours, composed before", people, timed(before))
        del ready, before
        report("ours, composed", people, timed(partial(send_alone, backend, connections, composed)))
        spent = send_recorded(backend, people, connections, self.mailing)
        report("ours, with the ledger", people, spent)

    def theirs(
        self,
        name: str,
        send: contenders.Send,
        url: str,
        size: int,
        people: int,
    ) -> None:
        everybody = [(str(box.address), f["salutation"]) for _id, box, f in self._people[:people]]

        def work() -> None:
            for start in range(0, people, size):
                send(url, self.page, everybody[start : start + size])

        report(name, people, timed(work))


def to_sink(bench: Bench, people: int, connections: int) -> None:
    with running(serve_sink) as url, contenders.anymail() as anymail:
        for size in (1_000, 50, 1):
            count, lines = _how_many(size, people, connections)
            few = count // 10
            print(f"{size} a request, connections: {lines}, to the sink:")
            told = counted(url)
            bench.ours(url, size, count, lines)
            bench.theirs("the sendgrid package", contenders.with_package, url, size, few)
            if anymail:
                bench.theirs("django-anymail, kept connection", anymail, url, size, few)
            else:
                print("  django-anymail: skipped, pip could not fetch it")
            assert counted(url) - told == 3 * count + few * (2 if anymail else 1)


def _how_many(size: int, people: int, connections: int) -> tuple[int, int]:
    """People and connections. Small requests take longer, so that fewer people say as much; they
    leave time to wait for on other lines, which large ones do not.
    """
    if size == 1:
        return people // 10, connections
    return people, 1 if size == 1_000 else 2


def to_simulator(bench: Bench, people: int, connections: int) -> None:
    for size in (1_000, 50, 1):
        count, lines = _how_many(size, people, connections)
        with running(serve_simulator) as url:
            print(f"{size} a request, connections: {lines}, to the simulator:")
            bench.ours(url, size, count, lines)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=50_000)
    options.add_argument("--connections", type=int, default=8)
    options.add_argument("--simulator", action="store_true")
    chosen = options.parse_args()
    bench = Bench(chosen.people)
    # What lives as long as the program is not looked through again and again.
    gc.freeze()
    kilobytes = len(next(bench.composed(0, 1)).raw) / 1000
    print(f"message of {kilobytes:.1f} kB, Python {sys.version.split()[0]}")
    (to_simulator if chosen.simulator else to_sink)(bench, chosen.people, chosen.connections)
    print("budgets: 1 ≥ 3 000/s, 50 ≥ 30 000/s, 1 000 ≥ 100 000/s")


PRESS = example()
FIELDS = PRESS.fields()

if __name__ == "__main__":
    main()
