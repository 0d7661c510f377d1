"""Read a published DKIM key (RFC 6376 §3.6.1, RFC 8463) and compare it with the private one."""

from __future__ import annotations

import binascii
from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)

from mailer.errors import Unreadable
from mailer.mail_authentication.tags import read_tags
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

SHORTEST_KEY_BITS = 1024
"""Receivers must not accept a shorter RSA key (RFC 8301 §3.2)."""
GOOD_KEY_BITS = 2048


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """A key record. `key` is None when it is revoked (`p=`).

    `flaws` are reasons why a receiver does not use it for our mail.
    """

    key: RSAPublicKey | Ed25519PublicKey | None
    is_testing: bool = False
    is_for_hash: bool = True
    is_for_mail: bool = True

    def belongs_to(self, private: RSAPrivateKey | Ed25519PrivateKey) -> bool:
        """Return whether this is the public half of a private key."""
        return self.key is not None and _octets(self.key) == _octets(private.public_key())

    @property
    def bits(self) -> int:
        """The size of an RSA key in bits; an Ed25519 key counts as strong as the longest."""
        return self.key.key_size if isinstance(self.key, RSAPublicKey) else 1 << 16


def dkim_texts(texts: Iterable[str]) -> list[str]:
    """Return the TXT records that may be key records: those with a tag `p`, or of version DKIM1."""
    return [text for text in texts if "p=" in text.replace(" ", "") or "DKIM1" in text.upper()]


def read_published_key(text: str) -> PublishedKey:
    """Return the key of a record. Raises Unreadable when a receiver cannot use the record."""
    tags = dict(read_tags(text))
    if "v" in tags and (tags["v"] != "DKIM1" or next(iter(tags)) != "v"):
        raise Unreadable(_("it must begin with v=DKIM1"))
    if "p" not in tags:
        raise Unreadable(_("it holds no key (p=)"))
    flags = {flag.strip() for flag in tags.get("t", "").split(":")}
    hashes = {name.strip() for name in tags.get("h", "sha256").split(":")}
    services = {name.strip() for name in tags.get("s", "*").split(":")}
    return PublishedKey(
        key=_public_key(tags.get("k", "rsa"), "".join(tags["p"].split())),
        is_testing="y" in flags,
        is_for_hash="sha256" in hashes,
        is_for_mail=bool(services & {"*", "email"}),
    )


def _public_key(kind: str, encoded: str) -> RSAPublicKey | Ed25519PublicKey | None:
    if not encoded:
        return None
    try:
        octets = b64decode(encoded, validate=True)
        if kind == "ed25519":
            return Ed25519PublicKey.from_public_bytes(octets)
        key = load_der_public_key(octets)
    except (binascii.Error, ValueError, UnsupportedAlgorithm) as error:
        raise Unreadable(_("its key (p=) cannot be read: it was cut or altered")) from error
    if kind != "rsa" or not isinstance(key, RSAPublicKey):
        raise Unreadable(_("its key is of another kind than it says (k=)"))
    return key


def _octets(key: RSAPublicKey | Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
