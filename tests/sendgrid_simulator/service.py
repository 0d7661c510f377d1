"""What the simulator knows: whom it took, whom it will not write to, what it has to report."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

from tests.sendgrid_simulator.fates import Fate, fate_of
from tests.sendgrid_simulator.requests import faults_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.sendgrid_simulator.faults import Fault

LISTS = ("bounces", "blocks", "invalid_emails", "spam_reports", "unsubscribes")
MOST_BYTES = 30_000_000
_DROPPED = {
    "bounces": "Bounced Address",
    "invalid_emails": "Invalid",
    "spam_reports": "Spam Reporting Address",
    "unsubscribes": "Unsubscribed Address",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """One person's message, as it would go out."""

    address: str
    name: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str]
    custom_args: Mapping[str, str]
    message_id: str
    request: int


@dataclass(slots=True)
class Service:
    """`clock` gives unix time; `key` of "" takes any. `remembers` of False keeps only counts,
    for a run of a million.
    """

    clock: Callable[[], float]
    key: str = ""
    scopes: tuple[str, ...] = ("mail.send",)
    faults: list[Fault] = field(default_factory=list)
    remembers: bool = True
    taken: list[Taken] = field(default_factory=list)
    received: Counter[str] = field(default_factory=Counter)
    """How often each delivery id (or, without one, address) was taken: the truth."""
    requests: int = 0
    reports: list[Fate] = field(default_factory=list)
    """What will be known about the messages taken, each at its time."""
    lists: dict[str, dict[str, dict[str, Any]]] = field(
        default_factory=lambda: {name: {} for name in LISTS}
    )
    lock: Lock = field(default_factory=Lock, repr=False)

    def fault_for(self, path: str) -> Fault | None:
        with self.lock:
            return next((fault for fault in self.faults if fault.strikes(path)), None)

    def send(self, body: bytes) -> tuple[int, dict[str, str], object]:
        """`POST /v3/mail/send`: status, headers, and what the answer holds (None: nothing)."""
        if len(body) > MOST_BYTES:
            return 413, {}, _errors(("The payload is too large.", ""))
        try:
            request = json.loads(body)
        except ValueError:
            return 400, {}, _errors(("Bad Request", ""))
        wrong = faults_in(request, now_s=self.clock())
        if wrong:
            return 400, {}, _errors(*wrong)
        if request.get("mail_settings", {}).get("sandbox_mode", {}).get("enable"):
            return 200, {}, None
        return 202, {"X-Message-Id": self._take(request)}, None

    def _take(self, request: dict[str, Any]) -> str:
        """Notes every person, then gives the request's name."""
        with self.lock:
            self.requests += 1
            number = self.requests
            message_id = f"standin{number:012d}"
            for place, person in enumerate(request["personalizations"]):
                address = person["to"][0]["email"]
                arguments = person.get("custom_args", {})
                self.received[next(iter(arguments.values()), address)] += 1
                if self.remembers:
                    taken = _filled(request, person, message_id, number)
                    self.taken.append(taken)
                    self._foresee(taken, f"{message_id}.{place}")
        return message_id

    def _foresee(self, taken: Taken, sg_message_id: str) -> None:
        standing = next(
            (name for name in _DROPPED if taken.address.lower() in self.lists[name]), None
        )
        common = {
            "email": taken.address,
            "smtp-id": taken.headers.get("Message-ID", ""),
            "sg_message_id": sg_message_id,
            **taken.custom_args,
        }
        reason = _DROPPED[standing] if standing else ""
        self.reports += fate_of(taken.address, common, now_s=self.clock(), dropped=reason)

    def suppress(self, name: str, address: str, **about: str) -> None:
        """Adds an entry to a list, as `bounces` or `unsubscribes`."""
        entry = {"created": int(self.clock()), "email": address, **about}
        self.lists[name].setdefault(address.lower(), entry)

    def page(self, name: str, query: Mapping[str, str]) -> list[dict[str, Any]]:
        """Entries newest first, as `limit` (at most 500), `offset`, `start_time`, `end_time`,
        `email` (a part of it) ask.
        """
        with self.lock:
            entries = list(self.lists[name].values())
        start, end = int(query.get("start_time", 0)), int(query.get("end_time", 2**40))
        part, offset = query.get("email", "").lower(), int(query.get("offset", 0))
        found = [
            entry
            for entry in sorted(entries, key=lambda entry: -entry["created"])
            if start <= entry["created"] <= end and part in entry["email"].lower()
        ]
        return found[offset : offset + min(int(query.get("limit", 500)), 500)]

    def lift(self, name: str, addresses: list[str], *, everything: bool = False) -> int:
        """Removes entries; how many there were."""
        with self.lock:
            gone = list(self.lists[name]) if everything else [one.lower() for one in addresses]
            return sum(self.lists[name].pop(address, None) is not None for address in gone)


def _filled(request: dict[str, Any], person: dict[str, Any], message_id: str, number: int) -> Taken:
    substitutions = person.get("substitutions", {})

    def fill(text: str) -> str:
        for tag, value in substitutions.items():
            text = text.replace(tag, value)
        return text

    parts = {part["type"]: fill(part["value"]) for part in request["content"]}
    to = person["to"][0]
    return Taken(
        address=to["email"],
        name=to.get("name", ""),
        subject=fill(person.get("subject") or request["subject"]),
        text=parts.get("text/plain", ""),
        html=parts.get("text/html", ""),
        headers={**(person.get("headers") or request.get("headers") or {})},
        custom_args=person.get("custom_args", {}),
        message_id=message_id,
        request=number,
    )


def _errors(*wrong: tuple[str, str]) -> dict[str, Any]:
    return {
        "errors": [
            {"message": message, "field": where or None, "help": None} for message, where in wrong
        ]
    }
