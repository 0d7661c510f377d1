"""Domains that do not exist, refused files, empty lists, elapsed times and codes beside vague words."""

import pytest

from mailer.feedback.classify.classification import classify
from mailer.feedback.reader import read_report
from mailer.feedback.reading import Reason
from mailer.model.feedback.event import Deadness

NO_DOMAIN = """
Il dominio {d} non esiste o è stato digitato in maniera non corretta.
Il dominio {d} non esiste oppure è scritto in modo errato
Dominio inesistente: {d}
Le domaine {d} n'existe pas ou a été mal saisi.
Le domaine {d} est inconnu ou mal orthographié.
Die Domain {d} existiert nicht oder wurde falsch geschrieben.
El dominio {d} no existe o está mal escrito.
O domínio {d} não existe ou foi digitado incorretamente.
Het domein {d} bestaat niet of is verkeerd gespeld.
Domena {d} nie istnieje lub została błędnie wpisana.
Doména {d} neexistuje nebo je chybně napsána.
Domänen {d} finns inte eller är felstavad.
Domænet {d} findes ikke eller er stavet forkert.
Domenet {d} finnes ikke.
The domain {d} does not exist or has been mistyped.
域名 {d} 不存在或输入错误
ドメイン {d} が存在しません
No MX records were found for the '{d}' domain.
""".strip().split("\n")
OUR_DOMAIN = """
Le domaine de l'expéditeur office.example n'existe pas ou a été mal saisi.
Il dominio del mittente office.example non esiste.
Die Absenderdomain office.example existiert nicht oder wurde falsch geschrieben.
Domenet office.example finnes ikke.
""".strip().split("\n")
FILES = """
Disallowed Attach Type: il messaggio inviato conteneva un tipo di allegato rifiutato (dossier.exe).
Il messaggio conteneva un allegato non consentito.
Estensione del file non consentita
La pièce jointe a été refusée par la passerelle.
Le message contient un type de fichier non autorisé.
Der Dateianhang ist nicht erlaubt.
Anhänge vom Typ .exe werden blockiert: Anhang blockiert
Archivo adjunto no permitido
Anexo bloqueado pelo servidor
De bijlage is geweigerd.
Załącznik został odrzucony
Bilagan blockerades av filtret
Your attachment was rejected
554 Forbidden file extension in attachment
""".strip().split("\n")
ELAPSED = """
"{r}" non è stato consegnato nelle prime dodici ore dal suo invio.
Il messaggio non è stato consegnato entro ventiquattro ore dal suo invio.
Superamento dei tempi massimi di consegna
Votre message n'a pas pu être remis dans les 24 heures.
Die Nachricht wurde innerhalb von 48 Stunden nicht zugestellt.
El mensaje no ha podido ser entregado en las primeras doce horas
A mensagem não foi entregue nas últimas 24 horas
Het bericht kon niet worden afgeleverd binnen 3 dagen
Wiadomość nie została dostarczona w ciągu 24 godzin
The message was not delivered within 24 hours.
""".strip().split("\n")
EMPTY_LISTS = """
554 maillist {r} is null, please contact admin
550 maillist is null
550 The distribution list is empty
550 This group has no members
550 La liste {r} est vide
550 La liste redaction n'a aucun abonné
550 Der Verteiler {r} ist leer
550 La lista no tiene miembros
550 La lista {r} è vuota
550 De lijst heeft geen leden
550 邮件列表成员为空
""".strip().split("\n")
UNAVAILABLE = """
550 5.2.1 Mailbox not available
550 5.2.1 <{r}>: mailbox unavailable
550 5.2.1 Boîte aux lettres indisponible
550 5.2.1 Postfach nicht verfügbar
550 5.2.1 Buzón no disponible
""".strip().split("\n")
GONE_DESPITE_5_2_1 = """
550 5.2.1 Mailbox unavailable, user unknown
550 5.2.1 The mailbox is no longer available
550 5.1.1 Mailbox not available
550 Mailbox not available
""".strip().split("\n")


