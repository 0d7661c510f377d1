"""Mailboxes that are full, and limits of rate, as mail systems say them in their own languages."""

import pytest

from mailer.feedback.classify.classification import classify
from mailer.feedback.reading import Reason
from mailer.model.feedback.event import Deadness

FULL = """
La boîte de réception du destinataire est pleine.
La messagerie de votre correspondant est saturée
Le compte du destinataire a dépassé son quota
La boîte a atteint sa capacité maximale de stockage
Il n'y a plus de place dans la boîte de lea@journal.example.
Das Postfach des Empfängers ist voll.
Das Postfach (lea@journal.example) ist überfüllt
Das Konto des Empfängers hat das Speicherlimit überschritten
Es ist kein Platz im Postfach
El buzón de lea@journal.example está lleno
La bandeja de entrada del usuario está llena.
La cuenta ha superado el límite de almacenamiento
No hay espacio en el buzón del destinatario
La casella di posta è piena
La casella del destinatario ha superato lo spazio disponibile
Non c'è più spazio nella casella
De inbox van de ontvanger is vol
Het postvak heeft de opslaglimiet bereikt
Er is geen ruimte in het postvak
A caixa de entrada do destinatário está cheia
A conta do destinatário ultrapassou a quota de armazenamento
Caixa postal lotada
Não há espaço na caixa do destinatário
Skrzynka odbiorcy jest pełna
Skrzynka jest przepełniona
Konto odbiorcy przekroczyło limit
Brak miejsca w skrzynce odbiorcy
Inkorgen är full
Mottagarens brevlåda är full.
Postlådan har överskridit gränsen
Modtagerens indbakke er fuld
Modtagerens postkasse har overskredet kvoten
Innboksen til mottakeren er full
Ящик получателя переполнен
Почтовый ящик превысил квоту
Schránka příjemce je plná
A címzett postafiókja megtelt
Alıcının posta kutusu dolu
Vastaanottajan postilaatikko on täynnä
Cutia poștală a destinatarului este plină
Benutzer hat das Speichervolumen überschritten.
Speicherkontingent erschöpft
User has exhausted allowed storage space.
The recipient has run out of disk space
Allocated storage space exceeded
Espace de stockage épuisé
L'utilisateur a dépassé son espace disponible
El usuario ha agotado su espacio
Ha superato lo spazio assegnato
Espaço disponível esgotado
Opslaglimiet overschreden
Wyczerpane miejsce na koncie
Lagringsutrymmet är slut
收件人空间不足
对方邮箱已满
信箱空間不足
受信者のメールボックスが満杯です
사서함 용량을 초과했습니다
받는 사람의 메일함이 가득 찼습니다
""".strip().split("\n")
RATES = """
450-4.2.1 The user you are trying to contact is receiving email at a rate that
450 4.2.1 The user is receiving e-mail at a rate that prevents additional messages
550-5.2.1 The user you are trying to contact is receiving mail too quickly.
452 4.2.1 This account is receiving messages too quickly. ReceivingRate - gsmtp
""".strip().split("\n")
CODE_OF_UNKNOWN = """
550 5.5.0 Service refuse. Boite aux lettres inconnue. Unknown mailbox. LPN007_510
550 5.2.0 Mail refuse. Destinataire inconnu. OFR_513 [513]
LPN007_510 550 5.5.0 Service refuse. Compte inexistant
550 5.5.0 Service refused: this recipient is unknown. LPN_510
""".strip().split("\n")
CODE_OF_US = """
550 5.5.0 Adresse de l'expediteur inconnue. Service refuse. LPN007_510
550 5.5.0 Service refuse. Service refused, please try later. LPN007_510
554 5.7.1 Service refuse. Votre adresse IP est inconnue. OFR004_513
""".strip().split("\n")


def read(said):
    said = classify(said, recipient="lea@journal.example", ours=("presse@office.example",))
    return said.reason, said.dead


@pytest.mark.parametrize("code", ["", "552 ", "550 5.2.0 ", "550 "])
@pytest.mark.parametrize("said", FULL)
def test_a_full_mailbox_lives_in_every_language(said, code):
    assert read(code + said) == (Reason.MAILBOX_FULL, Deadness.NO)


@pytest.mark.parametrize("said", RATES)
def test_a_mailbox_that_receives_too_much_for_now_lives(said):
    assert read(said) == (Reason.RATE, Deadness.NO)


@pytest.mark.parametrize("said", CODE_OF_UNKNOWN)
def test_an_unknown_mailbox_beside_a_refusal_of_service_is_dead(said):
    assert read(said) == (Reason.USER_UNKNOWN, Deadness.YES)


@pytest.mark.parametrize("said", CODE_OF_US)
def test_the_same_refusal_of_our_own_address_kills_nobody(said):
    assert read(said)[1] is Deadness.NO
