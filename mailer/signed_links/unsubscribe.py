"""Unsubscribe links: signed tokens that name a delivery, never an address.

A link must work for years and in any mail program, so tokens do not expire and are bound to no
session. GET shows a page and POST unsubscribes (RFC 8058), because scanners follow links.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from itsdangerous import BadData, Signer
from itsdangerous.encoding import base64_decode, base64_encode

from mailer.model.mailings.message import DeliveryId

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.model.team.secret import Secret

ONE_CLICK_BODY = "List-Unsubscribe=One-Click"
"""The body that a mail program posts (RFC 8058 §3.1)."""

PURPOSES = {
    "unsubscribe_url": "mailer.signed_links.unsubscribe",
    "answer_url": "mailer.answer",
    "undo_url": "mailer.undo",
}
"""The salt of each kind of link: a token signed for another purpose is not accepted."""
PATHS = {"unsubscribe_url": "", "answer_url": "answer/", "undo_url": "undo/"}
"""What stands before the token, so that the page of the link is known without trying keys."""
_DELIVERY_ID = re.compile(r"[a-z2-7]{26}")
_MAX_LENGTH = 200
_MAX_URL_LENGTH = 4_000
_TOKEN = re.compile(r"(?=([A-Za-z2-7]{26})\.([A-Za-z0-9_-]{43}))")
"""A token wherever it begins: the look-ahead lets matches overlap."""
_ANSWER_PATH = re.compile(r"/(?:answer|undo)/[A-Za-z2-7]{26}\.")
_BROKEN = re.compile(r"[\s=<>\u00ad\u200b-\u200f\u2060\ufeff]+|%(?![0-9A-Fa-f]{2})")
"""What mail programs put into a link when they break its line."""


class UnsubscribeTokens:
    """Signs with the first key and accepts all of them, so that keys can be rotated."""

    def __init__(self, keys: Sequence[Secret], *, link: str = "unsubscribe_url") -> None:
        assert keys, "the configuration refuses unsubscribe links without a key"
        # itsdangerous signs with the last key of its list.
        self._signer = Signer(
            [key.value for key in reversed(keys)],
            salt=PURPOSES[link],
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

    def find(self, url: str) -> DeliveryId | None:
        """Return the delivery of the first valid token anywhere in a URL.

        Mail programs and people add a full stop or a bracket, break the line, or encode it again.
        """
        return next(filter(None, map(self.read, tokens_in(url))), None)


def tokens_in(url: str) -> Iterator[str]:
    """Yield each text in a URL that has the form of a token."""
    text = url[:_MAX_URL_LENGTH]
    decoded = unquote(unquote(text))
    for spelling in dict.fromkeys([text, decoded, _BROKEN.sub("", decoded)]):
        for match in _TOKEN.finditer(spelling):
            yield f"{match[1].lower()}.{match[2]}"


def named_delivery(url: str) -> DeliveryId | None:
    """Return the delivery that a URL names, whether or not its signature is valid."""
    return next((DeliveryId(token.partition(".")[0]) for token in tokens_in(url)), None)


def one_click_url(base_url: str, token: str) -> str:
    """Return the https URL for List-Unsubscribe and for the link in the mail."""
    return f"{base_url.rstrip('/')}/{token}"


def is_answer_path(path: str) -> bool:
    """Return whether a path leads to the page of an answer, by what stands before the token."""
    return _ANSWER_PATH.search(path) is not None


class Links:
    """The links of a message to the pages of the receiver: to unsubscribe, to answer, to undo.

    Each names the delivery and is signed for its purpose alone: who may unsubscribe with a link
    cannot answer with it.
    """

    def __init__(self, base_url: str, keys: Sequence[Secret]) -> None:
        self._base_url, self._keys = base_url, keys
        self._signers: dict[str, UnsubscribeTokens] = {}

    def url(self, link: str, delivery_id: DeliveryId) -> str:
        """Return the URL of a link for a message."""
        return one_click_url(self._base_url, f"{PATHS[link]}{self._tokens(link).sign(delivery_id)}")

    def _tokens(self, link: str) -> UnsubscribeTokens:
        """Return the signer of a link, made on first use: without a receiver there is no key."""
        if link not in self._signers:
            self._signers[link] = UnsubscribeTokens(self._keys, link=link)
        return self._signers[link]
