"""Reports of mail programs and gateways that follow no standard: which line tells the reason."""

import pytest

from mailer.feedback.reader import read_report
from mailer.model.feedback.event import Deadness

US, LEA = "presse@office.example", "lea.martin@journal.example"
ORIGINAL = f"Return-Path: <{US}>\nReceived: from ws by relay.office.example\nFrom: Presse <{US}>\nTo: {LEA}\nMessage-ID: <1@office.example>\nSubject: Communiqué\n\nBonjour, contactez-nous.\n"
PROGRAMS = {
    "SmarterMail": ("System Administrator <postmaster@host.example>", "Delivery Failure", f"Could not deliver message to the following recipient(s):\n\nFailed Recipient: {LEA}\nReason: Remote host said: {{}}\n\n   -- The header and top 20 lines of the message follows --\n\n{ORIGINAL}"),
    "XMail": ("postmaster@host.example", "Error sending message [17.xm] from [office.example]", f"[<00>] XMail bounce: Rcpt=[{LEA}];Error=[{{}}]\n\n[<01>] Error sending message [17.xm] from [office.example].\n\nID:        <S2FA>\nMail From: <{US}>\nRcpt To:   <{LEA}>\n\n[<02>] The reason of the delivery failure was:\n\n{{}}\n\n[<05>] Here is listed the initial part of the message:\n\n{ORIGINAL}"),
    "MDaemon": ("MDaemon@host.example", "Permanent Delivery Failure", f"The attached message had PERMANENT fatal delivery errors!\n\nFailed address: {LEA}\n\n--- Session Transcript ---\n Tue 2026-11-10 10:00:01: --> RCPT To:<{LEA}>\n Tue 2026-11-10 10:00:01: <-- {{}}\n--- End Transcript ---\n"),
    "hMailServer": ("mailer-daemon@host.example", "Message undeliverable: Communiqué", f"Your message did not reach some or all of the intended recipients.\n\nThe following recipient(s) could not be reached:\n\n{LEA}\n   Error Type: SMTP\n   hMailServer sent: RCPT TO:<{LEA}>\n   Remote server replied: {{}}\n\nhMailServer"),
    "MailEnable": ("postmaster@host.example", "Message Delivery Failure", f"MailEnable: Message Delivery Failure.\n\nThe following recipient(s) could not be reached:\n\nRecipient: [SMTP:{LEA}]\nReason: Remote SMTP Server Returned: {{}}\n\nMessage headers follow:\n\n{ORIGINAL}"),
    "VPOP3": ("VPOP3 <postmaster@host.example>", "Delivery failure", f"The message could not be sent to {LEA}.\nThe remote mail server said: {{}}\n\nHeaders of the original message:\n\n{ORIGINAL}"),
    "NTMail": ("postmaster@host.example", "Mail delivery error", f"Your message was not delivered to\n\n   {LEA}\n\nfor the following reason:\n\n   {{}}\n\nThe first lines of your message are listed below.\n\n{ORIGINAL}"),
    "Axigen": ("Mail Delivery System <postmaster@host.example>", "Delivery report", f"Your message has not been delivered to:\n\n  <{LEA}>\n\nThe remote server answered:\n\n  {{}}\n\nHeaders listed below.\n\n{ORIGINAL}"),
    "Haraka": ("MAILER-DAEMON@host.example", "failure notice", f"I'm afraid I wasn't able to deliver your message to the following addresses.\n\nIntended Recipients: <{LEA}>\nFailure Reason: {{}}\n\n--- Below this line is a copy of the message.\n\n{ORIGINAL}"),
    "KumoMTA": ("Mail Delivery Subsystem <mailer-daemon@host.example>", "Returned mail", f"There was an issue delivering your message to <{LEA}>.\nThe server responded: {{}}\n"),
    "CommuniGate": ("MAILER-DAEMON@host.example", "Undeliverable mail: Communiqué", f"Failed to deliver to '{LEA}'\nSMTP module(domain journal.example) reports:\n host mx.journal.example says:\n {{}}\n"),
    "a French gateway": ("Passerelle <no-reply@journal.example>", "Échec d'acheminement", f"Destinataire : {LEA}\nMotif : {{}}\n"),
    "a German gateway": ("Gateway <noreply@journal.example>", "Zustellfehler", f"Empfänger: {LEA}\nGrund: {{}}\n"),
    "a Spanish gateway": ("Pasarela <no-reply@journal.example>", "Fallo en la entrega", f"Destinatario: {LEA}\nMotivo: {{}}\n"),
    "a Polish gateway": ("Bramka <no-reply@journal.example>", "Nie dostarczono", f"Odbiorca: {LEA}\nPowód: {{}}\n"),
    "a Swedish gateway": ("Gateway <no-reply@journal.example>", "Kunde inte levereras", f"Mottagare: {LEA}\nOrsak: {{}}\n"),
}  # fmt: skip
REPLIES = [
    ("550 5.1.1 User unknown", Deadness.YES),
    ("552 5.2.2 Mailbox full", Deadness.NO),
    ("550 5.7.1 Message blocked using zen.spamhaus.org", Deadness.NO),
]


def a_report(program, reply, header=""):
    sender, subject, text = PROGRAMS[program]
    head = f"Return-Path: <>\nFrom: {sender}\nTo: {US}\nSubject: {subject}\n{header}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
    return (head + text.replace("{}", reply)).encode()


@pytest.mark.parametrize("header", ["", "Auto-Submitted: auto-replied\n"])
@pytest.mark.parametrize(("reply", "dead"), REPLIES)
@pytest.mark.parametrize("program", PROGRAMS)
def test_the_reply_decides_and_not_the_frame_around_it(program, reply, dead, header):
    (result,) = read_report(a_report(program, reply, header)).results

    assert (result.recipient, result.dead) == (LEA, dead)
    assert reply in result.quote


@pytest.mark.parametrize("program", ["SmarterMail", "XMail", "MailEnable", "VPOP3", "KumoMTA"])
@pytest.mark.parametrize("reply", [f"550 <{LEA}> No such user here", f"550 Mailbox unavailable <{LEA}> - no such local account"])  # fmt: skip
def test_a_reply_that_is_quoted_as_the_remotes_and_names_the_mailbox_is_believed(program, reply):
    (result,) = read_report(a_report(program, reply)).results

    assert (result.recipient, result.dead) == (LEA, Deadness.YES)


@pytest.mark.parametrize("program", ["CommuniGate", "Haraka"])
def test_stock_words_that_may_be_a_filters_stay_open(program):
    (result,) = read_report(a_report(program, f"550 <{LEA}> No such user here")).results

    assert result.dead is Deadness.UNSURE


def test_a_table_of_html_is_read_row_by_row():
    rows = [
        ("Destinataire", "Motif", "Ce destinataire ne figure plus dans l&#8217;annuaire de la rédaction."),
        ("Recipient", "Reason", "This person is not in our directory."),
        ("Empf&auml;nger", "Grund", "Der Empf&auml;nger ist im Verzeichnis nicht vorhanden."),
    ]  # fmt: skip
    for recipient, reason, said in rows:
        table = f"<table><tr><td>{recipient}</td><td>{LEA}</td></tr><tr><td>{reason}</td><td>{said}</td></tr></table>"
        raw = f"Return-Path: <>\nFrom: no-reply@journal.example\nTo: {US}\nSubject: Échec d'acheminement\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<html><body>{table}</body></html>"
        (result,) = read_report(raw.encode()).results

        assert (result.recipient, result.dead) == (LEA, Deadness.YES)
