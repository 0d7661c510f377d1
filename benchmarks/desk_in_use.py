"""One SQLite ledger in use: a mailing under way, five people clicking, a large list taken in.

    python benchmarks/desk_in_use.py [CONTACTS [CAMPAIGNS [DELIVERIES]]]

A service, a process of its own, sends MESSAGES over SMTP to Postfix's `smtp-sink`, again and again:
alone and while five people use the desk, in turn. Each looks at a page, reads for READ_S and goes to
the next. Two ratios are printed. That of the processor time that a message costs the service holds on
a busy machine, and leaves out what it waits for: a processor, or the ledger that the desk writes to.
That of the rates is by the clock and has both, with whatever else the machine does: it shows that the
desk takes less than 5 % only where nothing else runs. Then ROWS people are taken in at the desk, while
everybody goes on: who was refused anything is counted. The office is that of `desk.py`.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import count, cycle, islice
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.delivery import CONNECTIONS, compiled, measured, sink
from benchmarks.desk import SIZES, fill_office
from mailer.clock import SimulatedClock
from mailer.engine.threads import ThreadEngine
from mailer.operations.sending.deliver import run_chunk
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from mailer.wiring.app import App
from tests.counterparts.builders import ACTOR, FRENCH, a_delivery, a_mailing
from tests.desk.visitors import (
    ADMINISTRATOR,
    CAMPAIGN,
    SIGNATORY,
    WRITER,
    example_app,
    running_desk,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from multiprocessing.connection import Connection

    from benchmarks.delivery import Pace
    from mailer.model.mailings.mailing import MailingId
    from tests.desk.visitors import Page, RunningDesk

ROUNDS, MESSAGES, SIZE = 20, 2_500, 30_000
READ_S, ROWS = 2.0, 100_000
PAGES = (
    "/",
    "/campagnes",
    CAMPAIGN,
    f"{CAMPAIGN}/destinataires/announcement",
    "/campagnes/meeting-0/en-cours",
    "/contacts",
    "/contacts?q=lefevre+77",
    "/oppositions",
    "/journal",
)


class Look(NamedTuple):
    """A page that somebody asked for: how it was answered, and after how long."""

    status: int
    seconds: float


def main() -> None:
    sizes = [int(each) for each in sys.argv[1:]]
    people, campaigns, deliveries = (*sizes, *SIZES[len(sizes) :])
    print(f"{people:,} contacts, {campaigns} campaigns, {deliveries:,} deliveries")
    with TemporaryDirectory() as folder, example_app(Path(folder) / "office") as office:
        fill_office(office, people=people, campaigns=campaigns, deliveries=deliveries)
        with running_desk(office) as desk, sink() as port, service(office, port) as send:
            send()  # the first round also opens the connections
            compare(desk, send)
            take_in(desk, send)


def compare(desk: RunningDesk, send: Callable[[], Pace]) -> None:
    """Send alone and with people at the desk, in turn, each as often the first of a pair."""
    alone, used, looks = [], [], []
    for number in range(ROUNDS):
        if number % 2:
            alone.append(send())
        with people_at(desk) as found:
            used.append(send())
        looks += found
        if not number % 2:
            alone.append(send())
    pairs = list(zip(alone, used, strict=True))
    rate = [one.wall_s / other.wall_s for one, other in pairs]
    work = [one.cpu_s / other.cpu_s for one, other in pairs]
    print(f"messages a second: {_rate(alone):.0f} alone, {_rate(used):.0f} with the desk in use")
    print(f"rate with the desk in use / alone: {_middle(rate)}")
    print(f"processor time of a message, alone / with the desk in use: {_middle(work)}")
    _print_looks(looks)


def take_in(desk: RunningDesk, send: Callable[[], Pace]) -> None:
    """Take a large list in at the desk, while messages leave and people click."""
    done, sent = Event(), []

    def keep_sending() -> None:
        while not done.is_set():
            sent.append(send())

    before, began = len(desk.app.ledger.contacts.summaries()), monotonic()
    with ThreadPoolExecutor(1) as threads, people_at(desk) as looks:
        sending = threads.submit(keep_sending)
        try:
            visitor = desk.visitor(WRITER)
            read = visitor.upload({"file": ("liste.csv", _list())}, list="benchmark")
            read_s = monotonic() - began
            taken = visitor.finished(visitor.post(read.location))
        finally:
            done.set()
        sending.result()
    more = len(desk.app.ledger.contacts.summaries()) - before
    print(
        f"{more:,} people taken in of {ROWS:,} rows: read after {read_s:.0f} s, in after"
        f" {monotonic() - began:.0f} s ({taken.location}); {len(sent) * MESSAGES:,} messages"
        " meanwhile, each accepted once"
    )
    _print_looks(looks)


@contextmanager
def people_at(desk: RunningDesk) -> Iterator[list[Look]]:
    """Five people who click; yields what they saw, complete at the end."""
    gone, looks = Event(), list[Look]()

    def click(visitor: int, ask: Callable[[str], Page]) -> None:
        for path in islice(cycle(PAGES), visitor, None):
            began = monotonic()
            looks.append(Look(ask(path).status, monotonic() - began))
            if gone.wait(READ_S):
                return

    everybody = (WRITER, SIGNATORY, ADMINISTRATOR, SIGNATORY, WRITER)
    with ThreadPoolExecutor(len(everybody)) as threads:
        work = [
            threads.submit(click, place, desk.visitor(person).get)
            for place, person in enumerate(everybody)
        ]
        try:
            yield looks
        finally:
            gone.set()
        for each in work:
            each.result()


@contextmanager
def service(office: App, port: int) -> Iterator[Callable[[], Pace]]:
    """A process that sends; yields what sends one mailing, and returns how long that took."""
    context, numbers = multiprocessing.get_context("spawn"), count()
    ours, theirs = context.Pipe()
    asked = (theirs, office.workspace, office.clock.now(), port)
    process = context.Process(target=_serve, args=asked)
    process.start()
    theirs.close()

    def send() -> Pace:
        mailing = _launched(office, next(numbers))
        ours.send(mailing)
        pace: Pace = ours.recv()
        tally = office.ledger.deliveries.tally(mailing)
        assert dict(tally.by_status) == {"accepted": MESSAGES}, tally
        return pace

    yield send
    ours.close()
    process.join()


def _serve(asked: Connection, workspace: Path, now: datetime, port: int) -> None:
    settings = SmtpSettings("127.0.0.1", port, "none", messages_per_connection=1_000_000)
    backend = SmtpBackend(settings)
    with App(workspace, clock=SimulatedClock(now)) as app:

        def one_chunk() -> bool:
            return run_chunk(
                ledger=app.ledger,
                backend=backend,
                message_for=app.message_for,
                clock=app.clock,
                worker="benchmark",
            )

        while True:
            try:
                asked.recv()
            except EOFError:
                return
            asked.send(measured(lambda: ThreadEngine(CONNECTIONS).drain(one_chunk)))


def _launched(office: App, number: int) -> MailingId:
    now = office.clock.now()
    mailing = replace(
        a_mailing(campaign=f"meeting-{number}", variants={FRENCH: compiled(SIZE)}),
        due_at=now,
        expires_at=now.replace(year=now.year + 1),
    )
    office.ledger.mailings.launch([mailing], actor=ACTOR, at=now)
    deliveries = [
        a_delivery(each, mailing=mailing, fields={"salutation": "Bonjour"})
        for each in range(MESSAGES)
    ]
    assert office.ledger.mailings.start(mailing.id, deliveries=deliveries, exclusions=(), at=now)
    return mailing.id


def _list() -> bytes:
    rows = (f"Lecteur {n};lecteur{n}@journal{n % 997}.example" for n in range(ROWS))
    return "\n".join(("Nom;Courriel", *rows)).encode()


def _rate(paces: list[Pace]) -> float:
    return MESSAGES / median(pace.wall_s for pace in paces)


def _middle(ratios: list[float]) -> str:
    return f"{median(ratios):.2f} (median of {len(ratios)}; {min(ratios):.2f} to {max(ratios):.2f})"


def _print_looks(looks: list[Look]) -> None:
    statuses = ", ".join(
        f"{number} × {code}" for code, number in Counter(each.status for each in looks).items()
    )
    seconds = [each.seconds for each in looks]
    print(
        f"pages asked for: {statuses}; answered after {median(seconds):.2f} s (median),"
        f" {quantiles(seconds, n=20)[-1]:.2f} s (p95)"
    )


if __name__ == "__main__":
    main()
