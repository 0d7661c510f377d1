"""Kinds, tokens and odd shapes that no single fixture shows."""

import json

import pytest

from mailer.addresses import address_in, addresses_in
from mailer.cli.feedback.mails import reading_as_json
from mailer.feedback.mail.parts import Limits, split
from mailer.feedback.mail.text import decode_text, decode_words, html_to_text, plain_text
from mailer.feedback.reader import read_report
from mailer.feedback.reading import MailKind, TokenSource

ID = "abcdefghijklmnopqrstuvwx23"
BOUNCE = (
    b"From: MAILER-DAEMON@relay.example\nTo: presse@office.example\nSubject: failure notice\n\n"
    b"<lea@journal.example>:\n550 5.1.1 user unknown\n\n--- Below this line is a copy of the message.\n\n"
)


def token_of(mail):
    token = read_report(mail).token
    return token and (token.delivery_id, token.source)


@pytest.mark.parametrize("name", ["Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc"])
def test_the_return_path_is_read_wherever_the_envelope_shows(name):
    mail = f"{name}: <b+{ID}@retours.office.example>\n".encode() + BOUNCE

    assert token_of(mail) == (ID, TokenSource.RETURN_PATH)


def test_a_return_path_is_known_in_capitals_and_behind_a_forwarder():
    mail = f"Delivered-To: box+B+{ID.upper()}=40retours@elsewhere.example\n".encode() + BOUNCE
    shouted = f"Delivered-To: B+{ID.upper()}@RETOURS.EXAMPLE\n".encode() + BOUNCE

    assert token_of(mail) is None
    assert token_of(shouted) == (ID, TokenSource.RETURN_PATH)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (f"X-Mailer-Delivery: {ID}", TokenSource.HEADER),
        (f"Return-Path: <b+{ID}@retours.office.example>", TokenSource.HEADER),
        (f"Message-ID: <{ID}@office.example>", TokenSource.MESSAGE_ID),
    ],
)
def test_the_returned_message_tells_which_delivery(line, place):
    mail = BOUNCE + f"{line}\nFrom: presse@office.example\nTo: lea@journal.example\n".encode()

    assert token_of(mail) == (ID, place)


@pytest.mark.parametrize("line", [f"X-Mailer-Delivery: {ID}z", f"Message-ID: <{ID[1:]}@o.example>"])
def test_what_only_looks_like_a_token_is_none(line):
    assert token_of(BOUNCE + f"{line}\nFrom: p@office.example\nTo: l@j.example\n".encode()) is None


def test_the_strongest_mark_wins():
    other = "z" * 26
    mail = f"To: b+{ID}@retours.office.example\n".encode() + BOUNCE
    mail += f"X-Mailer-Delivery: {other}\nFrom: p@office.example\nTo: l@j.example\n".encode()

    assert token_of(mail) == (ID, TokenSource.RETURN_PATH)


def test_a_person_quoting_a_bounce_is_a_person():
    mail = BOUNCE.replace(b"MAILER-DAEMON@relay.example", b"lea@journal.example")
    mail = mail.replace(b"failure notice", b"Re: failure notice")

    assert read_report(mail).kind is MailKind.REPLY


def test_a_bounce_is_read_without_any_content_type_or_date():
    reading = read_report(BOUNCE)

    assert reading.kind is MailKind.BOUNCE
    assert [result.recipient for result in reading.results] == ["lea@journal.example"]


def test_an_mbox_separator_is_skipped():
    assert read_report(b"From MAILER-DAEMON Tue Dec  5 2017\n" + BOUNCE) == read_report(BOUNCE)


def test_a_missing_blank_line_after_the_headers_is_forgiven():
    parts = split(b"Subject: x\nthis is no header\n", Limits()).parts

    assert parts[0].text == "this is no header\n"


@pytest.mark.parametrize(
    ("encoded", "decoded"),
    [
        ("=?utf-8?Q?Non_remis=C2=A0:?= x", "Non remis\xa0: x"),
        ("=?iso-8859-1?q?caf=E9?= =?utf-8?b?w6k=?=", "caféé"),
        ("=?utf-8?B?w?=", "=?utf-8?B?w?="),
        ("=?no-such-charset?Q?caf=C3=A9?=", "café"),
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("caf\xc3\xa9", "café"),
    ],
)
def test_encoded_words_are_read_and_broken_ones_left(encoded, decoded):
    assert decode_words(encoded) == decoded


def test_a_charset_is_only_trusted_when_it_is_one():
    assert decode_text("é".encode(), "zip") == "é"
    assert decode_text(b"\xe9", "us-ascii") == "é"


def test_html_becomes_plain_lines():
    html = "<style>p{}</style><p>Adresse&nbsp;: <b>a&#64;b.example</b><br>inconnue</p><script>x"

    assert html_to_text(html).split("\n") == ["", "Adresse : a@b.example", "inconnue", "x"]


def test_plain_text_has_no_accents_or_curly_quotes():
    assert plain_text("  L’ADRESSE \n n'existe  pas : Élodie ") == "l'adresse n'existe pas : elodie"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("écrire à <Lea.M@Journal.EXAMPLE>.", ["Lea.M@journal.example"]),
        ('"Lea M"@journal.example', ['"Lea M"@journal.example']),
        ("送信kijitora@example.test宛", ["kijitora@example.test"]),
        ("mailto:a@b.example, a@b.example;", ["a@b.example"]),
        ("@b.example a@ a@1 12:30@", []),
    ],
)
def test_addresses_are_found_in_running_text(text, found):
    assert addresses_in(text) == found


def test_the_bracketed_address_comes_first():
    assert address_in("a@b.example <c@d.example>") == "c@d.example"


def test_a_line_for_machines_has_the_agreed_form():
    told = json.loads(reading_as_json("f.eml", read_report(BOUNCE)))

    assert told["file"] == "f.eml"
    assert told["kind"] == "bounce"
    assert (
        told["results"][0].items()
        >= {
            "recipient": "lea@journal.example",
            "outcome": "failed",
            "reason": "user-unknown",
            "dead": True,
            "status": "5.1.1",
        }.items()
    )
