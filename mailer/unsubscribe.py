"""Unsubscribe links: signed tokens that name a delivery, never an address.

A link must work for years and in any mail program, so tokens do not expire and are bound to no
session. GET shows a page and POST unsubscribes (RFC 8058), because scanners follow links.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from itsdangerous import BadData, Signer
from itsdangerous.encoding import base64_decode, base64_encode

from mailer.model.message import DeliveryId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.secret import Secret

ONE_CLICK_BODY = "List-Unsubscribe=One-Click"
"""The body that a mail program posts (RFC 8058 §3.1)."""

_PURPOSE = "mailer.unsubscribe"
"""The salt: a token signed for another purpose is not accepted here."""
_DELIVERY_ID = re.compile(r"[a-z2-7]{26}")
_MAX_LENGTH = 200


class UnsubscribeTokens:
    """Signs with the first key and accepts all of them, so that keys can be rotated."""

    def __init__(self, keys: Sequence[Secret]) -> None:
        assert keys, "the configuration refuses unsubscribe links without a key"
        # itsdangerous signs with the last key of its list.
        self._signer = Signer(
            [key.value for key in reversed(keys)],
            salt=_PURPOSE,
            sep=".",
            key_derivation="hmac",
            digest_method=hashlib.sha256,
        )

    def sign(self, delivery_id: DeliveryId) -> str:
        """Return `<delivery id>.<signature>`: 70 characters, safe in a URL."""
        return self._signer.sign(delivery_id).decode("ascii")

    def read(self, token: str) -> DeliveryId | None:
        """Return the delivery named by a valid token; None for any other text, without a reason."""
        if len(token) > _MAX_LENGTH or not token.isascii():
            return None
        try:
            named = self._signer.unsign(token).decode("ascii")
            signature = token[len(named) + 1 :]
            # The last base64 character has unused bits, so several spellings would decode to
            # the same signature. Accept only the canonical one.
            is_ours = base64_encode(base64_decode(signature)).decode("ascii") == signature
        except BadData:
            return None
        return DeliveryId(named) if is_ours and _DELIVERY_ID.fullmatch(named) else None


def one_click_url(base_url: str, token: str) -> str:
    """Return the https URL for List-Unsubscribe and for the link in the mail."""
    return f"{base_url.rstrip('/')}/{token}"


def token_in(url: str) -> str:
    """Return the token at the end of an unsubscribe URL's path."""
    return urlsplit(url).path.rpartition("/")[2]
