"""Sending, the whole of it: personalised, each outcome recorded under the promise, over SMTP.

    python benchmarks/delivery.py [--count 20000] [--depth 16] [--free] [--million] [--only ours]

To Postfix's `smtp-sink` on loopback, side by side in one run with Postfix's own
`smtp-source` (one canned message: the limit), nodemailer's pool with Handlebars, and threads
of smtplib + Jinja + EmailMessage. Ours writes a SQLite ledger on the disk (FULL) and settles
every delivery in it; the others record nothing. Whoever sends has one processor and the sink
another, unless `--free` leaves both to the system. The ratios hold on a busy machine, the
figures are this machine's. What is not installed is left out and named.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import smtplib
import socket
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment

from mailer.clock import WallClock
from mailer.engine.threads import ThreadEngine
from mailer.ledger import open_ledger
from mailer.model.address import Address, Mailbox
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.contacts.contact import ContactId
from mailer.model.mailings.delivery import Delivery
from mailer.model.mailings.mailing import AudienceRule, Mailing, MailingId
from mailer.model.mailings.message import CompiledMessage, Hole, Letterhead
from mailer.operations.sending.compose import Composer
from mailer.operations.sending.deliver import run_chunk
from mailer.operations.sending.start import new_delivery_id
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from mailer.render.fingerprint import content_hash
from mailer.render.jinja.recipient_template import value
from tests.counterparts.builders import an_actor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SINK, SOURCE = "/usr/sbin/smtp-sink", "/usr/sbin/smtp-source"
CONNECTIONS = 8
PROCESSORS: list[int] = []
"""Of the sender, and of the sink; empty: any."""
FRENCH = VariantKey("", "fr")
PARAGRAPH = (
    '<p style="margin:0 0 16px;font:16px/24px Arial,sans-serif">Une maladie se décrit de deux '
    "façons : par ceux qui l’étudient et par ceux qui la vivent.</p>\n"
)
SENDER = Mailbox(Address("presse", "institut.example"), "Service de presse")


class Pace(NamedTuple):
    """What one contender did: seconds on the clock, and of processor time."""

    wall_s: float
    cpu_s: float


def page(size: int, salutation: str) -> tuple[str, str]:
    """HTML and text that make a message of about `size` bytes."""
    paragraphs = max((size - 1200) // 215, 1)
    return (
        f"<html><body><p>{salutation},</p>\n" + PARAGRAPH * paragraphs + "</body></html>\n",
        f"{salutation},\n\nLe programme est joint.\n" + "Une maladie se décrit.\n" * 10,
    )


def compiled(size: int) -> CompiledMessage:
    html, text = (part.split("@@") for part in page(size, "@@"))
    message = CompiledMessage(
        language="fr",
        subject=("Invitation presse",),
        preheader=(),
        html=(html[0], Hole(value("recipient.salutation", "text")), html[1]),
        text=(text[0], Hole(value("recipient.salutation", "plain")), text[1]),
    )
    return replace(message, content_hash=content_hash(message))


@contextmanager
def sink(port: int = 0) -> Iterator[int]:
    """An `smtp-sink` of its own; its port."""
    with socket.create_server(("127.0.0.1", port)) as free:
        port = free.getsockname()[1]
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    process = subprocess.Popen([SINK, *user, f"127.0.0.1:{port}", "512"])
    if len(PROCESSORS) > 1:
        os.sched_setaffinity(process.pid, PROCESSORS[1:2])
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def measured(work: Callable[[], object]) -> Pace:
    """`work`, with the processor time of this process and of the children it waited for."""
    before, began = os.times(), monotonic()
    work()
    after = os.times()
    return Pace(monotonic() - began, sum(after[:4]) - sum(before[:4]))


def ours(count: int, size: int, port: int, *, depth: int, url: str) -> Pace:
    """The product's own path, from the ledger's claim to the last outcome recorded."""
    now = datetime.now(UTC)
    ledger = open_ledger(url)
    mailing = Mailing(
        id=MailingId(f"m{size}"),
        campaign="benchmark",
        step=str(size),
        rule=AudienceRule(to=("press",)),
        due_at=now,
        expires_at=now + timedelta(days=1),
        local_time="",
        time_zone="UTC",
        fingerprint="",
        letterhead=Letterhead(sender=SENDER, return_path_domain="retours.institut.example"),
        variants={FRENCH: compiled(size)},
        default_language="fr",
    )
    people = (
        Delivery(
            id=new_delivery_id(),
            mailing_id=mailing.id,
            contact_id=ContactId(f"c-{number}"),
            address=Address(f"reader{number}", "press.example"),
            name=f"Anne Durand {number}",
            variant=FRENCH,
            fields={"salutation": f"Bonjour Madame Durand-{number}"},
        )
        for number in range(count)
    )
    ledger.mailings.launch([mailing], actor=an_actor("benchmark"), at=now)
    ledger.mailings.start(mailing.id, deliveries=people, exclusions=(), at=now)
    backend = SmtpBackend(
        SmtpSettings("127.0.0.1", port, "none", depth=depth, messages_per_connection=1_000_000)
    )
    composer, clock = (
        Composer(link_for=lambda _name, _id: "", contacts_of=lambda _ids: {}),
        WallClock(),
    )

    def one_chunk() -> bool:
        return run_chunk(
            ledger=ledger,
            backend=backend,
            message_for=lambda mailing, delivery: composer.for_delivery(
                mailing, delivery, sent_at=now
            ),
            clock=clock,
            worker="benchmark",
        )

    pace = measured(lambda: ThreadEngine(CONNECTIONS).drain(one_chunk))
    assert ledger.deliveries.tally(mailing.id).by_status == {"accepted": count}
    ledger.close()
    return pace


def smtp_source(count: int, size: int, port: int) -> Pace:
    """Postfix's load generator: one canned message, kept connections."""
    command = [SOURCE, "-d", "-s", str(CONNECTIONS), "-m", str(count), "-l", str(size)]
    return measured(lambda: subprocess.run([*command, f"127.0.0.1:{port}"], check=True))


