"""What one's own relay wrote down about our messages: the log of Postfix.

It settles what SMTP left open: whether the relay has a message whose last answer was lost.
Postfix names a message by its queue id, and our delivery id stands in the Message-ID and in the
envelope sender. That `cleanup` saw a Message-ID proves nothing, for it reads the head before the
final dot has come; what `qmgr` takes up is in the queue (Postfix OVERVIEW, "How Postfix receives
mail"). A message that is not in the log may be in another one: its absence proves nothing either.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from mailer.addresses import plain_address
from mailer.feedback.classify.classification import classify
from mailer.feedback.reading import Confidence, Fate
from mailer.model.address import Address
from mailer.model.event import Deadness, DeliveryEvent, EventKind, Match
from mailer.model.message import DeliveryId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST_LINE = 8_192
_LINE = re.compile(
    r"^(?P<time>\S+).{0,200}? postfix[\w.-]*/(?:[\w-]+/)?(?P<program>[\w-]+)\[\d+\]: "
    r"(?P<queue>[0-9A-Za-z]{5,30}): (?P<rest>.*)$"
)
_OURS = re.compile(r"(?:message-id=<|from=<b\+)([a-z2-7]{26})@", re.IGNORECASE)
_STATUS = re.compile(
    r"to=<(?P<to>[^>]*)>.*?, dsn=(?P<dsn>[\d.]+), status=(?P<status>\w+) \((?P<said>.*)\)\s*$"
)
# `reject: RCPT from …: 554 5.7.1 <ada@…>: Relay access denied; from=<…> to=<…>`, and a milter's.
_REJECTED = re.compile(r"reject: [A-Z-]+ from [^;]*?: (?P<said>5\S* .*?);.*\bto=<(?P<to>[^>]*)>")
_KINDS = {
    "sent": EventKind.DELIVERED,
    "bounced": EventKind.BOUNCED,
    "expired": EventKind.BOUNCED,
    # The relay has it and tries again: that settles whether it has it.
    "deferred": EventKind.ACCEPTED,
}


class _Said(NamedTuple):
    """One line about one of our deliveries."""

    kind: EventKind
    delivery_id: DeliveryId
    at: datetime
    line: str
    to: str = ""
    status_code: str = ""
    words: str = ""


def events_in(lines: Iterable[str], *, at: datetime) -> Iterator[DeliveryEvent]:
    """The facts of a log about deliveries of ours, in its order; one pass, in bounded time a line.

    `at` is when the log was read, for lines without a full date (the traditional
    `Dec  4 12:00:01` has no year). The same line read twice gives the same key.
    """
    ours: dict[str, DeliveryId] = {}
    for line in lines:
        match = _LINE.match(line[:_LONGEST_LINE])
        if match is None:
            continue
        queue, rest = match["queue"], match["rest"]
        if found := _OURS.search(rest):
            ours[queue] = DeliveryId(found[1].lower())
        delivery_id = ours.get(queue)
        if delivery_id is None:
            continue
        said = _said(match["program"], rest, delivery_id, _instant(match["time"], at))
        if said is not None:
            yield _event(said)
        # A short queue id is used again for another message.
        if rest.strip() == "removed" or queue == "NOQUEUE":
            del ours[queue]


def _said(program: str, rest: str, delivery_id: DeliveryId, at: datetime) -> _Said | None:
    if program == "qmgr" and "(queue active)" in rest:
        return _Said(EventKind.ACCEPTED, delivery_id, at, rest)
    if match := _STATUS.search(rest):
        kind = _KINDS.get(match["status"])
        if kind is not None:
            told = (match["to"], match["dsn"], match["said"])
            return _Said(kind, delivery_id, at, rest, *told)
    if match := _REJECTED.search(rest):
        return _Said(EventKind.REJECTED, delivery_id, at, rest, match["to"], "", match["said"])
    return None


def _event(said: _Said) -> DeliveryEvent:
    reason, dead, rule = "", Deadness.UNSURE, "relay-log"
    if said.kind is EventKind.BOUNCED:
        verdict = classify(
            said.words, recipient=said.to, status=said.status_code, outcome=Fate.FAILED
        )
        reason, rule = verdict.reason.value, verdict.rule
        dead = Deadness.UNSURE if verdict.confidence is Confidence.LOW else verdict.dead
    address = plain_address(said.to)
    facts = f"{said.delivery_id}|{said.kind}|{said.line}"
    return DeliveryEvent(
        kind=said.kind,
        at=said.at,
        source="relay-log",
        key=f"relay-log:{hashlib.sha256(facts.encode('utf-8', 'surrogatepass')).hexdigest()}",
        delivery_id=said.delivery_id,
        address=Address.parse(address) if address else None,
        match=Match.DELIVERY_ID,
        reason=reason,
        dead=dead,
        status_code=said.status_code[:12],
        quote=(said.words or said.line)[:1000],
        rule=rule,
        raw=said.line.encode("utf-8", "surrogatepass"),
    )


def _instant(text: str, at: datetime) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return at
    return instant if instant.tzinfo else at
