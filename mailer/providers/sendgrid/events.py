"""SendGrid's Event Webhook: its dialect, its signature, its limits.

SendGrid page "Event Webhook Reference" (read 2026-11). Posts come in parallel, unordered,
repeated for 24 hours, and the documented `sg_event_id` changes between repeats
(sendgrid-nodejs issue 1435); so a fact's key is made of what it says.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from mailer.errors import ConfigError, Place, Problem
from mailer.feedback.addresses import normal_address
from mailer.feedback.classify.classification import classify
from mailer.feedback.reading import Confidence, DsnAction, Reason
from mailer.model.address import Address
from mailer.model.event import EVERYTHING, Deadness, DeliveryEvent, EventKind, Match
from mailer.model.message import DeliveryId
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIGNATURE_HEADER = "X-Twilio-Email-Event-Webhook-Signature"
TIMESTAMP_HEADER = "X-Twilio-Email-Event-Webhook-Timestamp"
DELIVERY_ARGUMENT = "mailer_delivery"
"""The custom argument in which our delivery id travels. SendGrid overwrites arguments named
like its own fields, so it has a prefix; it is opaque, because SendGrid never erases it."""


@dataclass(frozen=True, slots=True)
class WebhookLimits:
    """What one post may hold. SendGrid says 768 kB at most.

    Retries run for 24 hours and nobody could confirm that they are signed afresh, hence the
    long `oldest`; repeats are harmless, because keys are natural.
    """

    body_bytes: int = 2_000_000
    events: int = 5_000
    depth: int = 8
    oldest: timedelta = timedelta(hours=25)
    future: timedelta = timedelta(minutes=5)


class WebhookRefusal(StrEnum):
    """Why a post is not taken. The receiver answers with a status and nothing else."""

    NO_KEY = "no-key"
    TOO_BIG = "too-big"
    BAD_SIGNATURE = "bad-signature"
    STALE = "stale"
    NOT_EVENTS = "not-events"


# ---------------------------------------------------------------- who sends it


def public_keys(texts: Sequence[str]) -> tuple[ec.EllipticCurvePublicKey, ...]:
    """Verification keys as SendGrid shows them: base64 of an SPKI, without PEM lines.

    Several, so that a key can be changed. Raises ConfigError for what is no P-256 key.
    """
    return tuple(_public_key(number, text) for number, text in enumerate(texts, start=1))


def _public_key(number: int, text: str) -> ec.EllipticCurvePublicKey:
    try:
        key = load_der_public_key(base64.b64decode("".join(text.split()), validate=True))
    except (binascii.Error, ValueError) as err:
        raise _no_key(number) from err
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise _no_key(number)
    return key


def _no_key(number: int) -> ConfigError:
    where = Place("config.toml", key="feedback.webhook.keys")
    what = _("Webhook key {number} is not a key as SendGrid shows it.", number=number)
    remedy = _("Copy the verification key from SendGrid's settings, Mail Settings, Event Webhook.")
    return ConfigError(Problem(where, what, remedy))


def refusal(
    body: bytes,
    *,
    signature: str,
    timestamp: str,
    keys: Sequence[ec.EllipticCurvePublicKey],
    now: datetime,
    limits: WebhookLimits | None = None,
) -> WebhookRefusal | None:
    """None when `body`, the raw octets of the post, is genuine and fresh enough.

    Signed is the timestamp's text followed by the raw body (ECDSA P-256, SHA-256). Without
    a key nothing passes. The body is not looked at before.
    """
    limits = limits or WebhookLimits()
    if len(body) > limits.body_bytes:
        return WebhookRefusal.TOO_BIG
    if not keys:
        return WebhookRefusal.NO_KEY
    if not re.fullmatch(r"[0-9]{1,12}", timestamp) or not _is_genuine(
        timestamp.encode("ascii") + body, signature, keys
    ):
        return WebhookRefusal.BAD_SIGNATURE
    signed_at = datetime.fromtimestamp(0, UTC) + timedelta(seconds=min(int(timestamp), 2**33))
    if not now - limits.oldest <= signed_at <= now + limits.future:
        return WebhookRefusal.STALE
    return None


def _is_genuine(signed: bytes, signature: str, keys: Sequence[ec.EllipticCurvePublicKey]) -> bool:
    try:
        octets = base64.b64decode(signature[:200], validate=True)
    except (binascii.Error, ValueError):
        return False
    return any(_verifies(key, octets, signed) for key in keys)


def _verifies(key: ec.EllipticCurvePublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        key.verify(signature, signed, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


# ---------------------------------------------------------------- what it says

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
    address = normal_address(_text(told, "email"))
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
