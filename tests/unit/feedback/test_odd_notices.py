"""Notices of list managers, post rooms and others that follow no standard, and their look-alikes."""

import base64

import pytest

from mailer.feedback.reader import read_report
from mailer.feedback.reading import MailKind
from mailer.model.feedback.event import Deadness

US, LEA = "presse@office.example", "lea.martin@journal.example"
LIST = "redaction@listes.journal.example"


def a_mail(text, subject, sender, header="", kind="text/plain; charset=utf-8"):
    head = (
        f"From: {sender}\nTo: {US}\nSubject: {subject}\nDate: Tue, 3 Jun 2025 10:00:00 +0200\n"
        f"MIME-Version: 1.0\n{header}Content-Type: {kind}\n"
    ).encode()
    return head + b"\n" + (text if isinstance(text, bytes) else text.encode())


def dead(raw):
    reading = read_report(raw)
    assert reading.kind is MailKind.BOUNCE
    return [(each.recipient, each.dead is Deadness.YES) for each in reading.results]


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        ("SYMPA <sympa@listes.journal.example>", "Résultat", f"La liste '{LIST}' n'existe pas (ou plus)."),
        ("listmaster@listes.journal.example", "Liste inconnue", f"La liste {LIST} a été supprimée."),
        ("mailman@listes.journal.example", "No such list", f"The list {LIST} no longer exists."),
        ("redaction-owner@listes.journal.example", "Closed", f"The mailing list {LIST} was closed."),
        ("LISTSERV@listes.journal.example", "Error", f"The list {LIST.upper()} does not exist here."),
        ("majordomo@listes.journal.example", "Fehler", f"Die Liste {LIST} existiert nicht mehr."),
        ("sympa@listes.journal.example", "Error", f"La lista {LIST} ya no existe."),
    ],
)  # fmt: skip
def test_a_list_manager_says_that_a_list_is_gone(sender, subject, text):
    ((recipient, is_dead),) = dead(a_mail(text, subject, sender))

    assert (recipient.lower(), is_dead) == (LIST, True)


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("lea@journal.example", f"Bonjour, la liste {LIST} n'existe plus, écrivez-moi."),
        ("sympa@listes.journal.example", f"Votre message à la liste {LIST} attend un modérateur."),
        ("sympa@listes.journal.example", f"Vous n'êtes pas abonné à la liste {LIST}."),
        ("mailman@listes.journal.example", f"Welcome to the list {LIST}!"),
    ],
)
def test_who_else_writes_of_a_list_reports_nobody_dead(sender, text):
    results = read_report(a_mail(text, "La liste", sender)).results

    assert all(each.dead is not Deadness.YES for each in results)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Rückläufer: Communiqué", f"Ihre Nachricht an {LEA} kommt zurück: unbekannt verzogen, das Konto wurde gelöscht."),
        ("Rückläufer", f"Ihre E-Mail an {LEA} ist nicht zustellbar: Empfänger ausgeschieden, Postfach aufgelöst."),
        ("Unzustellbar: Communiqué", f"Nicht zustellbar an {LEA}: Adresse falsch geschrieben oder Empfänger gelöscht."),
        ("Zurück an Absender", f"Die Nachricht an {LEA} hat den Empfänger nicht erreicht: Empfänger unbekannt."),
        ("Retour à l'expéditeur : Communiqué", f"Votre message à {LEA} nous revient : destinataire parti, compte supprimé."),
        ("Devuelto al remitente", f"Su mensaje a {LEA} no pudo entregarse: cuenta cancelada, usuario desconocido."),
    ],
)  # fmt: skip
def test_a_post_room_sends_a_message_back_for_several_reasons_at_once(subject, text):
    raw = a_mail(text, subject, "poststelle@journal.example", "Auto-Submitted: auto-replied\n")

    assert dead(raw) == [(LEA, True)]


