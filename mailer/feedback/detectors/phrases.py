"""Sentences with which mail systems name a recipient, as `plain_text` normalises them.

One per line: lower case, no accents. A sentence belongs here when it is followed by an address
(`LEADS`, same line) or by lines of addresses (`ANNOUNCEMENTS`).
"""

from __future__ import annotations

from mailer.feedback.mail.text import plain_text


def _lines(text: str) -> tuple[str, ...]:
    return tuple(plain_text(line) for line in text.strip().split("\n"))


ANNOUNCEMENTS = _lines("""
    following address failed
    following address(es) failed
    following addresses failed
    following address
    following recipient
    following destination
    these recipients or
    these recipients
    of its recipients
    of the recipients
    to the following e-mail
    following user
    following mail
    the intended recipient
    was not delivered to
    wasn't delivered to
    could not be delivered to
    cannot be delivered to
    can not be delivered to
    can't be delivered to
    couldn't be delivered to
    not be sent to
    not deliver to
    undeliverable to
    undelivered to
    unable to deliver
    failed addresses follow
    failed recipient
    failure reasons
    recipients that could not
    recipients were affected
    recipients of the message
    recipients could not
    invalid recipient
    unknown recipient
    unknown user
    did not reach
    addressed to
    delivery to
    delivery failed
    delivery has failed
    delivery failure
    addresses had
    address had
    affected recipient
    email you addressed to
    original address
    sent to these
    adresses suivantes
    adresse suivante
    destinataires suivants
    destinataire suivant
    destinataire(s) suivant
    aux destinataires
    ces destinataires
    remise au destinataire
    n'a pas pu etre remis
    n'a pas ete remis
    n'a pu etre remis
    n'a pas pu etre delivre
    n'a pas ete distribue
    n'a pas pu etre distribue
    n'a pu etre distribue
    n'ont pas pu etre
    n'a pas pu etre achemine
    n'a pas ete achemine
    n'a pas ete transmis a
    echec de la remise
    echec de remise
    impossible de remettre
    impossible de distribuer
    nachricht konnte nicht an
    konnte nicht zugestellt werden an
    zustellung fehlgeschlagen an
    zustellung an
    folgenden empfanger
    folgende empfanger
    folgenden adresse
    folgende adresse
    an folgende
    diese empfanger
    no pudo entregarse a
    no se pudo entregar a
    no ha podido entregarse a
    no pudo ser entregado a
    entrega fallida a
    impossibile recapitare
    impossibile consegnare
    non e stato possibile consegnare
    nao foi possivel entregar
    kon niet worden bezorgd
    siguientes destinatarios
    siguiente destinatario
    siguientes direcciones
    estos destinatarios
    seguenti destinatari
    seguente destinatario
    seguintes destinatarios
    seguinte destinatario
    volgende geadresseerde
    volgende ontvanger
    следующ
    получател
    адресат
    以下のメールアドレス
    以下の宛先
    次の宛先
    次のあて先
""")

LEADS = _lines("""
    unknown user
    user unknown
    no such user
    unknown recipient
    invalid recipient
    invalid address
    bad address
    delivering your mail to
    delivery of your message to
    delivering to
    delivery to
    delivered to
    deliver to
    deliver mail to
    deliver message to
    deliver your message to
    deliver your mail to
    deliver the message to
    your message to
    your e-mail to
    your email to
    your mail to
    mail to
    you sent to
    message for
    mail for
    message sent to
    mail sent to
    email sent to
    sent to
    addressed to
    forward to
    relay to
    mailbox of
    mailbox for
    mailbox
    account
    address
    recipient
    recipients
    recipient address
    the address
    the user
    user
    the recipient
    permanent errors
    temporary errors
    mailing list
    the list
    la liste
    liste
    mailingliste
    lista
    la lista
    list
    to the group
    gateway for
    original recipient
    failed for
    failed to
    failed recipient
    rejected by
    refused by
    blocked by
    l'adresse
    adresse
    destinataire
    remis a
    delivre a
    distribue a
    envoye a
    avez envoye a
    adresse a
    transmis a
    votre message a
    votre mail a
    votre courriel a
    votre message pour
    la boite de
    boite aux lettres de
    boite aux lettres
    la boite
    utilisateur
    le compte
    empfanger
    adresse
    postfach
    destinatario
    buzon
    casella
    ihre nachricht an
    nachricht an
    e-mail an
    mail an
    zustellung an
    su mensaje a
    mensaje a
    mensaje para
    correo a
    entregar a
    destinato a
    destinato all'utente
    indirizzato a
    indirizzato all'utente
    messaggio a
    messaggio per
    consegna a
    mensagem para
    bericht aan
    wiadomosc do
    target mail address
""")
