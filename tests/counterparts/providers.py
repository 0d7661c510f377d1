"""For each provider a real counterpart, with what the contract suite asks of it.

A counterpart is a context manager that yields a `Peer`. The addresses of people decide what
happens to them where the peer can be told: `refused…`, `later…` and `lost…` (taken, and the
answer lost).
"""

import socket
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from mailer.model.team.secret import Secret
from mailer.providers.sendgrid.settings import SendGridSettings
from mailer.providers.smtp.settings import SmtpSettings
from tests.counterparts.scripted_smtp import TAKE_AND_DROP, Rule, ScriptedServer
from tests.counterparts.sendgrid_sending import KEY
from tests.pigeon_provider.loft import RING, Loft
from tests.pigeon_provider.sending import PigeonSettings
from tests.sendgrid_simulator import Service, Simulator

FATES = frozenset({"refused", "later", "lost"})
SECRET = "never-shown"


@dataclass
class Peer:
    """`received` gives the addresses whose message it has taken, in the order they came;
    `minimal` and `unreachable` are settings.
    """

    settings: Any
    received: Callable[[], list[str]]
    minimal: Any = None
    unreachable: Any = None
    fates: frozenset = frozenset()


@contextmanager
def files(folder):
    yield Peer(
        settings=None,
        received=lambda: [
            path.name.rpartition(".")[0].rpartition(".")[0]
            for path in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        ],
    )


@contextmanager
def relay(_folder):
    rules = [
        Rule("RCPT", "550 5.1.1 No such user", of="refused"),
        Rule("RCPT", "452 4.2.2 Mailbox full", of="later"),
        Rule("dot", TAKE_AND_DROP, of="lost"),
    ]
    with ScriptedServer(rules, ("PIPELINING", "CHUNKING")) as server:
        usual = {"host": "127.0.0.1", "tls": "none", "connect_timeout_s": 5, "depth": 2}
        yield Peer(
            settings=SmtpSettings(**usual, port=server.port),
            received=lambda: [
                taken.rcpts[0].partition("<")[2].partition(">")[0] for taken in server.taken
            ],
            minimal=SmtpSettings("relay.example", username="x", password=Secret(SECRET)),
            unreachable=SmtpSettings(**usual, port=closed_port()),
            fates=FATES,
        )


class Told(Service):
    """The simulator, with fates that depend on the address."""

    def fault_for(self, path):
        del path

    def send(self, body):
        text = body.decode()
        if "later" in text:
            return 429, {}, {"errors": [{"message": "too many requests"}]}
        if "refused" in text:
            return 400, {}, {"errors": [{"message": "bad", "field": "personalizations.0.to"}]}
        answer = super().send(body)
        return (502, {}, None) if "lost" in text else answer


@contextmanager
def sendgrid(_folder):
    with Simulator(Told(clock=time.time, key=KEY)) as server:
        usual = {"api_key": Secret(KEY), "batch_size": 2, "answer_timeout_s": 30}
        yield Peer(
            settings=SendGridSettings(**usual, base_url=server.url),
            received=lambda: [taken.address for taken in server.service.taken],
            minimal=SendGridSettings(Secret(SECRET)),
            unreachable=SendGridSettings(**usual, base_url=f"http://127.0.0.1:{closed_port()}"),
            fates=FATES,
        )


@contextmanager
def loft(_folder):
    with Loft() as server:
        yield Peer(
            settings=PigeonSettings(Secret(RING), server.port),
            received=lambda: [letter["to"] for letter in server.taken],
            minimal=PigeonSettings(Secret(SECRET)),
            unreachable=PigeonSettings(Secret(RING), closed_port()),
            fates=FATES,
        )


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


COUNTERPARTS = {"file": files, "smtp": relay, "sendgrid": sendgrid, "pigeon": loft}
