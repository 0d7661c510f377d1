"""Notices that a gateway, a shared mailbox or a colleague passes on to us."""

import pytest

from mailer.feedback.reader import read_report
from mailer.feedback.reading import DsnAction, MailKind
from mailer.model.feedback.event import Deadness

US, GONE, COLLEAGUE = "presse@office.example", "lea@journal.example", "accueil@office.example"
TOKEN = "abcdefghijklmnopqrstuvwxy2"
EXIM = f"""This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. The following address(es) failed:

  {GONE}
    SMTP error from remote mail server after RCPT TO:<{GONE}>:
    550 5.1.1 This mailbox does not exist
"""
POSTFIX_LATER = f"""This is the mail system at host relay.office.example.

Your message could not be delivered for more than 4 hour(s).
It will be retried until it is 5 day(s) old.

<{GONE}>: host mx.journal.example[192.0.2.1] said: 451 4.7.1 Greylisted, try again later (in reply to RCPT TO command)
"""
FAILED, LATER = (
    "Mail delivery failed: returning message to sender",
    "Delayed Mail (still being retried)",
)
DAEMON = "Mail Delivery System <Mailer-Daemon@relay.office.example>"


def quoted(text):
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def passed_on(body, *, subject=f"Fwd: {FAILED}", header="", kind="text/plain; charset=utf-8"):
    return (
        f"Return-Path: <{COLLEAGUE}>\nDelivered-To: {US}\nFrom: Accueil <{COLLEAGUE}>\nTo: {US}\n"
        f"Subject: {subject}\n{header}MIME-Version: 1.0\nContent-Type: {kind}\n\n{body}"
    ).encode()


def attached(notice, kind="message/rfc822", encoding="8bit", said="Pour information."):
    return (
        f"--B\nContent-Type: text/plain\n\n{said}\n\n--B\nContent-Type: {kind}\n"
        f"Content-Transfer-Encoding: {encoding}\n\n{notice}\n--B--\n"
    )


def a_notice(text=EXIM, subject=FAILED, original=""):
    return f"Return-Path: <>\nFrom: {DAEMON}\nTo: {US}\nSubject: {subject}\n\n{text}{original}"


