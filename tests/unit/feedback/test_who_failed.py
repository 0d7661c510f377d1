"""Which address failed: never ours, never a helper's, and always a recipient's."""

import pytest

from mailer.feedback.reader import read_report
from mailer.feedback.reading import MailKind
from mailer.model.feedback.event import Deadness

LEA = "lea.martin@journal.example"
US = "presse@office.example"


def a_notice(
    text, *, subject="Undelivered Mail Returned to Sender", sender="MAILER-DAEMON@mx.example"
):
    head = f"Return-Path: <>\nFrom: {sender}\nTo: {US}\nSubject: {subject}\nMIME-Version: 1.0\n"
    return f"{head}Content-Type: text/plain; charset=utf-8\n\n{text}\n".encode()


def failed(raw):
    return [result.recipient for result in read_report(raw).results]


@pytest.mark.parametrize(
    "text",
    [
        (
            f"Your mail to the following recipients could not be delivered because they are not"
            f" accepting mail from {US}:\n\tleamartin"
        ),
        f"Sorry {US}. Delivery failed.",
        "The message could not be delivered.\n\nFor assistance, please contact <support@isp.example>",
        "Le message n'a pas pu être remis. Pour toute question, écrivez à support@isp.example",
        f"Der Absender {US} ist gesperrt. Die Nachricht konnte nicht zugestellt werden.",
    ],
)
def test_our_address_and_a_helpers_are_nobodys_failure(text):
    assert failed(a_notice(text)) == []


def test_a_helper_named_above_the_report_does_not_hide_who_failed():
    raw = a_notice(
        "The message returned below could not be delivered.\n"
        "For further assistance, please contact <support@isp.example>\n\n"
        "---------------------------------\n"
        "Return-Path: <>\nFrom: MAILER-DAEMON@relay.isp.example\nSubject: Undelivered Mail\n\n"
        f"<{LEA}>: host mx.journal.example[192.0.2.25] said: 450 4.7.1\n"
        "    Client host rejected (in reply to RCPT TO command)"
    )

    assert failed(raw) == [LEA]


def test_a_line_that_begins_with_our_address_is_part_of_the_reply():
    raw = a_notice(
        f"<{LEA}>: host\n    mx.journal.example[192.0.2.25] said: 550 5.1.1\n"
        f"    <retours+abc@office.example>: unauthorized sender (in\n    reply to RCPT TO command)"
    )

    (result,) = read_report(raw).results

    assert result.recipient == LEA
    assert result.dead is not Deadness.YES


def test_who_writes_to_oneself_may_still_fail():
    raw = a_notice(
        f"<{US}>: unknown user\n\n--- Below this line is a copy of the message.\n\n"
        f"Return-Path: <{US}>\nFrom: {US}\nTo: {US}\nSubject: Test"
    )

    assert failed(raw) == [US]


@pytest.mark.parametrize(
    "subject",
    ["RE: Communiqué : non remis (delivery failed)", "RE: Invitation - could not be delivered"],
)
def test_a_gateway_that_answers_with_our_subject_reports_a_failure(subject):
    text = f"Votre message n'a pas pu être délivré à\n{LEA}"
    raw = a_notice(text, subject=subject, sender="passerelle@journal.example")

    assert read_report(raw).kind is MailKind.BOUNCE
    assert failed(raw) == [LEA]


def test_a_person_who_answers_a_report_reports_nothing():
    text = f"I saw that your message could not be delivered to {LEA}, she has left."
    raw = a_notice(
        text, subject="Re: Undelivered Mail Returned to Sender", sender="paul@hebdo.example"
    )

    assert read_report(raw).kind is MailKind.REPLY


@pytest.mark.parametrize(
    "start", [b"\n", b"   \n", b"\r\n \t\r\n\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"]
)
def test_a_saved_file_may_begin_with_blank_lines(start):
    raw = start + a_notice(f"<{LEA}>: 550 5.1.1 User unknown")

    assert failed(raw) == [LEA]


@pytest.mark.parametrize(
    "text",
    [
        f"Your message did not reach {LEA}.",
        f"Your message was not accepted by {LEA}: mailbox full.",
        f"We were unable to deliver mail to {LEA}.",
        f"The delivery report for {LEA} could not be delivered: no such user.",
        f"Sorry, {LEA} could not be found, your message was not delivered to {LEA}.",
        f"Impossible d'envoyer un message à {LEA} : le message n'a pas pu être remis.",
        f"Technical report: message undeliverable\n\n{LEA}\n550 5.1.1 Mailbox not found",
        f"Die Nachricht konnte nicht zugestellt werden an {LEA}",
    ],
)
def test_a_recipient_is_found_in_any_sentence(text):
    assert failed(a_notice(text)) == [LEA]


@pytest.mark.parametrize(
    "text",
    [
        f"Ihre Nachricht an {LEA} konnte nicht zugestellt werden.\nHilfe: hilfe@provider.example",
        f"Su mensaje no pudo entregarse a:\n\n    {LEA}\n\nSoporte: ayuda@proveedor.example",
        f"Impossibile recapitare il messaggio a {LEA}\nAssistenza: aiuto@provider.example",
        (
            f"Destinataire ........ {LEA}\nErreur .............. 550 5.1.1 Adresse inconnue\n"
            "Contact ............. exploitation@isp.example"
        ),
        f"A message from <{US}> to <{LEA}> was not delivered.\nTo appeal write to unblock@filter.example",
    ],
)
def test_a_helper_named_beside_the_recipient_did_not_fail(text):
    assert failed(a_notice(text)) == [LEA]


