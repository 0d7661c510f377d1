"""Shapes of mail that come seldom, each read by its own rule."""

import base64
import json
from datetime import date

import pytest

from mailer.feedback.detectors.dsn import blocks, typed_address
from mailer.feedback.mail.parts import Limits, split
from mailer.feedback.reader import read_report
from mailer.feedback.reading import DsnAction, MailKind

DAEMON = "From: MAILER-DAEMON@relay.example\nTo: presse@office.example\nSubject: failure notice\n"


def read(text, head=DAEMON):
    return read_report(f"{head}\n{text}".encode())


def outcomes(reading):
    return [(result.recipient, result.outcome) for result in reading.results]


def report(fields):
    return read(
        f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; r.example\n\n{fields}\n--b--\n",
        DAEMON + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n",
    )


@pytest.mark.parametrize(
    ("action", "fate"),
    [
        ("failed", DsnAction.FAILED),
        ("Failed (expired)", DsnAction.FAILED),
        ("expired", DsnAction.FAILED),
        ("delayed", DsnAction.DELAYED),
        ("delivered", DsnAction.DELIVERED),
        ("relayed (to non-DSN-aware mailer)", DsnAction.RELAYED),
        ("expanded", DsnAction.EXPANDED),
    ],
)
def test_each_action_is_an_outcome(action, fate):
    reading = report(f"Final-Recipient: rfc822; a@b.example\nAction: {action}\nStatus: 5.0.0\n")

    assert outcomes(reading) == [("a@b.example", fate)]


@pytest.mark.parametrize(
    ("status", "fate"),
    [("5.1.1", DsnAction.FAILED), ("4.4.1", DsnAction.DELAYED), ("2.0.0", DsnAction.DELIVERED)],
)
def test_without_an_action_the_class_of_the_status_tells(status, fate):
    reading = report(f"Final-Recipient: rfc822; a@b.example\nStatus: {status}\n")

    assert outcomes(reading) == [("a@b.example", fate)]


def test_blocks_without_blank_lines_between_are_told_apart():
    text = "Final-Recipient: rfc822;a@b.example\nAction: failed\n" * 2
    text = text.replace("a@b", "c@d", 1)

    assert [block["final-recipient"] for block in blocks(text)] == [
        "rfc822;c@d.example",
        "rfc822;a@b.example",
    ]


def test_the_same_recipient_twice_is_one_result_and_its_failure_counts():
    both = "Final-Recipient: rfc822; a@b.example\nAction: delayed\nStatus: 4.4.1\n\n"
    both += "Final-Recipient: rfc822; A@b.example\nAction: failed\nStatus: 5.1.1\n"

    assert outcomes(report(both)) == [("A@b.example", DsnAction.FAILED)]


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("rfc822; a@b.example", "a@b.example"),
        ("RFC822;<a@B.example>", "a@b.example"),
        ("rfc/822;a@b.example", "a@b.example"),
        ("rfc822;@relay.example:a@b.example", "a@b.example"),
        ("rfc822;@r1.example,@r2.example:a@b.example", "a@b.example"),
        (r"utf-8; h\x{E9}l\x{E8}ne@b.example", "hélène@b.example"),
        (r"utf-8; \x{110000}@b.example", "?@b.example"),
        ("utf-8; nobody", None),
        ("a@b.example", "a@b.example"),
        ("unknown; nobody", None),
        ("", None),
    ],
)
def test_a_typed_address_is_read(value, address):
    assert typed_address(value) == address


def test_a_report_without_any_address_falls_back_to_the_text():
    reading = read(
        "--b\nContent-Type: text/plain\n\n<a@b.example>: 550 5.1.1 user unknown\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; r.example\n--b--\n",
        DAEMON + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n",
    )

    assert outcomes(reading) == [("a@b.example", DsnAction.FAILED)]


def ses(**told):
    return read(json.dumps(told), "From: no-reply@ses.example\nSubject: notice\n")


def test_an_ses_complaint_is_a_complaint():
    reading = ses(
        notificationType="Complaint",
        complaint={"complainedRecipients": [{"emailAddress": "a@b.example"}, "nobody", 7]},
    )

    assert reading.kind is MailKind.COMPLAINT
    assert [result.recipient for result in reading.results] == ["a@b.example"]


def test_an_ses_delivery_is_a_delivery():
    reading = ses(notificationType="Delivery", delivery={"recipients": ["a@b.example"]})

    assert outcomes(reading) == [("a@b.example", DsnAction.DELIVERED)]


def test_an_ses_notification_in_its_envelope_is_read():
    inner = {
        "notificationType": "Bounce",
        "bounce": {"bouncedRecipients": [{"emailAddress": "a@b.example"}]},
    }

    assert outcomes(ses(Type="Notification", Message=json.dumps(inner))) == [
        ("a@b.example", DsnAction.FAILED)
    ]


@pytest.mark.parametrize(
    "text",
    ['{"notificationType"', '["notificationType"]', '{"notificationType":"Bounce","bounce":[]}'],
)
def test_json_that_is_none_of_it_is_a_letter(text):
    assert read(text, "From: a@b.example\n").kind is MailKind.UNKNOWN


