"""SendGrid's Event Webhook: what its posts say.

SendGrid page "Event Webhook Reference" (read 2026-11). Posts come in parallel, unordered,
repeated for 24 hours, and the documented `sg_event_id` changes between repeats
(sendgrid-nodejs issue 1435); so a fact's key is made of what it says.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mailer.addresses import plain_address
from mailer.feedback.classify.classification import classify
from mailer.feedback.reading import Confidence, DsnAction, Reason
from mailer.model.address import Address
from mailer.model.event import EVERYTHING, Deadness, DeliveryEvent, EventKind, Match
from mailer.model.inbox import WebhookRefusal
from mailer.model.message import DeliveryId
from mailer.providers.sendgrid.limits import WebhookLimits

if TYPE_CHECKING:
    from collections.abc import Mapping

DELIVERY_ARGUMENT = "mailer_delivery"
"""The custom argument in which our delivery id travels. SendGrid overwrites arguments named
like its own fields, so it has a prefix; it is opaque, because SendGrid never erases it."""

_KINDS = {
    "processed": EventKind.ACCEPTED,
    "deferred": EventKind.DEFERRED,
    "delivered": EventKind.DELIVERED,
    "bounce": EventKind.BOUNCED,
    "spamreport": EventKind.COMPLAINED,
    "unsubscribe": EventKind.OPTED_OUT,
    "group_unsubscribe": EventKind.OPTED_OUT,
}
# Never stored: we do not track, whatever the account's settings say.
_TRACKING = {"open", "click"}
# SendGrid refuses by itself what is on one of its lists. No new bounce happened; its list
# is news to us, though (django-anymail issue 473).
_DROPPED = {
    "bounced address": (EventKind.SUPPRESSED, Reason.PROVIDER_BOUNCED),
    "unsubscribed address": (EventKind.SUPPRESSED, Reason.PROVIDER_OPTED_OUT),
    "spam reporting address": (EventKind.SUPPRESSED, Reason.PROVIDER_COMPLAINED),
    "invalid": (EventKind.REJECTED, Reason.USER_UNKNOWN),
    "spam content": (EventKind.REJECTED, Reason.SPAM),
    "invalid smtpapi header": (EventKind.REJECTED, Reason.PROTOCOL),
    "recipient list over package quota": (EventKind.REJECTED, Reason.RATE),
}
_DELIVERY_ID = re.compile(r"[a-z2-7]{26}")

Told = dict[str, Any]


def read_events(
    body: bytes, *, received_at: datetime, limits: WebhookLimits | None = None
) -> tuple[DeliveryEvent, ...] | WebhookRefusal:
    """The facts of one verified post, in its order; opens and clicks are left out.

    What SendGrid invents later is kept as `unknown`. `received_at` stands in where an event
    has no usable time.
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
    told = (one if isinstance(one, dict) else {"event": "not-an-event"} for one in posted)
    return tuple(
        _event(one, received_at=received_at) for one in told if one.get("event") not in _TRACKING
    )


def _is_deeper(value: object, depth: int) -> bool:
    if depth < 0:
        return True
    if isinstance(value, dict):
        return any(_is_deeper(inner, depth - 1) for inner in value.values())
    return isinstance(value, list) and any(_is_deeper(inner, depth - 1) for inner in value)


def _event(told: Told, *, received_at: datetime) -> DeliveryEvent:
    name = _text(told, "event")
    kind, reason, dead, quote, rule = _judged(name, told)
    delivery_id, match = _matched(told)
    address = plain_address(_text(told, "email"))
    if match is Match.NONE and address:
        match = Match.ADDRESS
    return DeliveryEvent(
        kind=kind,
        at=_instant(told.get("timestamp")) or received_at,
        source="sendgrid",
        key=_key(told, delivery_id or "", address or ""),
        delivery_id=delivery_id,
        address=Address.parse(address) if address else None,
        match=match,
        reason=reason,
        dead=dead,
        status_code=_text(told, "status")[:12],
        quote=quote,
        rule=rule,
        raw=json.dumps(told, sort_keys=True).encode(),
    )


def _judged(name: str, told: Told) -> tuple[EventKind, str, Deadness, str, str]:
    """Kind, reason, deadness, the provider's words, the rule."""
    words = (_text(told, "reason") or _text(told, "response"))[:1000]
    if name == "dropped":
        kind, reason = _DROPPED.get(words.strip().lower(), (EventKind.REJECTED, Reason.UNKNOWN))
        return kind, reason.value, Deadness.UNSURE, words, "sendgrid-dropped"
    kind = _KINDS.get(name, EventKind.UNKNOWN)
    if kind not in {EventKind.BOUNCED, EventKind.DEFERRED}:
        # SendGrid's global unsubscribe ends everything; a group's, only that list.
        meant = EVERYTHING if name == "unsubscribe" else ""
        return kind, meant, Deadness.UNSURE, words, f"sendgrid-{name}"[:60]
    outcome = DsnAction.DELAYED if kind is EventKind.DEFERRED else DsnAction.FAILED
    classification = _text(told, "bounce_classification")
    verdict = classify(
        f"{words}\nsendgrid-classification: {classification}" if classification else words,
        recipient=_text(told, "email"),
        status=_text(told, "status")[:12],
        outcome=outcome,
    )
    dead = Deadness.UNSURE if verdict.confidence is Confidence.LOW else verdict.dead
    # "Blocked" is SendGrid's word for a refusal that says nothing of the address, such as
    # the end of 72 hours of deferral; it sends to it again, and so do we.
    if outcome is DsnAction.DELAYED or _text(told, "type") == "blocked":
        dead = Deadness.NO
    return kind, verdict.reason.value, dead, words, verdict.rule


def _matched(told: Told) -> tuple[DeliveryId | None, Match]:
    """Which delivery; bounces that come back later carry no argument and no message id."""
    argument = _text(told, DELIVERY_ARGUMENT)
    if _DELIVERY_ID.fullmatch(argument):
        return DeliveryId(argument), Match.DELIVERY_ID
    ours = re.fullmatch(r"<?([a-z2-7]{26})@[^<>\s]{1,253}>?", _text(told, "smtp-id"))
    return (DeliveryId(ours.group(1)), Match.MESSAGE_ID) if ours else (None, Match.NONE)


def _key(told: Mapping[str, Any], delivery_id: str, address: str) -> str:
    """What the fact says, whatever transport id it comes under."""
    said = "|".join(
        (
            delivery_id or _text(told, "sg_message_id") or "",
            address.casefold(),
            *(_text(told, name) for name in ("event", "timestamp", "type", "attempt", "status")),
            _text(told, "reason") or _text(told, "response"),
        )
    )
    return f"sendgrid:{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _instant(timestamp: object) -> datetime | None:
    if isinstance(timestamp, bool) or not isinstance(timestamp, int | float):
        return None
    if not 0 < timestamp < 2**33:
        return None
    return datetime.fromtimestamp(timestamp, UTC)
