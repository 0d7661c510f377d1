"""A reading as delivery events, ready for the ledger."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.addresses import plain_address
from mailer.feedback.reading import (
    Confidence,
    Fate,
    Kind,
    Reading,
    Reason,
    Result,
    TokenPlace,
)
from mailer.model.address import Address
from mailer.model.event import Deadness, DeliveryEvent, EventKind, Match

if TYPE_CHECKING:
    from datetime import datetime

_BY_FATE = {
    Fate.FAILED: EventKind.BOUNCED,
    Fate.DELAYED: EventKind.DEFERRED,
    Fate.DELIVERED: EventKind.DELIVERED,
    # It left our sight: the next system took it and will not report (RFC 3464 §2.3.3).
    Fate.RELAYED: EventKind.ACCEPTED,
    Fate.EXPANDED: EventKind.ACCEPTED,
}
_BY_KIND = {
    Kind.AUTO_REPLY: EventKind.AUTO_REPLIED,
    Kind.CHALLENGE: EventKind.CHALLENGED,
    Kind.READ_RECEIPT: EventKind.READ,
    Kind.UNSUBSCRIBE: EventKind.OPTED_OUT,
    Kind.REPLY: EventKind.REPLIED,
    Kind.UNKNOWN: EventKind.UNKNOWN,
}


def events_of(reading: Reading, *, raw: bytes, at: datetime) -> tuple[DeliveryEvent, ...]:
    """One event per recipient the mail reports on; for a letter, one about its sender.

    The same mail fetched twice gives the same keys, and so do two reports of one failure
    of one delivery. With a token the events are about that delivery whatever addresses the
    mail names: one message has one recipient, and the others are its aliases.
    """
    if reading.kind is Kind.COMPLAINT:
        return _complaint(reading, raw=raw, at=at)
    if reading.kind is Kind.UNSUBSCRIBE and not _is_our_link(reading):
        asked = _event(reading, EventKind.REPLIED, address=reading.sender, raw=raw, at=at)
        return (replace(asked, reason=Reason.STOP_ASKED.value),)
    if not reading.results:
        kind = _BY_KIND.get(reading.kind, EventKind.UNKNOWN)
        return (_event(reading, kind, address=reading.sender, raw=raw, at=at),)
    return tuple(
        _event(
            reading,
            _BY_FATE[result.outcome],
            address=result.recipient,
            result=result,
            dead=_dead(reading, result),
            raw=raw,
            at=at,
        )
        for result in reading.results
    )


def _is_our_link(reading: Reading) -> bool:
    """Whether the mail is the one our own mailto: link writes: that is the act itself, while
    words in a reply are for a person to read ("désinscription au colloque" is no opt-out).
    """
    return reading.token is not None and reading.token.place is TokenPlace.SUBJECT


def _complaint(reading: Reading, *, raw: bytes, at: datetime) -> tuple[DeliveryEvent, ...]:
    is_opt_out = reading.feedback_type == "opt-out"
    kind = EventKind.OPTED_OUT if is_opt_out else EventKind.COMPLAINED
    addresses = [result.recipient for result in reading.results] or [""]
    return tuple(_event(reading, kind, address=one, raw=raw, at=at) for one in addresses)


def _dead(reading: Reading, result: Result) -> Deadness:
    """YES only where nothing in the mail speaks against it."""
    if result.dead is not Deadness.YES:
        return result.dead
    is_guess = result.confidence is Confidence.LOW
    # One delivery, several addresses: an alias of a newsroom lives while one member does.
    is_alias = reading.token is not None and any(
        other.dead is not Deadness.YES for other in reading.results
    )
    return Deadness.UNSURE if is_guess or is_alias else Deadness.YES


def _event(
    reading: Reading,
    kind: EventKind,
    *,
    address: str,
    raw: bytes,
    at: datetime,
    result: Result | None = None,
    dead: Deadness = Deadness.UNSURE,
) -> DeliveryEvent:
    delivery_id = reading.token.delivery_id if reading.token else None
    known = plain_address(address)
    match = Match.DELIVERY_ID if delivery_id else Match.ADDRESS if known else Match.NONE
    identity = delivery_id or hashlib.sha256(raw).hexdigest()
    status = result.status if result else ""
    facts = (identity, kind, (known or "").casefold(), status, result.reason if result else "")
    return DeliveryEvent(
        kind=kind,
        at=at,
        source="mailbox",
        key=f"mailbox:{hashlib.sha256('|'.join(facts).encode()).hexdigest()}",
        delivery_id=delivery_id,
        address=Address.parse(known) if known else None,
        match=match,
        reason=result.reason.value if result else "",
        dead=dead,
        status_code=status,
        quote=result.quote if result else reading.subject,
        rule=result.rule if result else reading.rule,
        raw=raw,
    )