def test_an_absence_in_german_is_no_message_sent_back():
    raw = a_mail(
        "Ich bin bis Montag nicht im Büro. Ihre Nachricht wird nicht weitergeleitet.",
        "Abwesenheit: Rückläufer",
        LEA,
        "Auto-Submitted: auto-replied\n",
    )

    assert read_report(raw).kind is MailKind.AUTO_REPLY


NOTICE = f"Your message could not be delivered.\n\n<{LEA}>: 550 5.1.1 User unknown\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
@pytest.mark.parametrize("charset", ["utf-16", "utf-16le", "UTF-16-LE", "unicode", "utf-8", ""])
def test_utf_16_is_read_with_and_without_a_mark_whatever_is_stated(encoding, charset):
    if encoding == "utf-16-be" and charset.lower().startswith("utf-16"):
        charset = "utf-16"
    text = base64.encodebytes(NOTICE.encode(encoding))
    kind = f"text/plain; charset={charset}" if charset else "text/plain"
    header = "Content-Transfer-Encoding: base64\n"

    assert dead(a_mail(text, "Undeliverable", "MAILER-DAEMON@mx.example", header, kind)) == [
        (LEA, True)
    ]


FIELDS = [
    f"From: Presse <{US}>",
    f"To: Lea Martin <{LEA}>",
    "Subject: Communiqué",
    "Message-ID: <abc123@office.example>",
    "Reply-To: antworten@office.example",
]


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (3, 0, 1, 2, 4), (4, 2, 0, 3, 1)])
@pytest.mark.parametrize(
    "frame",
    [
        "Sorry, we were unable to deliver your message to the following address.\n\n<{r}>:\nNo such user\n\n{h}\nBonjour\n",
        "Delivery to the following recipients failed:\n\n   {r}\n\n{h}\nBonjour\n",
        "The following message could not be delivered:\n\n{h}\nReason: unknown user\n",
        "Unable to deliver this message to {r}: user unknown\n{h}",
    ],
)
def test_the_originals_header_in_the_midst_of_a_notice_names_nobody_who_failed(frame, order):
    fields = "".join(f"{FIELDS[number]}\n" for number in order)
    text = frame.format(r=LEA, h=fields)

    assert [
        name for name, _ in dead(a_mail(text, "Failure Notice", "MAILER-DAEMON@mx.example"))
    ] == [LEA]


def test_what_a_person_quotes_below_such_a_header_stays_quoted():
    text = f"Merci, je viendrai.\n\nFrom: {US}\nDate: 2 June\nTo: {LEA}\nSubject: Invitation\n\nTo be left out, unsubscribe me here.\n"

    assert read_report(a_mail(text, "Re: Invitation", LEA)).kind is MailKind.REPLY


