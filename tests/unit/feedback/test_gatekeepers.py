"""List managers and virus filters that refuse our mail or hold it: whose answer it is."""

import pytest

from mailer.feedback.reader import read_report
from mailer.feedback.reading import MailKind, Reason
from mailer.model.feedback.event import Deadness

US, LIST = "presse@office.example", "redaction@listes.journal.example"
AUTO = "Auto-Submitted: auto-replied\n"


def a_mail(text, subject, sender, header=AUTO):
    return (
        f"{header}From: {sender}\nTo: {US}\nSubject: {subject}\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    ).encode()


def read(raw):
    reading = read_report(raw)
    return reading.kind, [(each.recipient, each.reason, each.dead) for each in reading.results]


SYMPA, MAILMAN = "SYMPA <sympa@listes.journal.example>", "redaction-bounces@listes.journal.example"
REFUSED = [
    (f"Votre message pour la liste {LIST} a été rejeté.\nL'envoi est réservé aux abonnés.", "Message non distribué", SYMPA),
    ("Votre message a été rejeté par un modérateur.\nContact : redaction-request@listes.journal.example", "Message pour la liste redaction rejeté", SYMPA),
    (f"Your message to list {LIST} has been rejected.\nYou are not allowed to send this message.", "Message rejected", SYMPA),
    (f"Your request to the {LIST} mailing list\n\nPosting of your message\n\nhas been rejected by the list moderator.\n\n    redaction-owner@listes.journal.example", "Request to mailing list Redaction rejected", MAILMAN),
    ("You are not allowed to post to this mailing list, and your message has been automatically rejected.", "Communiqué", "redaction-owner@listes.journal.example"),
    (f"Ihre Nachricht an die Liste {LIST} wurde abgelehnt.", "Nachricht", "mailman@listes.journal.example"),
    (f"Su mensaje a la lista {LIST} ha sido rechazado.", "Mensaje", "majordomo@listes.journal.example"),
    (f"Il messaggio alla lista {LIST} è stato rifiutato: non sei autorizzato.", "Messaggio", SYMPA),
    (f"Uw bericht aan de lijst {LIST} is afgewezen.", "Bericht", SYMPA),
    (f"Twoja wiadomość do listy {LIST} została odrzucona.", "Lista", SYMPA),
]  # fmt: skip
HELD = [
    (f"Votre message envoyé à {LIST} a été transmis au(x) modérateur(s) de la liste.", "En attente", SYMPA),
    ("Il sera diffusé après validation.", "Votre message pour la liste redaction est en attente de modération", SYMPA),
    ("Your mail to 'Redaction' with the subject\n\n    Communiqué\n\nIs being held until the list moderator can review it for approval.", "Your message to Redaction awaits moderator approval", MAILMAN),
    (f"Ihre Nachricht an {LIST} wartet auf Freigabe durch den Moderator.", "Nachricht", SYMPA),
    (f"Su mensaje a {LIST} está pendiente de moderación.", "Mensaje", SYMPA),
    (f"Il messaggio a {LIST} è in attesa di approvazione.", "Messaggio", SYMPA),
    (f"A sua mensagem para {LIST} aguarda moderação.", "Mensagem", SYMPA),
    (f"Your message to {LIST} has been submitted to the moderator.", "Message", "LISTSERV@listes.journal.example"),
]  # fmt: skip
VIRUSES = [
    (f"Notre antivirus a trouvé\n  virus : Eicar\ndans un message présumé venir de vous, destiné à :\n-> {LIST}\n", "VIRUS dans votre message", "Filtre <virusalert@mx.journal.example>"),
    (f"Malware was detected in a message from {US} to {LIST}. The message was deleted.", "Security alert", "Gateway <gateway@journal.example>"),
    (f"In Ihrer Nachricht an {LIST} wurde Schadsoftware gefunden.", "Virenwarnung", "Virenscanner <scanner@journal.example>"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "subject", "sender"), REFUSED)
@pytest.mark.parametrize("header", [AUTO, "Precedence: bulk\n"])
def test_a_list_that_refuses_our_mail_is_named_and_lives(text, subject, sender, header):
    kind, results = read(a_mail(text, subject, sender, header))

    assert (kind, results) == (MailKind.BOUNCE, [(LIST, results[0][1], Deadness.NO)])


@pytest.mark.parametrize(("text", "subject", "sender"), HELD)
def test_a_list_that_holds_our_mail_for_its_moderator_is_named(text, subject, sender):
    assert read(a_mail(text, subject, sender)) == (
        MailKind.DELAYED,
        [(LIST, Reason.RESTRICTED, Deadness.NO)],
    )


@pytest.mark.parametrize(("text", "subject", "sender"), VIRUSES)
def test_a_virus_filter_names_whom_the_mail_was_for(text, subject, sender):
    kind, results = read(a_mail(text, subject, sender, f"Return-Path: <>\n{AUTO}"))

    assert (kind, results) == (MailKind.BOUNCE, [(LIST, Reason.VIRUS, Deadness.NO)])


@pytest.mark.parametrize(
    ("text", "subject", "sender"),
    [
        (f"Vous êtes abonné(e) à la liste {LIST}.", "Bienvenue dans la liste redaction", SYMPA),
        ("Un virus m'a arrêtée jusqu'au 12 juin. Voir avec tom@journal.example.", "Absence", "Lea <lea@journal.example>"),
        ("Your request has been rejected.", "Demande", "tom@journal.example"),
    ],
)  # fmt: skip
def test_what_refuses_no_mail_is_no_refusal(text, subject, sender):
    kind, results = read(a_mail(text, subject, sender))

    assert (kind, results) == (MailKind.AUTO_REPLY, [])
