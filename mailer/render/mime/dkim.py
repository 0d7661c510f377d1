"""DKIM signatures (RFC 6376), relaxed/simple, with RSA (RFC 8301) or Ed25519 (RFC 8463).

A pure function on bytes. The key is parsed once, because parsing costs as much as
a thousand signatures.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from mailer.errors import Unreadable
from mailer.wording import _

if TYPE_CHECKING:
    from datetime import datetime

SIGNED = (
    b"from",
    b"to",
    b"subject",
    b"date",
    b"message-id",
    b"reply-to",
    b"mime-version",
    b"content-type",
    b"auto-submitted",
    b"feedback-id",
    b"list-id",
    # RFC 8058 §4: one-click is only valid if the signature covers both.
    b"list-unsubscribe",
    b"list-unsubscribe-post",
)
"""The fields that a signature covers, if the message has them (RFC 6376 §5.4.1)."""

_OVERSIGNED = frozenset({b"from", b"to", b"subject", b"date", b"reply-to"})
# Listed once more than they occur, so that adding a second one in transit breaks the
# signature (RFC 6376 §8.15).

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:((?:[^\r\n]|\r\n[ \t])*)\r\n")
_BLANKS = re.compile(rb"[ \t\r\n]+")
_LINE_LENGTH = 72


def read_key(pem: str) -> RSAPrivateKey | Ed25519PrivateKey:
    """Return the private key in a PEM text; raises Unreadable if it cannot be used to sign."""
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Unreadable(
            _("The DKIM key cannot be read: it must be a private key in PEM, without a password.")
        ) from error
    if not isinstance(key, RSAPrivateKey | Ed25519PrivateKey):
        raise Unreadable(_("The DKIM key is neither RSA nor Ed25519."))
    return key


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs for one domain with one parsed key."""

    domain: str
    selector: str
    key: RSAPrivateKey | Ed25519PrivateKey

    def sign(self, raw: bytes, *, at: datetime) -> bytes:
        """Return `raw`, an RFC 5322 message with CRLF line ends, with a
        DKIM-Signature field prepended.

        `at` is the time of signing; the signature never expires, because a mail
        may be read much later.
        """
        header, _separator, body = raw.partition(b"\r\n\r\n")
        fields = _FIELD.findall(header + b"\r\n")
        names, signed = _signed_fields(fields)
        body_hash = b64encode(sha256(_simple(body)).digest())
        unsigned = self._field(names, body_hash, int(at.timestamp()))
        digest = signed + _relaxed(b"dkim-signature", unsigned)
        return b"DKIM-Signature:%b%b\r\n%b" % (unsigned, _folded(self._signature(digest)), raw)

    def _field(self, names: list[bytes], body_hash: bytes, at: int) -> bytes:
        algorithm = b"rsa-sha256" if isinstance(self.key, RSAPrivateKey) else b"ed25519-sha256"
        return (
            b" v=1; a=%b; c=relaxed/simple;\r\n d=%b; s=%b; t=%d;\r\n h=%b;\r\n bh=%b;\r\n b="
            % (
                algorithm,
                self.domain.encode(),
                self.selector.encode(),
                at,
                _joined_names(names),
                body_hash,
            )
        )

    def _signature(self, digest: bytes) -> bytes:
        if isinstance(self.key, RSAPrivateKey):
            return b64encode(self.key.sign(digest, PKCS1v15(), SHA256()))
        # RFC 8463 §3: Ed25519 signs the SHA-256 hash of the data that RSA would sign.
        return b64encode(self.key.sign(sha256(digest).digest()))


def _signed_fields(fields: list[tuple[bytes, bytes]]) -> tuple[list[bytes], bytes]:
    """Return the names for `h=`, and those fields as they are hashed (RFC 6376 §3.7, §5.4.2)."""
    names: list[bytes] = []
    lines: list[bytes] = []
    for name in SIGNED:
        own = [value for field, value in fields if field.lower() == name]
        # Of several fields with one name, the last is signed first.
        lines += [_relaxed(name, value) + b"\r\n" for value in reversed(own)]
        names += [name] * (len(own) + (name in _OVERSIGNED))
    return names, b"".join(lines)


def _relaxed(name: bytes, value: bytes) -> bytes:
    """Canonicalise a header field ("relaxed", RFC 6376 §3.4.2)."""
    return name + b":" + _BLANKS.sub(b" ", value).strip(b" ")


def _simple(body: bytes) -> bytes:
    """Canonicalise the body ("simple", RFC 6376 §3.4.3): no empty lines at the
    end, at least one line.
    """
    return body.rstrip(b"\r\n") + b"\r\n"


def _joined_names(names: list[bytes]) -> bytes:
    """Join names with colons, folded into lines of limited length."""
    lines = [b""]
    for n, name in enumerate(names):
        word = name + (b":" if n < len(names) - 1 else b"")
        if len(lines[-1]) + len(word) > _LINE_LENGTH:
            lines.append(b"")
        lines[-1] += word
    return b"\r\n  ".join(lines)


def _folded(text: bytes) -> bytes:
    return b"\r\n  ".join(text[n : n + _LINE_LENGTH] for n in range(0, len(text), _LINE_LENGTH))
