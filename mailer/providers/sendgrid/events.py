"""Read the events in the posts of SendGrid's Event Webhook.

SendGrid page "Event Webhook Reference" (read 2026-11). Posts arrive in parallel, unordered and
repeated for 24 hours. The documented `sg_event_id` changes between repeats (sendgrid-nodejs issue
1435), so the key of an event is made of its content.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from mailer.addresses import plain_address
from mailer.feedback.classify.classification import classify
from mailer.feedback.reading import Confidence, DsnAction, Reason
from mailer.model.address import Address
from mailer.model.feedback.event import EVERYTHING, Deadness, DeliveryEvent, EventKind, Match
from mailer.model.feedback.inbox import WebhookRefusal
from mailer.model.mailings.message import DeliveryId
from mailer.providers.sendgrid.limits import WebhookLimits

if TYPE_CHECKING:
    from collections.abc import Mapping

DELIVERY_ARGUMENT = "mailer_delivery"
"""The custom argument that carries our delivery id. It has a prefix because SendGrid overwrites
arguments that are named like its own fields. The id is opaque because SendGrid never erases it."""

_KINDS = {
    "processed": EventKind.ACCEPTED,
    "deferred": EventKind.DEFERRED,
    "delivered": EventKind.DELIVERED,
    "bounce": EventKind.BOUNCED,
    "blocked": EventKind.BOUNCED,  # how old accounts write a bounce of type "blocked"
    "spamreport": EventKind.COMPLAINED,
    "unsubscribe": EventKind.OPTED_OUT,
    "group_unsubscribe": EventKind.OPTED_OUT,
}
# These are never stored, because we do not track readers, even if the account is set to.
_TRACKING = {"open", "click"}
# SendGrid drops messages to addresses on its own lists. That is not a new bounce, but it tells us
# what is on those lists (django-anymail issue 473). The reference explains some reasons in brackets.
_DROPPED = {
    "bounced address": (EventKind.SUPPRESSED, Reason.PROVIDER_BOUNCED),
    "unsubscribed address": (EventKind.SUPPRESSED, Reason.PROVIDER_OPTED_OUT),
    "spam reporting address": (EventKind.SUPPRESSED, Reason.PROVIDER_COMPLAINED),
    "spam content": (EventKind.REJECTED, Reason.SPAM),
    "invalid smtpapi header": (EventKind.REJECTED, Reason.PROTOCOL),
    "invalid": (EventKind.REJECTED, Reason.USER_UNKNOWN),
    "recipient list over package quota": (EventKind.REJECTED, Reason.RATE),
}
_DELIVERY_ID = re.compile(r"[a-z2-7]{26}")

RawEvent = dict[str, Any]


def read_events(
    body: bytes, *, received_at: datetime, limits: WebhookLimits | None = None
) -> tuple[DeliveryEvent, ...] | WebhookRefusal:
    """Return the events of one verified post, in its order and without opens and clicks.

    Events of types we do not know are kept as `unknown`. `received_at` is used for an event
    without a usable time.
    """
    limits = limits or WebhookLimits()
    if len(body) > limits.body_bytes:
        return WebhookRefusal.TOO_BIG
    try:
        posted = json.loads(body)
    except (ValueError, RecursionError):
        return WebhookRefusal.NOT_EVENTS
    if not isinstance(posted, list) or _is_deeper(posted, limits.depth):
        return WebhookRefusal.NOT_EVENTS
    if len(posted) > limits.events:
        return WebhookRefusal.TOO_BIG
    raw_events = (one if isinstance(one, dict) else {"event": "not-an-event"} for one in posted)
    return tuple(
        _event(raw, received_at=received_at)
        for raw in raw_events
        if raw.get("event") not in _TRACKING
    )


def _is_deeper(value: object, depth: int) -> bool:
    if depth < 0:
        return True
    if isinstance(value, dict):
        return any(_is_deeper(inner, depth - 1) for inner in value.values())
    return isinstance(value, list) and any(_is_deeper(inner, depth - 1) for inner in value)


def _event(raw: RawEvent, *, received_at: datetime) -> DeliveryEvent:
    name = _text(raw, "event")
    classified = _classified(name, raw)
    matched = _delivery_of(raw)
    address = _address(raw)
    by_address = matched.match is Match.NONE and address
    return DeliveryEvent(
        kind=classified.kind,
        at=_instant(raw.get("timestamp")) or received_at,
        source="sendgrid",
        key=_key(raw, matched.delivery_id or "", address or ""),
        delivery_id=matched.delivery_id,
        address=Address.parse(address) if address else None,
        match=Match.ADDRESS if by_address else matched.match,
        reason=classified.reason,
        dead=classified.dead,
        status_code=_text(raw, "status")[:12],
        quote=classified.quote,
        rule=classified.rule,
        raw=json.dumps(raw, sort_keys=True).encode(),
    )


class _Classified(NamedTuple):
    """What an event means; `quote` is the text of the receiving server, as SendGrid passes it."""

    kind: EventKind
    reason: str
    dead: Deadness
    quote: str
    rule: str


class _Matched(NamedTuple):
    """The delivery an event belongs to, and how it was found."""

    delivery_id: DeliveryId | None
    match: Match


def _classified(name: str, raw: RawEvent) -> _Classified:
    quote = (_text(raw, "reason") or _text(raw, "response"))[:1000]
    if name == "dropped":
        kind, reason = _dropped(quote)
        return _Classified(kind, reason.value, Deadness.UNSURE, quote, "sendgrid-dropped")
    kind = _KINDS.get(name, EventKind.UNKNOWN)
    if kind not in {EventKind.BOUNCED, EventKind.DEFERRED}:
        # SendGrid's global unsubscribe ends everything; a group's, only that list.
        meant = EVERYTHING if name == "unsubscribe" else ""
        return _Classified(kind, meant, Deadness.UNSURE, quote, f"sendgrid-{name}"[:60])
    outcome = DsnAction.DELAYED if kind is EventKind.DEFERRED else DsnAction.FAILED
    classification = _text(raw, "bounce_classification")
    verdict = classify(
        f"{quote}\nsendgrid-classification: {classification}" if classification else quote,
        recipient=_address(raw) or "",
        status=_text(raw, "status")[:12],
        outcome=outcome,
    )
    dead = Deadness.UNSURE if verdict.confidence is Confidence.LOW else verdict.dead
    # "Blocked" is SendGrid's word for a refusal that says nothing of the address, such as
    # the end of 72 hours of deferral; it sends to it again, and so do we.
    if outcome is DsnAction.DELAYED or "blocked" in {name, _text(raw, "type")}:
        dead = Deadness.NO
    return _Classified(kind, verdict.reason.value, dead, quote, verdict.rule)


def _address(raw: RawEvent) -> str | None:
    """Return the recipient's address; some accounts send a name with it, `Léa <lea@…>`."""
    text = _text(raw, "email").strip()
    bracketed = re.search(r"<([^<>]{1,320})>$", text)
    return plain_address(bracketed.group(1) if bracketed else text)


