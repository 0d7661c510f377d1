"""Verify the signature of SendGrid's Event Webhook on the raw octets of a post."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from mailer.errors import ConfigError, Place, Problem
from mailer.model.feedback.inbox import WebhookRefusal
from mailer.providers.sendgrid.limits import WebhookLimits
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIGNATURE_HEADER = "X-Twilio-Email-Event-Webhook-Signature"
TIMESTAMP_HEADER = "X-Twilio-Email-Event-Webhook-Timestamp"


def public_keys(texts: Sequence[str]) -> tuple[ec.EllipticCurvePublicKey, ...]:
    """Parse verification keys as SendGrid shows them: base64 of an SPKI, without PEM lines.

    There may be several, so that a key can be rotated. Raises ConfigError for a text that is not
    a P-256 key.
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


class SendGridVerifier:
    """The `ports.WebhookVerifier` for SendGrid.

    The signature (ECDSA P-256, SHA-256) covers the text of the timestamp, followed by the raw
    body. Without a key nothing passes.
    """

    def __init__(self, keys: Sequence[str], *, limits: WebhookLimits | None = None) -> None:
        """Raises ConfigError for a text that is not a P-256 key."""
        self._keys = public_keys(keys)
        self._limits = limits or WebhookLimits()
        self.largest_bytes = self._limits.body_bytes

    def refusal(
        self, body: bytes, *, headers: Mapping[str, str], now: datetime
    ) -> WebhookRefusal | None:
        if len(body) > self.largest_bytes:
            return WebhookRefusal.TOO_BIG
        if not self._keys:
            return WebhookRefusal.NO_KEY
        timestamp = headers.get(TIMESTAMP_HEADER, "")
        signature = headers.get(SIGNATURE_HEADER, "")
        if not re.fullmatch(r"[0-9]{1,12}", timestamp) or not _is_genuine(
            timestamp.encode("ascii") + body, signature, self._keys
        ):
            return WebhookRefusal.BAD_SIGNATURE
        signed_at = datetime.fromtimestamp(0, UTC) + timedelta(seconds=min(int(timestamp), 2**33))
        if not now - self._limits.oldest <= signed_at <= now + self._limits.future:
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