def test_outlooks_own_complaint_is_one():
    reading = read(
        "--b\nContent-Type: message/rfc822\n\nX-HmXmrOriginalRecipient: a@b.example\nFrom: p@office.example\n\n--b--\n",
        "From: staff@outlook.example\nSubject: complaint about message from 192.0.2.1\n"
        "Content-Type: multipart/mixed; boundary=b\n",
    )

    assert (reading.kind, reading.results[0].recipient) == (MailKind.COMPLAINT, "a@b.example")


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (vacation)",
        "X-Autoreply: yes",
        "X-Autorespond: answer",
        "Precedence: auto_reply",
        "X-Precedence: auto-reply",
        "Subject: Abwesenheitsnotiz",
        "Subject: =?utf-8?Q?R=C3=A9ponse_automatique?=",
    ],
)
def test_each_sign_of_an_automatic_reply_is_known(header):
    reading = read("Bonjour.", f"From: lea@journal.example\n{header}\n")

    assert reading.kind is MailKind.AUTO_REPLY


def test_the_text_of_an_exchange_absence_is_enough():
    head = "From: lea@journal.example\nX-Auto-Response-Suppress: All\nSubject: Rencontre\n"

    assert read("Je suis en congés.", head).kind is MailKind.AUTO_REPLY
    assert read("Je serai là.", head).kind is MailKind.REPLY


def test_a_person_is_no_machine():
    assert read("Bonjour", "From: a@b.example\nAuto-Submitted: no\n").kind is MailKind.UNKNOWN


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("de retour lundi 8 janvier", date(2018, 1, 8)),
        ("retour prévu le 1er février 2018", date(2018, 2, 1)),
        ("je serai de retour au bureau à partir du 15/01", date(2018, 1, 15)),
        ("back on January 8th, 2018", date(2018, 1, 8)),
        ("I will return on 2018-01-08", date(2018, 1, 8)),
        ("absent jusqu'au 31/12/17", date(2018, 1, 1)),
        ("out until 5 January", date(2018, 1, 6)),
        ("en congés du 18 au 29 décembre", date(2017, 12, 30)),
        ("de retour le 31 février", None),
        ("de retour bientôt", None),
    ],
)
def test_a_return_date_is_read_as_written(text, day):
    head = "From: a@b.example\nAuto-Submitted: auto-replied\nDate: Tue, 5 Dec 2017 10:00:00 +0100\n"

    assert read(text, head).absence.returns_on == day


def test_without_a_year_or_a_date_nothing_is_guessed():
    head = "From: a@b.example\nAuto-Submitted: auto-replied\n"

    assert read("de retour le 8 janvier", head).absence.returns_on is None


def test_a_transient_warning_is_a_delay():
    text = (
        "   ----- The following addresses had transient non-fatal errors -----\n<a@b.example>\n\n"
        "   ----- Transcript of session follows -----\n<a@b.example>... Deferred: Connection timed out\n"
        "Warning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n"
    )

    assert outcomes(read(text)) == [("a@b.example", DsnAction.DELAYED)]


def test_an_old_transcript_alone_is_enough_and_names_aliases():
    text = (
        "   ----- Transcript of session follows -----\n550 <a@b.example>... User unknown\n"
        "    (expanded from: redaction@b.example)\n"
    )

    (result,) = read(text).results
    assert (result.recipient, result.also) == ("redaction@b.example", ("a@b.example",))


def test_only_foreign_addresses_fail_when_there_are_others():
    text = "The following addresses had permanent fatal errors\n<presse@office.example>\n<a@b.example>\n"

    assert outcomes(read(text)) == [("a@b.example", DsnAction.FAILED)]


def test_our_own_address_may_be_the_one_that_failed():
    text = "The following addresses had permanent fatal errors\n<presse@office.example>\n"

    assert outcomes(read(text)) == [("presse@office.example", DsnAction.FAILED)]


def test_the_recipient_may_stand_in_our_own_return_path():
    head = "Return-Path: <>\nFrom: postmaster@b.example\nSubject: Undeliverable\n"
    reading = read(
        "Could not be delivered.", head + "To: bounce+lea=journal.example@office.example\n"
    )

    assert outcomes(reading) == [("lea@journal.example", DsnAction.FAILED)]


def test_a_notice_that_names_nobody_is_left_to_a_person():
    text = "This is a list server.\n\nUnable to handle [x]\n"

    assert read(text).kind is MailKind.UNKNOWN


@pytest.mark.parametrize("encoded", ["PGE+", "PGE+\nQ", "PGE"])
def test_broken_base64_is_read_as_far_as_it_goes(encoded):
    raw = f"Content-Transfer-Encoding: base64\n\n{encoded}".encode()

    assert split(raw, Limits()).parts[0].text.startswith("<a")


def test_a_report_in_base64_is_read():
    status = base64.b64encode(
        b"Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n"
    ).decode()
    reading = read(
        f"--b\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n{status}\n--b--\n",
        DAEMON + "Content-Type: multipart/report; boundary=b\n",
    )

    assert outcomes(reading) == [("a@b.example", DsnAction.FAILED)]


def test_boundaries_that_begin_alike_are_told_apart():
    raw = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--bb\nstill one\n--b\n\ntwo"

    assert [part.text for part in split(raw, Limits()).parts] == ["one\n--bb\nstill one", "two"]


@pytest.mark.parametrize(
    "limits", [Limits(parts=1), Limits(depth=0), Limits(header_chars=10), Limits(size_bytes=60)]
)
def test_every_cap_is_told(limits):
    raw = b"Content-Type: multipart/mixed; boundary=b\nSubject: a subject\n\n--b\n\none\n--b\n\ntwo\n--b--"

    assert split(raw, limits).is_truncated
    assert not split(raw, Limits()).is_truncated


def test_a_delay_without_a_machine_readable_part_is_a_delay():
    head = DAEMON.replace("failure notice", "Warning: could not send message for past 4 hours")
    text = "THIS IS A WARNING MESSAGE ONLY.\n\n<a@b.example>: connection timed out\n"

    assert read(text, head).kind is MailKind.DELAYED