HEADERS = {
    "French Thunderbird": f"-------- Message transféré --------\nSujet : {FAILED}\nDate : Fri, 13 Nov 2026 08:40:02 +0100\nDe : {DAEMON}\nPour : {US}\n\n",
    "Gmail": f"---------- Forwarded message ---------\nFrom: {DAEMON}\nDate: Fri, Nov 13, 2026 at 8:40 AM\nSubject: {FAILED}\nTo: <{US}>\n\n",
    "French Outlook": f"________________________________\nDe : {DAEMON}\nEnvoyé : vendredi 13 novembre 2026 08:40\nÀ : {US}\nObjet : {FAILED}\n\n",
    "German": f"-------- Weitergeleitete Nachricht --------\nBetreff: {FAILED}\nDatum: Fri, 13 Nov 2026 08:40:02 +0100\nVon: {DAEMON}\nAn: {US}\n\n",
    "Spanish": f"-------- Mensaje reenviado --------\nAsunto: {FAILED}\nFecha: Fri, 13 Nov 2026\nDe: {DAEMON}\nPara: {US}\n\n",
    "Italian": f"-------- Messaggio inoltrato --------\nOggetto: {FAILED}\nData: Fri, 13 Nov 2026\nMittente: {DAEMON}\nA: {US}\n\n",
    "Dutch": f"-------- Doorgestuurd bericht --------\nOnderwerp: {FAILED}\nDatum: 13 nov 2026\nVan: {DAEMON}\nAan: {US}\n\n",
    "Portuguese": f"-------- Mensagem reencaminhada --------\nAssunto: {FAILED}\nData: 13/11/2026\nDe: {DAEMON}\nPara: {US}\n\n",
    "Polish": f"-------- Przekazana wiadomość --------\nTemat: {FAILED}\nData: 13.11.2026\nNadawca: {DAEMON}\nAdresat: {US}\n\n",
    "Russian": f"-------- Пересылаемое сообщение --------\nТема: {FAILED}\nДата: 13.11.2026\nОт: {DAEMON}\nКому: {US}\n\n",
    "Swedish": f"-------- Vidarebefordrat meddelande --------\nÄmne: {FAILED}\nDatum: 13 nov 2026\nFrån: {DAEMON}\nTill: {US}\n\n",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
@pytest.mark.parametrize("write", [str, quoted], ids=["as it is", "quoted"])
@pytest.mark.parametrize(
    "subject", [f"Fwd: {FAILED}", f"TR : {FAILED}", f"WG: {FAILED}", "Pour la presse"]
)
def test_a_notice_is_read_below_the_header_with_which_a_mail_program_passes_it_on(
    header, write, subject
):
    reading = read_report(passed_on(f"Bonjour,\n\n{header}{write(EXIM)}", subject=subject))

    (result,) = reading.results
    assert (reading.kind, reading.sender) == (MailKind.BOUNCE, COLLEAGUE)
    assert (result.recipient, result.dead) == (GONE, Deadness.YES)


def test_a_quoted_header_may_be_quoted_itself_or_be_bold():
    whole = quoted(f"{HEADERS['German']}{EXIM}")
    bold = HEADERS["French Outlook"].replace("De :", "*De :*").replace("Objet :", "*Objet :*")
    for body in (f"Début du message réexpédié :\n\n{whole}", bold + EXIM):
        assert read_report(passed_on(body)).results[0].recipient == GONE


@pytest.mark.parametrize("submitted", ["", "Auto-Submitted: auto-forwarded\n"])
@pytest.mark.parametrize(
    ("text", "subject", "kind", "dead"),
    [
        (EXIM, FAILED, MailKind.BOUNCE, Deadness.YES),
        (POSTFIX_LATER, LATER, MailKind.DELAYED, Deadness.NO),
    ],
)
def test_an_attached_notice_is_read_as_if_it_had_come_to_us(submitted, text, subject, kind, dead):
    body = attached(a_notice(text, subject))
    mixed = 'multipart/mixed; boundary="B"'
    reading = read_report(passed_on(body, subject=f"TR: {subject}", header=submitted, kind=mixed))

    (result,) = reading.results
    assert (reading.kind, result.recipient, result.dead) == (kind, GONE, dead)


def test_an_attached_notice_may_be_a_file_and_may_be_passed_on_twice():
    mixed = 'multipart/mixed; boundary="B"'
    file = attached(a_notice(), kind='application/octet-stream; name="Mail delivery failed.eml"')
    inner = passed_on(attached(a_notice()), kind=mixed).decode()
    twice = attached(inner.replace("--B", "--C").replace('"B"', '"C"'))
    for body in (file, twice):
        assert read_report(passed_on(body, kind=mixed)).results[0].recipient == GONE


def test_only_our_token_proves_a_notice_that_is_passed_on():
    proof = "Authentication-Results: mx.office.example; dkim=pass header.d=office.example\n"
    original = f"\n------ This is a copy of the message. ------\n\nFrom: {US}\nTo: {GONE}\nX-Mailer-Delivery: {TOKEN}\nSubject: Communiqué\n\nBonjour,\n"
    mixed = 'multipart/mixed; boundary="B"'
    for returned, token in (("", None), (original, TOKEN)):
        body = attached(a_notice(original=returned))
        reading = read_report(passed_on(body, header=proof, kind=mixed))

        assert reading.authentications == ()
        assert (reading.token and reading.token.delivery_id) == token


def test_what_a_person_says_above_a_notice_is_not_lost():
    asks = f"Merci de ne plus m'écrire.\n\n{HEADERS['French Outlook']}{EXIM}"
    reply = f"Je vous rappelle demain.\n\n{HEADERS['French Outlook']}{EXIM}"
    answer = "In-Reply-To: <1@office.example>\n"

    assert read_report(passed_on(asks, header=answer)).kind is MailKind.UNSUBSCRIBE
    assert (
        read_report(passed_on(reply, subject="Re: Communiqué", header=answer)).kind
        is MailKind.REPLY
    )


def test_a_mail_that_passes_on_no_notice_is_what_it_was():
    release = (
        f"De : Service presse <{US}>\nDate : lundi\nObjet : Communiqué\n\nUne adresse {GONE}.\n"
    )

    assert read_report(passed_on(release, subject="Fwd: Communiqué")).kind is MailKind.UNKNOWN
    assert all(
        each.outcome is not DsnAction.FAILED
        for each in read_report(passed_on(release, subject="Fwd: Communiqué")).results
    )
