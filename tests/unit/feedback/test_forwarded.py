"""Which address we wrote to, where the report names the one that its mail was forwarded to."""

import pytest

from mailer.feedback.reader import read_report
from mailer.model.feedback.event import Deadness

US, OURS, ALIAS = "presse@office.example", "redaction@journal.example", "lea@private.example"
ORIGINAL = f"From: {US}\nTo: {OURS}\nSubject: Communiqué\n\nBonjour,\n"
RECEIVED = f"Received: from mx.journal.example by mx.private.example for <{ALIAS}>; Tue, 3 Jun 2025\nReceived: from relay.office.example by mx.journal.example with ESMTP\n for <{OURS}>; Tue, 3 Jun 2025 10:00:00 +0200\n"


def a_notice(text, original=ORIGINAL, header=""):
    return (
        f"Return-Path: <>\nFrom: MAILER-DAEMON@mx.journal.example\nTo: {US}\n{header}"
        "Subject: Mail delivery failed: returning message to sender\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{text}\n\n"
        f"------ This is a copy of the message, including all the headers. ------\n\n{original}"
    ).encode()


def a_report(diagnosis="smtp; 550 5.1.1 User unknown", *, named=ALIAS, original=ORIGINAL, text=""):
    return (
        f"Return-Path: <>\nFrom: MAILER-DAEMON@mx.journal.example\nTo: {US}\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n'
        f"--B\nContent-Type: text/plain\n\nYour message could not be delivered.\n{text}\n"
        "--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.journal.example\n\n"
        f"Final-Recipient: rfc822; {named}\nAction: failed\nStatus: 5.1.1\n"
        f"Diagnostic-Code: {diagnosis}\n\n--B\nContent-Type: message/rfc822\n\n{original}--B--\n"
    ).encode()


def only(raw):
    (result,) = read_report(raw).results
    return result


@pytest.mark.parametrize(
    ("words", "dead"),
    [
        (f"{ALIAS}\n    (generated from {OURS})\n    550 5.1.1 User unknown", Deadness.UNSURE),
        (f"{ALIAS}\n    (ultimately generated from {OURS})\n    550 5.1.1 User unknown", Deadness.UNSURE),
        (f"<{ALIAS}> (expanded from <{OURS}>): host mx.private.example said: 550 5.1.1 User unknown", Deadness.UNSURE),
        (f"<{ALIAS}>: 550 5.1.1 User unknown\n(redirected from {OURS})", Deadness.UNSURE),
        (f"{ALIAS}\n(adresse transférée depuis {OURS})\n550 5.1.1 User unknown", Deadness.UNSURE),
        (f"{ALIAS}\n(weitergeleitet von {OURS})\n550 5.1.1 User unknown", Deadness.UNSURE),
        (f"{ALIAS}\n(doorgestuurd van {OURS})\n550 5.1.1 User unknown", Deadness.UNSURE),
        (f"<{ALIAS}>\n    (reason: 550 5.1.1 User unknown)\n    (originally to <{OURS}>)", Deadness.YES),
        (f"{ALIAS}\n    (generated from {OURS})\n    552 5.2.2 Mailbox full", Deadness.NO),
    ],
)  # fmt: skip
def test_a_notice_that_names_both_addresses_is_about_the_one_that_we_wrote_to(words, dead):
    for header in ("", f"X-Failed-Recipients: {ALIAS}\n"):
        result = only(a_notice(f"The following address(es) failed:\n\n  {words}", header=header))

        assert (result.recipient, result.also) == (OURS, (ALIAS,))
        assert result.dead is dead


def test_an_internal_name_of_the_same_mailbox_is_no_forwarding():
    inner = OURS.replace("@", "@mx4.")
    words = f"<{inner}> (expanded from <{OURS}>): 550 5.1.1 User unknown"

    assert only(a_notice(f"The following address(es) failed:\n\n  {words}")).dead is Deadness.YES


@pytest.mark.parametrize(
    "header",
    [
        RECEIVED,
        f"Delivered-To: {OURS}\n",
        f"X-Original-To: {OURS}\n",
        f"Envelope-To: {OURS}\n",
        f"Delivered-To: journal.example-{OURS}\n",
    ],
)
def test_a_trace_header_of_the_returned_message_names_the_address_that_we_wrote_to(header):
    result = only(a_report(original=header + ORIGINAL))

    assert (result.recipient, result.also) == (OURS, (ALIAS,))


def test_the_name_of_a_virtual_domain_in_front_is_no_other_address():
    text = f"I wasn't able to deliver your message to the following addresses.\n\n<journal.example-{OURS}>:\nSorry, no mailbox here by that name. (#5.1.1)"

    result = only(a_notice(text))

    assert (result.recipient, result.dead) == (OURS, Deadness.YES)


def test_a_full_mailbox_behind_a_forwarding_does_not_make_our_address_dead():
    result = only(
        a_report(f"smtp; 552 5.2.2 <{ALIAS}>: mailbox full", original=RECEIVED + ORIGINAL)
    )

    assert (result.recipient, result.dead) == (OURS, Deadness.NO)


@pytest.mark.parametrize(
    "original",
    [
        ORIGINAL,  # nothing shows that it came to this address
        RECEIVED + ORIGINAL.replace(f"To: {OURS}", f"To: {OURS}, chef@journal.example"),
        RECEIVED + ORIGINAL.replace(f"To: {OURS}", f"To: {OURS}\nCc: {ALIAS}"),
        RECEIVED.replace(OURS, ALIAS) + ORIGINAL,
        f"Delivered-To: {US}\n" + ORIGINAL.replace(OURS, US),
    ],
)
def test_an_address_that_nothing_ties_to_the_failure_is_not_taken(original):
    assert only(a_report(original=original)).recipient == ALIAS


def test_a_report_about_two_recipients_names_those_two():
    second = "paul@private.example"
    text = f"The following address(es) failed:\n\n  {ALIAS}\n    550 5.1.1 User unknown\n\n  {second}\n    550 5.1.1 User unknown"

    results = read_report(a_notice(text, RECEIVED + ORIGINAL)).results

    assert {result.recipient for result in results} == {ALIAS, second}