def read(said, recipient="lea@journal.example"):
    said = said.replace("{r}", recipient).replace("{d}", recipient.partition("@")[2])
    found = classify(said, recipient=recipient, ours=("presse@office.example",))
    return found.reason, found.dead


@pytest.mark.parametrize("said", NO_DOMAIN)
def test_a_domain_that_does_not_exist_or_is_mistyped_is_dead(said):
    assert read(said) == (Reason.HOST_UNKNOWN, Deadness.YES)


@pytest.mark.parametrize("said", OUR_DOMAIN)
def test_a_domain_of_ours_that_is_not_found_kills_nobody(said):
    assert read(said)[1] is Deadness.NO


def test_the_name_of_a_code_is_no_part_of_the_reason_below_it():
    for name, dead in (("routing server failure", Deadness.YES), ("other", Deadness.YES)):
        text = f"- These recipients have been processed by the mail server:\nlea@journal.example; Failed; 5.4.3 ({name})\n\nIl dominio journal.example non esiste."
        raw = f"From: postmaster@host.example\nTo: presse@office.example\nSubject: Delivery Status Notification\n\n{text}\n"
        (result,) = read_report(raw.encode()).results

        assert (result.recipient, result.dead) == ("lea@journal.example", dead)


def test_a_domain_whose_servers_are_not_found_by_a_relay_that_may_not_see_them_stays_open():
    for said in ("No MX records were found for the '{d}' domain.", "No MX record found for {d}."):
        reason, dead = read(f"Failed to connect to the recipients mail server. {said}")

        assert (reason, dead) == (Reason.NETWORK, Deadness.UNSURE)


@pytest.mark.parametrize("advice", [
    "Please reply to postmaster@journal.example\nif you feel this message to be in error.",
    "Please contact your system administrator.",
    "Veuillez contacter votre administrateur.",
    "Bitte wenden Sie sich an Ihren Administrator.",
    "Por favor, póngase en contacto con su proveedor.",
    "Si prega di contattare il proprio amministratore.",
])  # fmt: skip
@pytest.mark.parametrize("said", ["<{r}>... User unknown", "{r}: utilisateur inconnu", "Mailbox not found"])  # fmt: skip
def test_whom_to_ask_in_the_line_below_is_no_part_of_the_reason(said, advice):
    assert read(f"Reason: {said}\n\n{advice}") == (Reason.USER_UNKNOWN, Deadness.YES)


@pytest.mark.parametrize("said", FILES)
def test_a_refused_file_is_about_our_mail(said):
    assert read(said) == (Reason.CONTENT, Deadness.NO)


def test_a_mail_that_comes_attached_is_no_refused_file():
    for said in ("The attached message was rejected: user unknown", "El mensaje adjunto fue rechazado: usuario desconocido"):  # fmt: skip
        assert read(said) == (Reason.USER_UNKNOWN, Deadness.YES)


@pytest.mark.parametrize("said", ELAPSED)
def test_an_elapsed_time_says_nothing_of_the_mailbox(said):
    assert read(said) == (Reason.EXPIRED, Deadness.NO)


@pytest.mark.parametrize("said", EMPTY_LISTS)
def test_a_list_without_members_exists(said):
    assert read(said) == (Reason.RESTRICTED, Deadness.NO)


@pytest.mark.parametrize("said", UNAVAILABLE)
def test_a_mailbox_that_is_not_available_beside_the_code_for_disabled_stays_open(said):
    assert read(f"{said} (in reply to RCPT TO command)") == (Reason.DISABLED, Deadness.UNSURE)


@pytest.mark.parametrize("said", GONE_DESPITE_5_2_1)
def test_plainer_words_or_another_code_decide_as_before(said):
    assert read(f"{said} (in reply to RCPT TO command)") == (Reason.USER_UNKNOWN, Deadness.YES)
