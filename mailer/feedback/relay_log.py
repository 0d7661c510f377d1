"""Reads delivery events from the log of our own Postfix relay.

The log resolves deliveries that SMTP left uncertain: whether the relay has a message whose last
reply was lost. Postfix names a message by its queue id; our delivery id is in the Message-ID
and in the envelope sender. A Message-ID logged by `cleanup` proves nothing, because it is read
before the final dot has arrived; a message logged by `qmgr` is in the queue (Postfix OVERVIEW,
"How Postfix receives mail"). A message missing from this log may be in another log, so absence
proves nothing either.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from mailer.addresses import plain_address
from mailer.feedback.classify.classification import classify
from mailer.feedback.reading import Confidence, DsnAction
from mailer.model.address import Address
from mailer.model.feedback.event import Deadness, DeliveryEvent, EventKind, Match
from mailer.model.mailings.message import DeliveryId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MAX_LINE = 8_192
_LINE = re.compile(
    r"^(?P<time>\S+).{0,200}? postfix[\w.-]*/(?:[\w-]+/)?(?P<program>[\w-]+)\[\d+\]: "
    r"(?P<queue>[0-9A-Za-z]{5,30}): (?P<rest>.*)$"
)
_OURS = re.compile(r"(?:message-id=<|from=<b\+)([a-z2-7]{26})@", re.IGNORECASE)
_STATUS = re.compile(
    r"to=<(?P<to>[^>]*)>.*?, dsn=(?P<dsn>[\d.]+), status=(?P<status>\w+) \((?P<reply>.*)\)\s*$"
)
# `reject: RCPT from …: 554 5.7.1 <ada@…>: Relay access denied; from=<…> to=<…>`; milters too.
_REJECTED = re.compile(r"reject: [A-Z-]+ from [^;]*?: (?P<reply>5\S* .*?);.*\bto=<(?P<to>[^>]*)>")
_KINDS = {
    "sent": EventKind.DELIVERED,
    "bounced": EventKind.BOUNCED,
    "expired": EventKind.BOUNCED,
    # The relay has the message and will retry, so the delivery is no longer uncertain.
    "deferred": EventKind.ACCEPTED,
}


class _LogEntry(NamedTuple):
    """One log line about one of our deliveries."""

    kind: EventKind
    delivery_id: DeliveryId
    at: datetime
    line: str
    to: str = ""
    status_code: str = ""
    reply: str = ""


def events_in(lines: Iterable[str], *, at: datetime) -> Iterator[DeliveryEvent]:
    """Yield the events about our deliveries in log order; one pass, in bounded time per line.

    `at` is when the log was read, used for lines without a full date (the traditional `Dec 4
    12:00:01` has no year). Reading the same line twice gives the same key.
    """
    deliveries_by_queue_id: dict[str, DeliveryId] = {}
    for line in lines:
        match = _LINE.match(line[:_MAX_LINE])
        if match is None:
            continue
        queue, rest = match["queue"], match["rest"]
        if found := _OURS.search(rest):
            deliveries_by_queue_id[queue] = DeliveryId(found[1].lower())
        delivery_id = deliveries_by_queue_id.get(queue)
        if delivery_id is None:
            continue
        entry = _parse_entry(match["program"], rest, delivery_id, _instant(match["time"], at))
        if entry is not None:
            yield _event(entry)
        # Short queue ids are reused for other messages.
        if rest.strip() == "removed" or queue == "NOQUEUE":
            del deliveries_by_queue_id[queue]


def _parse_entry(
    program: str, rest: str, delivery_id: DeliveryId, at: datetime
) -> _LogEntry | None:
    if program == "qmgr" and "(queue active)" in rest:
        return _LogEntry(EventKind.ACCEPTED, delivery_id, at, rest)
    if match := _STATUS.search(rest):
        kind = _KINDS.get(match["status"])
        if kind is not None:
            return _LogEntry(kind, delivery_id, at, rest, match["to"], match["dsn"], match["reply"])
    if match := _REJECTED.search(rest):
        return _LogEntry(EventKind.REJECTED, delivery_id, at, rest, match["to"], "", match["reply"])
    return None


def _event(entry: _LogEntry) -> DeliveryEvent:
    reason, dead, rule = "", Deadness.UNSURE, "relay-log"
    if entry.kind is EventKind.BOUNCED:
        verdict = classify(
            entry.reply, recipient=entry.to, status=entry.status_code, outcome=DsnAction.FAILED
        )
        reason, rule = verdict.reason.value, verdict.rule
        dead = Deadness.UNSURE if verdict.confidence is Confidence.LOW else verdict.dead
    address = plain_address(entry.to)
    identity = f"{entry.delivery_id}|{entry.kind}|{entry.line}"
    return DeliveryEvent(
        kind=entry.kind,
        at=entry.at,
        source="relay-log",
        key=f"relay-log:{hashlib.sha256(identity.encode('utf-8', 'surrogatepass')).hexdigest()}",
        delivery_id=entry.delivery_id,
        address=Address.parse(address) if address else None,
        match=Match.DELIVERY_ID,
        reason=reason,
        dead=dead,
        status_code=entry.status_code[:12],
        quote=(entry.reply or entry.line)[:1000],
        rule=rule,
        raw=entry.line.encode("utf-8", "surrogatepass"),
    )


def _instant(text: str, at: datetime) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return at
    return instant if instant.tzinfo else at