def _dropped(reason: str) -> tuple[EventKind, Reason]:
    """Return what a reason to drop a message means; the first known one that it begins with."""
    folded = reason.strip().lower()
    known = (meant for words, meant in _DROPPED.items() if folded.startswith(words))
    return next(known, (EventKind.REJECTED, Reason.UNKNOWN))


def _delivery_of(raw: RawEvent) -> _Matched:
    """Find the delivery. Asynchronous bounces have neither our argument nor a message id."""
    argument = _text(raw, DELIVERY_ARGUMENT)
    if _DELIVERY_ID.fullmatch(argument):
        return _Matched(DeliveryId(argument), Match.DELIVERY_ID)
    ours = re.fullmatch(r"<?([a-z2-7]{26})@[^<>\s]{1,253}>?", _text(raw, "smtp-id"))
    if ours:
        return _Matched(DeliveryId(ours.group(1)), Match.MESSAGE_ID)
    return _Matched(None, Match.NONE)


def _key(raw: Mapping[str, Any], delivery_id: str, address: str) -> str:
    """Return a key made of the event's content, because its transport id may change."""
    text = "|".join(
        (
            delivery_id or _text(raw, "sg_message_id") or "",
            address.casefold(),
            *(_text(raw, name) for name in ("event", "timestamp", "type", "attempt", "status")),
            _text(raw, "reason") or _text(raw, "response"),
        )
    )
    return f"sendgrid:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _text(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _instant(timestamp: object) -> datetime | None:
    if isinstance(timestamp, str) and re.fullmatch(r"\d{1,12}(?:\.\d{1,9})?", timestamp):
        timestamp = float(timestamp)
    if isinstance(timestamp, bool) or not isinstance(timestamp, int | float):
        return None
    if not 0 < timestamp < 2**33:
        return None
    return datetime.fromtimestamp(timestamp, UTC)
