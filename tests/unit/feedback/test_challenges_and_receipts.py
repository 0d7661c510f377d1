"""Filters that ask who writes, acknowledgements and receipts in words only, and their look-alikes."""

import pytest

from mailer.feedback.reader import read_report
from mailer.feedback.reading import MailKind


def kind(text, subject="Communiqué", header=""):
    head = (
        "From: lea@journal.example\nTo: presse@office.example\nDate: Tue, 3 Jun 2025 10:00:00 +0200\n"
        f"Subject: {subject}\n{header}Content-Type: text/plain; charset=utf-8\n\n"
    )
    return read_report(f"{head}{text}\n".encode()).kind


@pytest.mark.parametrize("header", ["", "Auto-Submitted: auto-replied\n"])
@pytest.mark.parametrize(
    "text",
    [
        "Votre message est en attente, validez votre adresse.",
        "Votre courriel est retenu : pour qu'il me parvienne, merci de confirmer votre adresse en cliquant ici.",
        "Votre envoi est bloqué. Confirmez votre identité pour qu'il soit remis.",
        "Votre message n'a pas encore été distribué. Authentifiez-vous : cliquez sur le lien et recopiez les caractères.",
        "Your message is on hold. Please verify your address.",
        "Your mail is awaiting delivery: confirm your e-mail by following this link.",
        "Ihre Nachricht wurde zurückgehalten. Bitte bestätigen Sie Ihre Adresse.",
        "Su mensaje está en espera: confirme su dirección en el enlace.",
        "Il suo messaggio è in attesa, confermi il suo indirizzo.",
        "Uw bericht wacht op aflevering: bevestig uw adres.",
        "A sua mensagem está em espera; confirme o seu endereço.",
    ],
)
def test_a_filter_that_holds_a_message_and_asks_for_proof_is_a_challenge(text, header):
    assert kind(text, header=header) is MailKind.CHALLENGE


@pytest.mark.parametrize(
    "text",
    [
        "Votre message est en attente de traitement, nous vous répondrons lundi.",
        "Merci de confirmer votre adresse pour recevoir le dossier.",
        "Je suis en congés. Votre message sera lu lundi.",
        "Pouvez-vous confirmer votre présence ? Mon message précédent est resté sans réponse.",
        "Ihre Nachricht habe ich erhalten, bitte bestätigen Sie den Termin.",
        "I am still waiting for your message; please confirm your phone number.",
    ],
)
def test_who_asks_or_waits_for_something_else_is_no_filter(text):
    assert kind(text) is not MailKind.CHALLENGE


@pytest.mark.parametrize(
    "subject",
    [
        "Eingangsbestätigung",
        "Empfangsbestätigung: Communiqué",
        "Accusé de réception",
        "Acuse de recibo",
        "Conferma di ricezione",
        "Ontvangstbevestiging",
        "Confirmação de receção",
        "Acknowledgement of receipt",
    ],
)
def test_an_acknowledgement_is_an_automatic_reply_without_any_header(subject):
    assert kind("Vielen Dank, wir haben Ihre Nachricht erhalten.", subject) is MailKind.AUTO_REPLY


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Gelesen: Communiqué", "Ihre Nachricht wurde am 3. Juni 2025 um 10:12 gelesen."),
        ("Lesebestätigung: Communiqué", "Ihre Nachricht wurde auf dem Bildschirm angezeigt."),
        ("Lu : Communiqué", "Votre message a été lu le 3 juin à 10 h 12."),
        ("Read: Press release", "Your message was read on 3 June."),
        ("Leído: Comunicado", "Su mensaje fue leído el 3 de junio."),
        ("Confirmation de lecture", "Ce message a été affiché sur l'ordinateur du destinataire."),
    ],
)
def test_a_receipt_in_words_only_is_a_receipt(subject, text):
    assert kind(text, subject) is MailKind.READ_RECEIPT


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: Communiqué", "Je l'ai lu avec intérêt, je viendrai."),
        ("Read: the book", "Will there be a signing?"),
        ("Lundi : conférence", "J'ai bien lu votre invitation."),
        ("Demande", "Ihre Nachricht habe ich gelesen, ich komme gern."),
    ],
)
def test_a_person_who_has_read_something_sends_no_receipt(subject, text):
    assert kind(text, subject) not in {MailKind.READ_RECEIPT, MailKind.AUTO_REPLY}