IN_WORDS = [
    ("Onbestelbaar", "Uw bericht aan {r} kon niet worden bezorgd: de ontvanger is bij ons onbekend."),
    ("Bericht niet afgeleverd", "Beste afzender,\n\nhelaas is {r} bij ons onbekend. Controleer het adres."),
    ("Bezorging mislukt", "Het bericht aan {r} is niet bezorgd omdat dit adres niet bestaat."),
    ("Niet bezorgd", "Uw e-mail aan {r} is geweigerd. Deze gebruiker werkt niet meer bij ons, de mailbox is opgeheven."),
    ("Message non remis", "Votre message à {r} n'a pas pu être remis : le destinataire est inconnu chez nous."),
    ("Non distribué", "Le compte {r} a été fermé en 2022. Votre message n'a pas été distribué."),
    ("Échec de remise", "Impossible de remettre votre message à {r} : le domaine journal.example a expiré."),
    ("Unzustellbar", "Ihre Nachricht an {r} konnte nicht zugestellt werden, weil der Empfänger bei uns nicht bekannt ist."),
    ("No entregado", "Su mensaje a {r} no pudo entregarse porque la cuenta fue cerrada."),
    ("Mancato recapito", "Il messaggio per {r} non è stato recapitato: l'utente ci è sconosciuto."),
    ("Não entregue", "A sua mensagem para {r} não foi entregue: o destinatário é desconhecido."),
    ("Returned mail", "Sorry, {r} doesn't have an account here."),
    ("Delivery failed", "We could not deliver your message to {r}. The registration of journal.example expired."),
]  # fmt: skip
OF_US_OR_FULL = [
    ("Onbestelbaar", "Uw bericht aan {r} kon niet worden bezorgd: de mailbox is vol."),
    ("Onbestelbaar", "Uw bericht aan {r} is geweigerd: uw server is bij ons onbekend."),
    ("Onbestelbaar", "Uw bericht aan {r} is geweigerd: de afzender is bij ons onbekend."),
    ("Unzustellbar", "Ihre Nachricht an {r} wurde abgelehnt, weil Ihre Adresse bei uns nicht bekannt ist."),
    ("Message non remis", "Votre message à {r} n'a pas été remis : votre serveur est inconnu chez nous."),
    ("Undeliverable", "Your message to {r} was not delivered because your account was closed."),
    ("Delivery failed", "Your message to {r} expired after five days in the queue."),
    ("Mancato recapito", "Il messaggio per {r} non è stato recapitato: il mittente ci è sconosciuto."),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "text"), IN_WORDS)
def test_a_notice_in_words_and_without_any_code_tells_who_is_gone(subject, text):
    raw = a_mail(text.format(r=LEA), subject, "postmaster@journal.example", "Return-Path: <>\n")

    assert dead(raw) == [(LEA, True)]


@pytest.mark.parametrize(("subject", "text"), OF_US_OR_FULL)
def test_a_notice_in_words_about_us_or_a_full_mailbox_kills_nobody(subject, text):
    raw = a_mail(text.format(r=LEA), subject, "postmaster@journal.example", "Return-Path: <>\n")

    assert dead(raw) == [(LEA, False)]


@pytest.mark.parametrize(
    "text",
    [
        'Your mail is being returned, because:\n"LEA.MARTIN" at JOURNAL.EXAMPLE is an unknown recipient.\n',
        'The message has been returned because "lea.martin" at journal.example does not exist.\n',
        "Your message is being returned because:\n  lea.martin at journal.example: no such user\n",
    ],
)
def test_an_old_system_spells_the_sign_of_an_address(text):
    raw = a_mail(text, "Msg of Tuesday", "COMSAT@journal.example", "Return-Path: <>\n")

    assert dead(raw) == [(LEA, True)]


@pytest.mark.parametrize("virus", ["W32/Example.J@mm", "I-Worm.Sample.A@MM", "Win32/Sample.gen@m"])
def test_the_name_of_a_virus_is_no_address(virus):
    text = f"A virus was found in an attachment.\nStatus: deleted, {virus}\n"
    reading = read_report(a_mail(text, "Mail error", "scanner@journal.example"))

    assert reading.results == ()


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Correo devuelto", f"Su correo para {LEA} fue devuelto: el buzón no existe."),
        ("Messaggio respinto", f"Il messaggio per {LEA} è stato respinto: la casella non esiste."),
        ("Mensagem devolvida", f"A mensagem para {LEA} foi devolvida: a caixa não existe."),
        ("Bericht geweigerd", f"Uw bericht aan {LEA} is geweigerd: het postvak bestaat niet."),
        ("Nachricht zurückgewiesen", f"Die Nachricht an {LEA} wurde zurückgewiesen: Postfach unbekannt."),
        ("Message rejeté", f"Le message pour {LEA} a été rejeté : boîte inexistante."),
    ],
)  # fmt: skip
def test_a_returned_message_is_known_in_each_language(subject, text):
    assert dead(a_mail(text, subject, "post@journal.example", "Return-Path: <>\n")) == [(LEA, True)]
