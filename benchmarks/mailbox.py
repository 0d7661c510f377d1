"""Reading a mailbox in which bounces wait: `mailer bounces fetch` against a real Dovecot.

    python benchmarks/mailbox.py [20000]

Each bounce names a delivery of ours and brings the letter it is about, 16 kB in all. The first
figure is the wall-clock time of the command, the second its processor time with its children's,
which a busy machine does not lengthen so much. Dovecot takes its part of the first.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from mailer.ledger import open_ledger
from mailer.model.mailings.delivery import Accepted
from tests.counterparts.builders import NOON, started
from tests.counterparts.mail_servers import PASSWORD, dovecot, free_port, missing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.mailings.delivery import Delivery

ROOT = Path(__file__).parents[1]
LETTER = "<p>Bonjour à toutes et à tous, voici le communiqué de l’institut.</p>\r\n" * 200
CONFIG = """\
[feedback.imap]
host = "{imap.host}"
port = {imap.port}
username = "{imap.username}"
password = "env:MAILER_BENCHMARK_IMAP"
ca_file = "{imap.ca_file}"
"""


def main() -> None:
    if why := missing():
        sys.exit(why)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory(prefix="mailbox-") as made:
        folder = Path(made)
        folder.chmod(0o755)  # Dovecot reads the mailbox as a user of its own
        deliveries = sent(folder, count)
        with dovecot(folder, lmtp=free_port(), imaps=free_port()) as (imap, maildir):
            fill(maildir, deliveries)
            (folder / "config.toml").write_text(CONFIG.format(imap=imap), "utf-8")
            wall_s = fetch(folder)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = used.ru_utime + used.ru_stime
    print(f"{count} bounces read in {wall_s:.0f} s, with {cpu_s:.0f} s of processor time")


def sent(folder: Path, count: int) -> Sequence[Delivery]:
    """Return the deliveries of a mailing that was accepted for so many people."""
    (folder / "var").mkdir()
    with closing(open_ledger(f"sqlite:///{folder}/var/ledger.db")) as ledger:
        _mailing, deliveries = started(ledger, count=count)
        while (claim := ledger.sending.claim(worker="w", now=NOON)) is not None:
            ids = [each.id for each in claim.deliveries]
            ledger.sending.mark(claim, ids, now=NOON)
            for each in ids:
                ledger.sending.settle(claim, each, Accepted("250"), now=NOON)
            ledger.sending.release(claim, now=NOON)
    return list(deliveries)


def fill(maildir: Path, deliveries: Sequence[Delivery]) -> None:
    """Put a bounce of each delivery into the mailbox."""
    for name in ("new", "cur", "tmp"):
        (maildir / name).mkdir(exist_ok=True)
    for number, delivery in enumerate(deliveries):
        file = maildir / "new" / f"{1_500_000_000 + number}.M{number}.bench"
        file.write_bytes(bounce(delivery))
    for path in (maildir, *maildir.rglob("*")):
        shutil.chown(path, "nobody")


def bounce(delivery: Delivery) -> bytes:
    return (
        f"Delivered-To: b+{delivery.id}@retours.institut.example\r\n"
        "From: MAILER-DAEMON@relay.example\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.example\r\n\r\n"
        f"Final-Recipient: rfc822; {delivery.address}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: presse@institut.example\r\n"
        f"Subject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{LETTER}\r\n--b--\r\n"
    ).encode()


def fetch(folder: Path) -> float:
    """Run the command; returns the seconds it took."""
    begun = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "mailer", "--workspace", str(folder), "bounces", "fetch"],
        cwd=ROOT,
        env={**os.environ, "MAILER_BENCHMARK_IMAP": PASSWORD},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.monotonic() - begun


if __name__ == "__main__":
    main()