def test_a_person_is_known_by_the_address_behind_the_name():
    text = (
        f'<p>Your message to <a href="mailto:{LEA}">Léa Martin</a> couldn\'t be delivered because'
        ' the address wasn\'t found.</p><p>Ask <a href="mailto:help@isp.example">the desk</a>.</p>'
    )
    raw = a_notice(text).replace(b"text/plain", b"text/html")

    (result,) = read_report(raw).results
    assert (result.recipient, result.dead) == (LEA, Deadness.YES)


def test_a_helper_fails_where_nobody_else_is_named():
    text = (
        "The message could not be delivered to:\n\nsupport@journal.example\n\nReason: unknown user"
    )

    assert failed(a_notice(text)) == ["support@journal.example"]


def a_report(original_recipient, final_recipient, *, written_to=LEA):
    return (
        f"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: {US}\nSubject: Undelivered\nMIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=B\n\n"
        "--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Original-Recipient: {original_recipient}\nFinal-Recipient: rfc822; {final_recipient}\n"
        "Action: failed\nStatus: 5.1.1\n\n"
        f"--B\nContent-Type: text/rfc822-headers\n\nFrom: {US}\nTo: {written_to}\nSubject: S\n\n--B--\n"
    ).encode()


@pytest.mark.parametrize(
    ("original", "final", "written_to", "right"),
    [
        ("rfc822;a+2Bb@j.example", "a+b@j.example", "a+b@j.example", "a+b@j.example"),
        ("rfc822;a+2Bb@j.example", "x@back.example", "", "a+b@j.example"),
        ("rfc822;a+3Db@j.example", "x@back.example", "", "a=b@j.example"),
        ("rfc822;a+2bb@j.example", "a+b@j.example", "", "a+b@j.example"),
        ("rfc822;a+2Bb@j.example", "a+2Bb@j.example", "", "a+2Bb@j.example"),
        ("rfc822;a+2Bb@j.example", "x@back.example", "a+2Bb@j.example", "a+2Bb@j.example"),
        ("rfc822;a+2024@j.example", "x@back.example", "", "a+2024@j.example"),
        ("rfc822;a+41@j.example", "x@back.example", "", "a+41@j.example"),
        ("rfc822;a+0Ab@j.example", "x@back.example", "", "a+0Ab@j.example"),
    ],
)
def test_an_original_recipient_left_in_xtext_is_the_address_written_to(
    original, final, written_to, right
):
    assert failed(a_report(original, final, written_to=written_to)) == [right]


@pytest.mark.parametrize(
    "raw",
    [
        f"From: <>\n\n<{LEA}>: 550 5.1.1 User unknown\n",
        f"Return-Path: <>\n\n550 5.1.1 <{LEA}>: mailbox does not exist\n",
        f"Date: Fri, 20 Nov 2026 10:00:00 +0100\n\n{LEA}: User unknown\n",
        f"Received: from mx.journal.example\n\n<{LEA}>: 550 5.1.10 Recipient not found\n",
    ],
)
def test_a_refusal_that_nobody_signed_is_a_report(raw):
    (result,) = read_report(raw.encode()).results

    assert (result.recipient, result.dead) == (LEA, Deadness.YES)


@pytest.mark.parametrize(
    "raw",
    [
        f"Subject: question\n\nBonjour, que veut dire « <{LEA}>: 550 5.1.1 User unknown » ?\n",
        f"From: Paul <paul@revue.example>\nSubject: question\n\n<{LEA}>: 550 5.1.1 User unknown\n",
    ],
)
def test_a_person_who_quotes_a_refusal_reports_nothing(raw):
    assert failed(raw.encode()) == []


@pytest.mark.parametrize(
    ("error", "is_dead"),
    [
        ("5.1.1 - Esempio S.p.A. - indirizzo non valido.", True),
        ("5.1.1 - Gestore - casella inesistente", True),
        ("5.2.2 - Esempio S.p.A. - casella piena.", False),
        ("5.7.1 - Gestore - messaggio rifiutato per virus", False),
    ],
)
def test_italian_certified_mail_names_the_recipient_in_a_sentence(error, is_dead):
    text = (
        f'Il giorno 20/11/2026 nel messaggio "Comunicato"\nproveniente da "{US}"\n'
        f'e destinato all\'utente "{LEA}"\nè stato rilevato un errore {error}\n'
        "Il messaggio è stato rifiutato dal sistema.\n"
    )
    sender = "Posta Certificata <posta-certificata@pec.example>"
    (result,) = read_report(
        a_notice(text, subject="AVVISO DI MANCATA CONSEGNA", sender=sender)
    ).results

    assert (result.recipient, result.dead is Deadness.YES) == (LEA, is_dead)


def test_an_address_at_the_end_of_what_is_looked_at_is_read_whole():
    text = f"Recipient {'x' * 60} unknown: {LEA} not found by lookup, mail to {LEA} returned."

    assert failed(a_notice(text)) == [LEA]


def test_a_quarantine_notice_names_whom_it_holds_mail_from():
    sender = "MailSecurity <noreply@journal.example>"
    raw = a_notice(
        f"A message you sent to {LEA} was quarantined.", subject="Quarantined", sender=sender
    )
    (result,) = read_report(raw).results

    assert (result.recipient, result.dead) == (LEA, Deadness.NO)
