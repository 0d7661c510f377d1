"""Any bytes in, never an exception, and work in proportion to the size."""

import base64
import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailer.feedback.mail.parts import Limits
from mailer.feedback.reader import read_report
from mailer.feedback.reading import Reading
from tests.counterparts.work import calls_of

FIXTURES = sorted(
    path.read_bytes() for path in (Path(__file__).parents[2] / "corpus/bounces").glob("*.eml")
)
# The nightly count is set by the environment; a commit is checked with a few.
EXAMPLES = int(os.environ.get("MAILER_FUZZ_EXAMPLES", "150"))
fuzzed = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

HEAD = b"From: MAILER-DAEMON@x.test\nReturn-Path: <>\nSubject: failure notice\nTo: a@b.test\n"
REPORT = (
    HEAD + b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
    b"--b\nContent-Type: message/delivery-status\n\n"
)
WORD = b"=?utf-8?B?" + base64.b64encode("é".encode() * 20) + b"?="

snippets = st.sampled_from(
    [
        b"\r",
        b"\n",
        b"\r\n\r\n",
        b"\x00",
        b"\xff",
        b"<",
        b">",
        b"@",
        b":",
        b";",
        b'"',
        b"=?utf-8?q?",
        b"?=",
        b"--",
        b"\\x{d800}",
        b"\x1b$B",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Final-Recipient: rfc822; a@b.test\n",
        b"Action: failed\n",
        b"550 5.1.1 ",
        b'{"notificationType":"Bounce","bounce":{"bouncedRecipients":[1,{}]}}',
    ]
)


@st.composite
def mutated(draw):
    """A fixture with pieces cut out, doubled, taken from another, or hostile ones put in."""
    mail = draw(st.sampled_from(FIXTURES))
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(mail)))
        length = draw(st.integers(0, 200))
        other = draw(st.sampled_from(FIXTURES))
        piece = draw(st.one_of(snippets, st.binary(max_size=20), st.just(other[at : at + 300])))
        mail = mail[:at] + piece + mail[at + length * draw(st.integers(0, 1)) :]
    return mail


@fuzzed
@given(mutated())
def test_a_mutated_mail_is_answered(mail):
    assert isinstance(read_report(mail), Reading)


@fuzzed
@given(st.binary(max_size=400))
def test_any_bytes_are_answered(octets):
    assert isinstance(read_report(octets), Reading)


BOMBS = {
    "newlines": lambda n: HEAD + b"\n" * n,
    "one long encoded subject": lambda n: b"Subject: " + WORD * (n // len(WORD)) + b"\n\n",
    "many encoded words": lambda n: b"Subject: " + (WORD + b"\n ") * (n // 60) + b"\n\n",
    "parts": lambda n: (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * (n // 7)
    ),
    "levels": lambda n: HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * (n // 47),
    "messages in messages": lambda n: HEAD + b"Content-Type: message/rfc822\n\n" * (n // 30),
    "at signs": lambda n: HEAD + b"\nrecipient " + b"@" * n,
    "half addresses": lambda n: HEAD + b"\nrecipient " + b"a@" * (n // 2),
    "dotted domain": lambda n: HEAD + b"\nuser unknown a@" + b"a." * (n // 2),
    "open tags": lambda n: HEAD + b"Content-Type: text/html\n\n" + b"<" * n,
    "open styles": lambda n: HEAD + b"Content-Type: text/html\n\n" + b"<style>" * (n // 7),
    "recipients": lambda n: (
        REPORT + b"Final-Recipient: rfc822;a@b.test\nAction: failed\n\n" * (n // 50)
    ),
    "endless field": lambda n: REPORT + b"Final-Recipient: rfc822;a@b.test\n" + b" x\n" * (n // 3),
    "header parameters": lambda n: HEAD + b"Content-Type: a/b" + b'; a="' * (n // 5) + b"\n\n",
    "failed recipients": lambda n: (
        HEAD
        + b"X-Failed-Recipients: "
        + b",".join(b"a%d@b.test" % i for i in range(n // 200))
        + b"\n\n"
        + b"a1@b.test a2@b.test\n" * (n // 40)
    ),
    "nested json": lambda n: HEAD + b'\n{"notificationType":' + b"[" * n,
    "dashes": lambda n: HEAD + b"\n" + (b"-" * 80 + b"\n") * (n // 81),
    "back in": lambda n: b"Auto-Submitted: auto-replied\n\nde retour " + b"le " * (n // 3),
    "lines": lambda n: HEAD + b"\n" + b"x\n" * (n // 2),
}


def work(mail):
    return calls_of(lambda: read_report(mail))


@pytest.mark.parametrize("name", BOMBS)
def test_twice_the_size_is_at_most_twice_the_work(name):
    small, large = work(BOMBS[name](10_000)), work(BOMBS[name](20_000))

    assert large <= 2.2 * small + 2_000


@pytest.mark.parametrize("name", BOMBS)
def test_a_megabyte_of_it_ends(name):
    assert isinstance(read_report(BOMBS[name](1_000_000)), Reading)


def test_a_long_encoded_subject_costs_little_memory():
    mail = BOMBS["one long encoded subject"](1_000_000)

    tracemalloc.start()
    try:
        read_report(mail)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 20 * len(mail)


def test_what_lies_beyond_a_cap_is_left_out_and_said():
    reading = read_report(HEAD + b"\n" + b"x" * 3000, limits=Limits(size_bytes=1000))

    assert reading.is_truncated


def test_an_ordinary_mail_is_not_truncated():
    assert not any(read_report(mail).is_truncated for mail in FIXTURES)
