"""The event webhook: batches, signed, unordered, repeated for a day until they are taken."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

if TYPE_CHECKING:
    from random import Random

    from tests.sendgrid_simulator.fates import Fate
    from tests.sendgrid_simulator.service import Service

DAY_S = 86_400.0
_FIRST_WAIT_S = 30.0
_TIMEOUT_S = 10.0


@dataclass(slots=True)
class _Batch:
    """Events on their way to the receiver."""

    events: list[dict[str, Any]]
    made_at_s: float
    next_at_s: float
    wait_s: float = _FIRST_WAIT_S


@dataclass(slots=True)
class Pump:
    """Posts what `service` has to report to `url`, a receiver on this machine.

    `chance` shuffles, and with `doubles` as probability sends an event a second time under
    another `sg_event_id` (sendgrid-nodejs issue 1435). A post that is not answered with 2xx is
    repeated, each time after twice as long, for a day.
    """

    service: Service
    url: str
    chance: Random
    doubles: float = 0.0
    most_events: int = 100
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    given_up: int = 0
    _waiting: list[_Batch] = field(default_factory=list)
    _number: int = 0

    def __post_init__(self) -> None:
        if urlsplit(self.url).hostname not in {"127.0.0.1", "::1", "localhost"}:
            # Events hold addresses.
            message = "a simulator reports to this machine alone"
            raise ValueError(message)

    @property
    def public_key(self) -> str:
        """As SendGrid shows it: base64 of an SPKI, without PEM lines."""
        spki = self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return b64encode(spki).decode()

    @property
    def waiting(self) -> int:
        """How many events have not been taken yet."""
        return sum(len(batch.events) for batch in self._waiting)

    def turn(self) -> int:
        """Posts what is due by the service's clock; how many events were taken."""
        now_s = self.service.clock()
        self._collect(now_s)
        due = [batch for batch in self._waiting if batch.next_at_s <= now_s]
        self.chance.shuffle(due)
        taken = 0
        for batch in due:
            if self._post(batch.events, now_s):
                taken += len(batch.events)
                self._waiting.remove(batch)
            elif now_s - batch.made_at_s >= DAY_S:
                self.given_up += len(batch.events)
                self._waiting.remove(batch)
            else:
                batch.next_at_s, batch.wait_s = now_s + batch.wait_s, batch.wait_s * 2
        return taken

    def _collect(self, now_s: float) -> None:
        """Turns reports whose time has come into batches, and lists whom they bar."""
        with self.service.lock:
            due = [fate for fate in self.service.reports if fate.at_s <= now_s]
            self.service.reports = [fate for fate in self.service.reports if fate.at_s > now_s]
            for fate in due:
                if name := fate.list_name:
                    said = {
                        key: fate.event[key] for key in ("reason", "status") if key in fate.event
                    }
                    self.service.suppress(name, fate.event["email"], **said)
        events = [self._event(fate) for fate in due]
        events += [self._event(fate) for fate in due if self.chance.random() < self.doubles]
        self.chance.shuffle(events)
        for start in range(0, len(events), self.most_events):
            batch = events[start : start + self.most_events]
            self._waiting.append(_Batch(batch, made_at_s=now_s, next_at_s=now_s))

    def _event(self, fate: Fate) -> dict[str, Any]:
        self._number += 1
        return {
            **fate.event,
            "timestamp": int(fate.at_s),
            "sg_event_id": f"standin-event-{self._number}",
        }

    def _post(self, events: list[dict[str, Any]], now_s: float) -> bool:
        body = json.dumps(events).encode()
        timestamp = str(int(now_s))
        signature = self.key.sign(timestamp.encode() + body, ec.ECDSA(SHA256()))
        parts = urlsplit(self.url)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=_TIMEOUT_S)
        try:
            connection.request(
                "POST",
                parts.path or "/",
                body,
                {
                    "Content-Type": "application/json",
                    "X-Twilio-Email-Event-Webhook-Signature": b64encode(signature).decode(),
                    "X-Twilio-Email-Event-Webhook-Timestamp": timestamp,
                },
            )
            return 200 <= connection.getresponse().status < 300
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