def threads(count: int, size: int, port: int) -> Pace:
    """What a script does: Jinja and EmailMessage for each person, smtplib on kept lines."""
    html, text = (
        Environment(autoescape=True).from_string(part) for part in page(size, "{{ salutation }}")
    )

    def some(first: int) -> None:
        with smtplib.SMTP("127.0.0.1", port) as line:
            for number in range(first, count, CONNECTIONS):
                salutation = f"Bonjour Madame Durand-{number}"
                mail = EmailMessage(policy=SMTP)
                mail["From"] = "Service de presse <presse@institut.example>"
                mail["To"] = f"Anne Durand {number} <reader{number}@press.example>"
                mail["Subject"] = "Invitation presse"
                mail.set_content(text.render(salutation=salutation))
                mail.add_alternative(html.render(salutation=salutation), subtype="html")
                line.send_message(mail)

    def work() -> None:
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            list(pool.map(some, range(CONNECTIONS)))

    return measured(work)


NODEMAILER = """
const nodemailer = require('nodemailer'), handlebars = require('handlebars');
const [count, port, html, text] = JSON.parse(require('fs').readFileSync(0));
const pool = nodemailer.createTransport({host: '127.0.0.1', port, pool: true, secure: false,
  ignoreTLS: true, maxConnections: CONNECTIONS, maxMessages: Infinity});
const [inHtml, inText] = [html, text].map(part => handlebars.compile(part));
let next = 0;
async function work() {
  while (next < count) {
    const number = next++, salutation = `Bonjour Madame Durand-${number}`;
    await pool.sendMail({from: 'Service de presse <presse@institut.example>',
      to: `Anne Durand ${number} <reader${number}@press.example>`, subject: 'Invitation presse',
      html: inHtml({salutation}), text: inText({salutation})});
  }
}
Promise.all(Array.from({length: 2 * CONNECTIONS}, work)).then(() => pool.close());
""".replace("CONNECTIONS", str(CONNECTIONS))


