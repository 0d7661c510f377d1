"""Signatures, verified by somebody else's program (dkimpy)."""

import re
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from types import SimpleNamespace

import dkim
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailer.errors import Unreadable
from mailer.model.secret import Secret
from mailer.render.dkim import DkimSettings, Signer, read_key

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


@pytest.fixture(autouse=True)
def curve(monkeypatch):
    monkeypatch.setattr(dkim, "nacl", NACL, raising=False)


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


def is_valid(raw, key):
    asked = []

    def dns(name, timeout=5):
        asked.append(name)
        return record(key)

    valid = dkim.verify(raw, dnsfunc=dns)
    assert asked == [b"presse._domainkey.institut.example."]
    return valid


def signed(raw, key):
    signer = Signer("institut.example", "presse", key)
    return signer.sign(raw, at=datetime(2017, 12, 4, tzinfo=UTC))


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_a_signature_is_verified_by_another_program(press, key):
    assert is_valid(signed(press.message().raw, key), key)


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"From: ", b"From: x"),
        (b"Subject: ", b"Subject: x"),
        (b"List-Unsubscribe-Post: ", b"List-Unsubscribe-Post: x"),
        (b"List-Unsubscribe: <", b"List-Unsubscribe: <x"),
        (b"Durand", b"Durant"),
        (b"\r\n\r\n", b"\r\nFrom: evil@evil.example\r\n\r\n"),
        (b"\r\n\r\n", b"\r\nSubject: evil\r\n\r\n"),
    ],
)
def test_what_was_changed_on_the_way_is_noticed(press, key, old, new):
    raw = signed(press.message().raw, key)
    at = raw.index(old, raw.index(b"\r\nDate:"))

    assert not is_valid(raw[:at] + raw[at:].replace(old, new, 1), key)


def test_one_click_is_covered(press):
    raw = signed(press.message().raw, RSA)

    names = re.sub(rb"\s", b"", re.search(rb"h=([^;]*);", raw)[1]).split(b":")
    assert {b"list-unsubscribe", b"list-unsubscribe-post", b"from", b"message-id"} <= set(names)
    assert names.count(b"from") == 2


def test_no_line_is_long_and_the_message_stands_below_untouched(press):
    raw = press.message().raw

    whole = signed(raw, RSA)

    assert whole.endswith(raw)
    assert max(map(len, whole.removesuffix(raw).split(b"\r\n"))) <= 78
    assert b"\n" not in whole.replace(b"\r\n", b"")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.lists(st.sampled_from([b"a b  c", b"", b" ", b".", b"\tx "]), max_size=6),
    subject=st.sampled_from([b" x", b"  x  y\r\n \t z ", b"", b" \xc3\xa9"]),
)
def test_blanks_and_empty_lines_are_counted_as_the_standard_says(body, subject):
    raw = b"From: a@institut.example\r\nSubject:%b\r\n\r\n%b" % (subject, b"\r\n".join(body))

    assert is_valid(signed(raw, ED25519), ED25519)


def test_settings_read_the_key_and_nothing_is_signed_without_one(press):
    ours = DkimSettings("institut.example", "presse", Secret(pem(RSA), "env:DKIM"))

    assert is_valid(ours.signer().sign(press.message().raw, at=press.MONDAY), RSA)
    assert DkimSettings().signer() is None
    assert "PRIVATE" not in repr(ours)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no key",
        pem(ec.generate_private_key(ec.SECP256R1())),
        pem(RSA).replace("PRIVATE", "PUBLIC"),
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
    ],
)
def test_what_is_no_key_is_refused(text):
    with pytest.raises(Unreadable):
        read_key(text)
