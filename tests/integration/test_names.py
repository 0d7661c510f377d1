"""The relay's name, asked of a real resolver that is given no answer."""

import shutil
import subprocess
import sys
from datetime import timedelta

import pytest

from mailer.clock import SimulatedClock
from mailer.errors import BackendUnavailable
from mailer.ledger import open_ledger
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from tests.counterparts.builders import NOON, after, started, statuses
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.scripted_smtp import ScriptedServer
from tests.counterparts.sender import deliver_chunk
from tests.e2e.commands import PLAIN, ROOT

ASKS = """
import socket, sys, threading
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from mailer.errors import BackendUnavailable
rcode = int(sys.argv[1])
names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
names.bind(("127.0.0.1", 53))
def answer():
    while True:
        asked, peer = names.recvfrom(512)
        if rcode:  # RFC 1035 section 4.1.1: an answer, recursion available, no records
            names.sendto(asked[:2] + bytes([0x81, 0x80 | rcode]) + asked[4:], peer)
threading.Thread(target=answer, daemon=True).start()
try:
    SmtpBackend(SmtpSettings("relay.press.example")).connect()
except BackendUnavailable as error:
    print("unavailable:", error)
"""
IN_A_NETWORK_OF_ITS_OWN = """
ip link set lo up && mount --bind "$1" /etc/resolv.conf && shift && exec "$@"
"""


@pytest.fixture
def ask(tmp_path):
    """What comes of asking for a relay where names are answered with this code (0: never)."""
    resolver = tmp_path / "resolv.conf"
    resolver.write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    inside = ["unshare", "--mount", "--net", "sh", "-c", IN_A_NETWORK_OF_ITS_OWN, "sh", resolver]
    if (
        not shutil.which("unshare")
        or subprocess.run([*inside, "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("a resolver of one's own needs a network of one's own (root on Linux)")

    def ask(code):
        return subprocess.run(
            [*inside, sys.executable, "-c", ASKS, str(code)],
            cwd=ROOT,
            env=PLAIN,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    return ask


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (0, "Temporary failure in name resolution"),
        (2, "Temporary failure in name resolution"),
        (3, "Name or service not known"),
    ],
    ids=["silence", "SERVFAIL", "NXDOMAIN"],
)
def test_a_relay_whose_name_cannot_be_found_is_unavailable(ask, code, said):
    told = ask(code)

    assert told.startswith("unavailable: smtp://relay.press.example:587")
    assert said in told


def test_a_relay_without_a_name_holds_the_mailing_and_fails_nobody(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    mailing, _ = started(ledger)
    clock = SimulatedClock(NOON)

    def deliver(backend):
        return deliver_chunk(ledger, backend, clock=clock)

    with pytest.raises(BackendUnavailable):
        deliver(SmtpBackend(SmtpSettings("relay.invalid")))
    assert statuses(ledger, mailing) == ["pending"] * 3
    assert ledger.mailings.next_due_at() == after(seconds=60)

    clock.wait_until(NOON + timedelta(seconds=60))
    with ScriptedServer() as server:
        deliver(SmtpBackend(SmtpSettings("127.0.0.1", server.port, "none")))
    assert statuses(ledger, mailing) == ["accepted"] * 3
    ledger.close()