def nodemailer(count: int, size: int, port: int, *, folder: Path) -> Pace:
    """Node's usual way: a pool of kept connections, a Handlebars template for each message."""
    asked = json.dumps([count, port, *page(size, "{{salutation}}")])
    return measured(
        lambda: subprocess.run(
            ["node", "-e", NODEMAILER], input=asked, text=True, cwd=folder, check=True
        )
    )


def install_nodemailer(folder: Path) -> bool:
    """Into a folder that is thrown away; False where there is no npm, or no registry."""
    if not (shutil.which("npm") and shutil.which("node")):
        return False
    command = ["npm", "install", "--silent", "--no-audit", "nodemailer", "handlebars"]
    return subprocess.run(command, cwd=folder, check=False, timeout=120).returncode == 0


def main() -> None:
    asked = arguments()
    if not (Path(SINK).exists() and Path(SOURCE).exists()):
        sys.exit("smtp-sink and smtp-source are missing: install Debian's postfix.")
    if not asked.free and hasattr(os, "sched_setaffinity"):
        PROCESSORS[:] = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, PROCESSORS[:1])
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.million:
            flatness(folder, asked.depth)
            return
        has_node = asked.only != "ours" and install_nodemailer(folder)
        for size in asked.sizes:
            compare(folder, size, asked, has_node=has_node)


def compare(folder: Path, size: int, asked: argparse.Namespace, *, has_node: bool) -> None:
    """One size of message, each contender in turn on a sink of its own."""
    count, few = asked.count, max(asked.count // 10, 1)
    contenders: dict[str, tuple[int, Callable[[int], Pace]]] = {
        f"ours, depth {asked.depth}": (
            count,
            lambda port: ours(count, size, port, depth=asked.depth, url=fresh(folder)),
        ),
        "smtp-source": (count, lambda port: smtp_source(count, size, port)),
        "ours, depth 1": (
            count,
            lambda port: ours(count, size, port, depth=1, url=fresh(folder)),
        ),
    }
    if has_node:
        contenders["nodemailer"] = (few, lambda port: nodemailer(few, size, port, folder=folder))
    if asked.only != "ours":
        contenders["threads"] = (few, lambda port: threads(few, size, port))
    print(f"\n{size // 1000} kB        messages      /s   µs CPU   ours is")
    first = 0.0
    for name, (messages, contender) in contenders.items():
        with sink() as port:
            pace = contender(port)
        rate = messages / pace.wall_s
        first = first or rate
        cpu = pace.cpu_s / messages * 1e6
        print(f"{name:16}{messages:8,}{rate:10,.0f}{cpu:9,.0f}{first / rate:8.2f} ×")


def fresh(folder: Path) -> str:
    """The URL of a new ledger below `folder`."""
    return f"sqlite:///{tempfile.mkdtemp(dir=folder)}/ledger.db"


def flatness(folder: Path, depth: int) -> None:
    """The memory that a larger mailing needs: none. Peak of this process after each."""
    for count in (10_000, 100_000, 1_000_000):
        with sink() as port:
            pace = ours(count, 5_000, port, depth=depth, url=fresh(folder))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{count:10,} recipients: {count / pace.wall_s:8,.0f}/s, at most {peak:5.0f} MB")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--depth", type=int, default=16)
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 30_000])
    parser.add_argument("--only", choices=["ours"])
    parser.add_argument("--free", action="store_true", help="any processor for anybody")
    parser.add_argument("--million", action="store_true", help="memory up to 1,000,000 recipients")
    return parser.parse_args()


if __name__ == "__main__":
    main()
