"""Notices that a mail is still being retried, and that it is not, in the languages of correspondents."""

import pytest

from mailer.feedback.reader import read_report
from mailer.feedback.reading import MailKind
from mailer.model.feedback.event import Deadness

LEA = "lea.martin@journal.example"
HEAD = (
    "Return-Path: <>\nFrom: postmaster@journal.example\nTo: presse@office.example\n"
    "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
)


def reading(subject, text):
    return read_report(f"{HEAD}Subject: {subject}\n\n{text}\n".encode())


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Aviso de retraso", f"Su mensaje para {LEA} todavía no ha sido entregado."),
        ("Aviso", f"Su mensaje para {LEA}: se seguirá intentando durante 3 días."),
        ("Avviso di ritardo", f"Il messaggio per {LEA} non è ancora stato consegnato."),
        ("Atraso na entrega", f"A sua mensagem para {LEA} ainda não foi entregue."),
        ("Vertraagd", f"Uw bericht aan {LEA} is nog niet bezorgd."),
        ("Verzögert", f"Ihre Nachricht an {LEA} konnte noch nicht zugestellt werden."),
        ("Remise différée", f"La remise à {LEA} est retardée, d’autres essais auront lieu."),
        ("Задержка доставки", f"Ваше письмо для {LEA} пока не доставлено."),
        ("配信遅延", f"{LEA} へのメールはまだ配信されていません。引き続き再送を試みます。"),
        ("延迟通知", f"您发给 {LEA} 的邮件尚未送达，系统将继续尝试投递。"),
    ],
)
def test_a_mail_that_is_still_retried_is_delayed(subject, text):
    told = reading(subject, text)

    assert told.kind is MailKind.DELAYED
    assert [(each.recipient, each.dead) for each in told.results] == [(LEA, Deadness.NO)]


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("No entregado", f"{LEA}: la dirección no existe. No se volverá a intentar."),
        ("Mancata consegna", f"{LEA}: l’indirizzo non esiste. Non verranno fatti altri tentativi."),
        ("Fehlgeschlagen", f"{LEA}: Empfänger unbekannt. Keine weiteren Zustellversuche."),
        ("Échec", f"{LEA} : destinataire inconnu. Aucune nouvelle tentative ne sera faite."),
        ("Não entregue", f"{LEA}: destinatário desconhecido. Não serão feitas novas tentativas."),
        ("Niet bezorgd", f"{LEA}: onbekende gebruiker. Er wordt niet opnieuw geprobeerd."),
    ],
)
def test_who_will_not_try_again_has_failed(subject, text):
    told = reading(subject, text)

    assert told.kind is MailKind.BOUNCE
    assert [(each.recipient, each.dead) for each in told.results] == [(LEA, Deadness.YES)]
