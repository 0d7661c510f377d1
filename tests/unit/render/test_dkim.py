"""Signatures, verified by somebody else's program (dkimpy)."""

import re
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailer.errors import Unreadable
from mailer.render.mime.dkim import Signer, read_key
from tests.counterparts.signatures import ED25519, KEYS, RSA, is_valid, pem


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
