"""Turns a reading into delivery events, ready to be stored in the ledger."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.addresses import plain_address
from mailer.feedback.reading import (
    Confidence,
    DsnAction,
    MailKind,
    Reading,
    Reason,
    Result,
    TokenSource,
)
from mailer.feedback.trust import NOBODY, Trust
from mailer.model.address import Address
from mailer.model.feedback.event import Deadness, DeliveryEvent, EventKind, Match
from mailer.model.feedback.inbox import MAILBOX

if TYPE_CHECKING:
    from datetime import datetime

_KIND_BY_ACTION = {
    DsnAction.FAILED: EventKind.BOUNCED,
    DsnAction.DELAYED: EventKind.DEFERRED,
    DsnAction.DELIVERED: EventKind.DELIVERED,
    # The next system accepted it and will not report its fate (RFC 3464 §2.3.3).
    DsnAction.RELAYED: EventKind.ACCEPTED,
    DsnAction.EXPANDED: EventKind.ACCEPTED,
}
_KIND_BY_MAIL_KIND = {
    MailKind.AUTO_REPLY: EventKind.AUTO_REPLIED,
    MailKind.CHALLENGE: EventKind.CHALLENGED,
    MailKind.READ_RECEIPT: EventKind.READ,
    MailKind.UNSUBSCRIBE: EventKind.OPTED_OUT,
    MailKind.UNKNOWN: EventKind.UNKNOWN,
}

_OF_ONE_PERSON = (MailKind.CHALLENGE, MailKind.READ_RECEIPT)
"""Written by a machine for the person whom it names, if it names one."""


def events_of(
    reading: Reading, *, raw: bytes, at: datetime, trust: Trust = NOBODY
) -> tuple[DeliveryEvent, ...]:
    """Return one event per recipient that the mail reports on; for other
    mail, one about its sender.

    The same mail fetched twice gives the same keys, and so do two reports of one failure of one
    delivery. With a token the events are about that delivery, even if the mail names other
    addresses: one message has one recipient, and any other address is an alias of it. Without one
    they prove something only if the sender is one of `trust`.
    """
    found = _events_of(reading, raw=raw, at=at)
    if not trust.covers(reading):
        return found
    return tuple(
        replace(event, match=Match.SENDER) if event.match is Match.ADDRESS else event
        for event in found
    )


def _events_of(reading: Reading, *, raw: bytes, at: datetime) -> tuple[DeliveryEvent, ...]:
    if reading.kind is MailKind.COMPLAINT:
        return _complaint(reading, raw=raw, at=at)
    if reading.kind is MailKind.UNSUBSCRIBE and not _is_our_link(reading):
        asked = _event(reading, EventKind.REPLIED, address=reading.sender, raw=raw, at=at)
        return (replace(asked, reason=Reason.STOP_ASKED.value),)
    if reading.kind is MailKind.REPLY:
        written = _event(reading, EventKind.REPLIED, address=reading.sender, raw=raw, at=at)
        return (replace(written, reason=reading.answer or "", key=_key_of_mail(raw)),)
    if not reading.results or reading.kind in _OF_ONE_PERSON:
        kind = _KIND_BY_MAIL_KIND.get(reading.kind, EventKind.UNKNOWN)
        whom = reading.results[0].recipient if reading.results else reading.sender
        return (_event(reading, kind, address=whom, raw=raw, at=at),)
    return tuple(
        _event(
            reading,
            _KIND_BY_ACTION[result.outcome],
            address=result.recipient,
            result=result,
            dead=_dead(reading, result),
            raw=raw,
            at=at,
        )
        for result in reading.results
    )


def _is_our_link(reading: Reading) -> bool:
    """Return whether the mail comes from our own mailto: link, which is an opt-out by itself.

    The words of a reply are left to a person ("désinscription au colloque" is no opt-out).
    """
    return reading.token is not None and reading.token.source is TokenSource.SUBJECT


def _complaint(reading: Reading, *, raw: bytes, at: datetime) -> tuple[DeliveryEvent, ...]:
    is_opt_out = reading.feedback_type == "opt-out"
    kind = EventKind.OPTED_OUT if is_opt_out else EventKind.COMPLAINED
    addresses = [result.recipient for result in reading.results] or [""]
    return tuple(_event(reading, kind, address=one, raw=raw, at=at) for one in addresses)


def _dead(reading: Reading, result: Result) -> Deadness:
    """Return YES only if nothing in the mail contradicts it."""
    if result.dead is not Deadness.YES:
        return result.dead
    is_guess = result.confidence is Confidence.LOW
    # One delivery, several addresses: a newsroom's alias works as long as one member's does.
    is_alias = reading.token is not None and any(
        other.dead is not Deadness.YES for other in reading.results
    )
    return Deadness.UNSURE if is_guess or is_alias else Deadness.YES


def _key_of_mail(raw: bytes) -> str:
    """Return the key of what a person wrote: a second mail that says the same is not the first."""
    return f"{MAILBOX}:{hashlib.sha256(raw).hexdigest()}"


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
    # Two mails that nobody understands are two, whatever message of ours they name.
    about = delivery_id if kind is not EventKind.UNKNOWN else None
    identity = about or hashlib.sha256(raw).hexdigest()
    status = result.status if result else ""
    identifying_fields = (
        identity,
        kind,
        (known or "").casefold(),
        status,
        result.reason if result else "",
    )
    return DeliveryEvent(
        kind=kind,
        at=at,
        source=MAILBOX,
        key=f"mailbox:{hashlib.sha256('|'.join(identifying_fields).encode()).hexdigest()}",
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
