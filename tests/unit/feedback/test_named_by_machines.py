"""Whom a machine that writes under a name of its own speaks of: who is gone, who read, who is asked for."""

from datetime import UTC, datetime

import pytest

from mailer.feedback.events import events_of
from mailer.feedback.reader import read_report
from mailer.feedback.reading import DsnAction, MailKind
from mailer.model.feedback.event import Deadness, EventKind

MARION = "marion@revue.example"
NOBODY = "noreply.autoresponder@revue.example"
QUOTED = f"\n\n> An: {MARION}\n> Betreff: Communiqué"


def a_mail(text, *, sender=NOBODY, subject="Communiqué", header=""):
    return (
        f"From: {sender}\nTo: presse@office.example\nDate: Tue, 3 Jun 2025 10:00:00 +0200\n"
        f"Subject: {subject}\n{header}Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    ).encode()


def named(raw):
    return [(each.recipient, each.dead) for each in read_report(raw).results]


@pytest.mark.parametrize(
    ("sender", "header"),
    [
        (NOBODY, ""),
        ("No Reply <no-reply@revue.example>", "Auto-Submitted: auto-replied\n"),
        ("Revue <robot@revue.example>", "Return-Path: <>\n"),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        f"We are sorry, but the email address you have tried to reach does not exist within our company anymore.{QUOTED}",
        f"L'adresse à laquelle vous avez écrit n'existe plus chez nous.\n\n> À : {MARION}\n> Objet : CP",
        f"Die E-Mail-Adresse, an die Sie geschrieben haben, existiert bei uns nicht mehr.{QUOTED}",
        f"La dirección de correo a la que ha escrito ya no existe en nuestra empresa.\n\n> Para: {MARION}",
        f"L'indirizzo e-mail a cui ha scritto non esiste più nella nostra azienda.\n\n> A: {MARION}",
        f"This person no longer works for our company.{QUOTED}",
    ],
)
def test_an_address_that_a_machine_quotes_as_gone_is_dead(text, sender, header):
    assert named(a_mail(text, sender=sender, header=header)) == [(MARION, Deadness.YES)]


@pytest.mark.parametrize(
    "text",
    [
        f"The page you have tried to reach does not exist anymore.{QUOTED}",
        f"Your ticket #4711 was opened. The mailbox does not exist.{QUOTED}",
        f"This mailbox is not monitored. Please do not reply.{QUOTED}",
        f"Your subscription does not exist anymore.{QUOTED}",
        f"I am away until 20 June. My colleague no longer works here.{QUOTED}",
        f"The old phone number does not exist anymore.{QUOTED}",
        "This email address does not exist anymore. Our central one: info@revue.example",
        f"Please do not reply to this email: this mailbox does not exist.{QUOTED}",
        f"Cet e-mail est envoyé par un robot, cette adresse n'existe pas.{QUOTED}",
        f"The user you mention in your message is unknown to our support.{QUOTED}",
        f"The journalist you contacted no longer covers this subject.{QUOTED}",
        f"Ya no está suscrito a nuestro boletín.{QUOTED}",
        f"Cette adresse n'accepte plus de pièces jointes.{QUOTED}",
        f"This email address does not exist anymore.\n\n> To: {MARION}, paul@revue.example",
        "This email address does not exist anymore.\n\n> To: presse@office.example",
    ],
)
def test_what_a_machine_says_of_something_else_or_of_several_kills_nobody(text):
    assert named(a_mail(text)) == []


@pytest.mark.parametrize(
    "header",
    [
        "Delivered-To: b+abcdefghijklmnopqrstuvwxyz@office.example\n",
        "In-Reply-To: <abcdefghijklmnopqrstuvwxyz@office.example>\n",
    ],
)
def test_a_machine_that_names_nobody_is_asked_by_our_token(header):
    raw = a_mail("The email address you tried to reach does not exist anymore.", header=header)
    (event,) = events_of(read_report(raw), raw=raw, at=datetime.now(UTC))

    assert event.delivery_id == "abcdefghijklmnopqrstuvwxyz"
    assert (event.kind, event.dead, event.address) == (EventKind.BOUNCED, Deadness.YES, None)


def test_a_person_who_quotes_an_address_reports_nothing():
    text = f"The email address you have tried to reach does not exist anymore.{QUOTED}"

    assert named(a_mail(text, sender="Paul <paul@revue.example>")) == []


@pytest.mark.parametrize(
    "text",
    [
        f"Vous avez envoyé un message à {MARION}. Il est en attente : merci de vous authentifier en cliquant ici.",
        f"Your message to {MARION} is being held. Please click here to be added to my approved senders.",
        f"Ihre Nachricht an {MARION} wurde zurückgehalten. Bitte bestätigen Sie Ihre Adresse.",
        f"Su mensaje para {MARION} está en espera: confirme su dirección en el enlace.",
        f"Il suo messaggio a {MARION} è in attesa, confermi il suo indirizzo.",
    ],
)
def test_a_filter_that_asks_for_proof_names_whom_it_holds_the_mail_for(text):
    text += " Questions : support@filter.example"
    raw = a_mail(text, sender="no-reply@filter.example")
    reading = read_report(raw)
    (event,) = events_of(reading, raw=raw, at=datetime.now(UTC))

    assert (reading.kind, named(raw)) == (MailKind.CHALLENGE, [(MARION, Deadness.NO)])
    assert (event.kind, str(event.address)) == (EventKind.CHALLENGED, MARION)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (
            "Lu : Communiqué",
            f"Votre message\n\n  À : {MARION}\n  Objet : CP\n\na été lu le 3 juin.",
        ),
        ("Read: Release", f"Your message\n\n  To: {MARION}\n  Subject: CP\n\nwas read on 3 June."),
        ("Gelesen: CP", f"Ihre Nachricht\n\n  An: {MARION}\n\nwurde am 3. Juni gelesen."),
        ("Leído: CP", f"El mensaje\n\n  Para: {MARION}\n\nfue leído el 3 de junio."),
        ("Letto: CP", f"Il messaggio\n\n  A: {MARION}\n\nè stato letto il 3 giugno."),
    ],
)
def test_a_receipt_in_words_names_its_reader(subject, text):
    raw = a_mail(text, sender="postmaster@revue.example", subject=subject)
    reading = read_report(raw)
    (event,) = events_of(reading, raw=raw, at=datetime.now(UTC))

    assert (reading.kind, named(raw)) == (MailKind.READ_RECEIPT, [(MARION, Deadness.NO)])
    assert (event.kind, str(event.address)) == (EventKind.READ, MARION)


def test_a_disposition_notification_names_its_reader():
    raw = (
        "From: postmaster@revue.example\nTo: presse@office.example\nSubject: Non lu : CP\n"
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nSupprimé.\n--b\n"
        "Content-Type: message/disposition-notification\n\n"
        f"Final-Recipient: rfc822;{MARION}\n"
        "Disposition: automatic-action/MDN-sent-automatically; deleted\n--b--\n"
    ).encode()
    (result,) = read_report(raw).results

    assert (result.recipient, result.outcome) == (MARION, DsnAction.DELIVERED)
