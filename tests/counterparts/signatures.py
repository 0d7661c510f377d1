"""Keys that sign, their DNS records, and a program of somebody else's that verifies (dkimpy)."""

from base64 import b64decode, b64encode
from types import SimpleNamespace
from unittest.mock import patch

import dkim
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ED25519 = ed25519.Ed25519PrivateKey.generate()
KEYS = {"rsa": RSA, "ed25519": ED25519}


class BadSignature(Exception):
    """What PyNaCl raises."""


class VerifyKey:
    """The curve for dkimpy, which wants PyNaCl for it; canonicalisation and the rest are its own."""

    def __init__(self, text, encoder):  # noqa: ARG002 - the signature is PyNaCl's
        self.key = ed25519.Ed25519PublicKey.from_public_bytes(b64decode(text))

    def verify(self, digest, signature):
        try:
            self.key.verify(signature, digest)
        except InvalidSignature as error:
            raise BadSignature from error
        return digest


NACL = SimpleNamespace(
    signing=SimpleNamespace(VerifyKey=VerifyKey),
    encoding=SimpleNamespace(Base64Encoder=None),
    exceptions=SimpleNamespace(ValueError=ValueError, BadSignatureError=BadSignature),
)


def pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def record(key):
    """The TXT record that publishes `key` (RFC 6376 §3.6.1, RFC 8463 §4)."""
    public = key.public_key()
    if key is ED25519:
        return b"v=DKIM1; k=ed25519; p=" + b64encode(
            public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        )
    return b"v=DKIM1; k=rsa; p=" + b64encode(
        public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    )


def is_valid(raw, key, *, name=b"presse._domainkey.institut.example."):
    """Whether `raw` is signed by `key`, published under `name`."""
    asked = []

    def dns(wanted, timeout=5):
        asked.append(wanted)
        return record(key)

    with patch.object(dkim, "nacl", NACL, create=True):
        valid = dkim.verify(raw, dnsfunc=dns)
    assert asked == [name]
    return valid
