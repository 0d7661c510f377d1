"""What the loft posts: `{"id", "came": "home" | "back", "at"}`, sealed with Ed25519."""

import json
from base64 import b64decode
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from mailer.feedback.reading import Reason
from mailer.model.feedback.event import Deadness, DeliveryEvent, EventKind, Match
from mailer.model.feedback.inbox import WebhookRefusal
from mailer.model.mailings.message import DeliveryId

_KINDS = {"home": EventKind.DELIVERED, "back": EventKind.BOUNCED}


class PigeonVerifier:
    largest_bytes = 10_000

    def __init__(self, keys):
        self._keys = [Ed25519PublicKey.from_public_bytes(b64decode(key)) for key in keys]

    def refusal(self, body, *, headers, now):  # noqa: ARG002 - a seal of this kind has no date
        if not self._keys:
            return WebhookRefusal.NO_KEY
        try:
            for key in self._keys:
                key.verify(b64decode(headers.get("Seal", "")), body)
        except (InvalidSignature, ValueError):
            return WebhookRefusal.BAD_SIGNATURE
        return None


def read_post(body, *, received_at):
    try:
        return [_event(json.loads(body), received_at)]
    except (ValueError, KeyError, TypeError):
        return WebhookRefusal.NOT_EVENTS


def _event(said, received_at):
    kind = _KINDS.get(said["came"], EventKind.UNKNOWN)
    is_back = kind is EventKind.BOUNCED
    return DeliveryEvent(
        kind=kind,
        at=datetime.fromisoformat(said["at"]) if "at" in said else received_at,
        source="pigeon",
        key=f"pigeon:{said['id']}:{said['came']}",
        delivery_id=DeliveryId(said["id"]),
        match=Match.DELIVERY_ID,
        reason=Reason.USER_UNKNOWN.value if is_back else "",
        dead=Deadness.YES if is_back else Deadness.UNSURE,
        rule=f"pigeon-{said['came']}",
    )
