"""Scores how much a mail looks like a delivery report rather than a person's or a robot's mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.feedback.mail.forms import is_form
from mailer.feedback.mail.lists import is_from_list_manager, says_list_is_gone
from mailer.feedback.mail.text import plain_text

if TYPE_CHECKING:
    from mailer.feedback.mail.message import Mail


def _lines(text: str) -> tuple[str, ...]:
    return tuple(plain_text(line) for line in text.strip().split("\n"))


_DAEMONS = re.compile(
    r"(?i)\b(?:mailer[-_. ]?daemon|post[-_. ]?master|mail[-_. ]?deliver[a-z]{0,3}[-_. ]?(?:sub)?system"
    r"|mail administrator|mail[-_. ]?daemon|maildaemon|internet mail delivery|e?mail system"
    r"|system administrator|administrateur systeme|mail[-_. ]?router|interscan|content-filter|mail gateway)\b"
)

FAILURE_SUBJECTS = _lines("""
    undeliver
    non remis
    non distribu
    not delivered
    could not be delivered
    couldn't be delivered
    can't be delivered
    cannot be delivered
    unable to deliver
    delivery fail
    delivery has failed
    delivery error
    delivery problem
    delivery notification
    delivery report
    delivery status
    delivery warning
    failed delivery
    failed mail
    failure delivery
    failure notice
    failure notification
    mail failure
    mail delivery
    mail error
    mail system error
    message failure
    message delivery
    returned mail
    returned message
    return mail
    returned to sender
    returned e-mail
    nondeliver
    non-deliver
    non deliver
    mail status
    message status
    bounce notification
    error sending your mail
    error in your mail
    warning: could not send
    warning: message
    delayed mail
    delayed:
    delivery delay
    transient
    blocked by our
    user unknown
    echec de la remise
    echec de remise
    echec de livraison
    echec de la distribution
    echec d'envoi
    echec de l'envoi
    avis de non
    non-distribution
    rapport de non
    notification d'etat de
    notification de remise
    message retourne
    retour de mail
    courrier non
    retard de
    adresse introuvable
    erreur de distribution
    erreur d'envoi
    unzustellbar
    nicht zustellbar
    rucklaufer
    ruecklaeufer
    zuruck an absender
    zuruck an den absender
    nicht zugestellt
    retour a l'expediteur
    retour expediteur
    non delivre
    retour afzender
    liste inconnue
    unknown list
    rejected posting
    zustellung
    no entregado
    no se puede entregar
    mancato recapito
    non recapitabile
    nao entregue
    onbestelbaar
    niet bezorgd
    niet afgeleverd
    bezorging mislukt
    mancata consegna
    non consegnato
    correo devuelto
    mensaje devuelto
    devuelto al
    messaggio respinto
    restituito al
    mensagem devolvid
    devolvido ao
    bericht geweigerd
    bericht teruggestuurd
    message rejete
    message refuse
    courriel retourne
    nachricht zuruckgewiesen
    недоставлен
    не доставлен
    ошибка доставки
    echec d'acheminement
    acheminement impossible
    non achemine
    remise impossible
    distribution impossible
    livraison impossible
    erreur de remise
    erreur de livraison
    echec de transmission
    zustellfehler
    zustellproblem
    fehler beim zustellen
    error de entrega
    fallo de entrega
    fallo en la entrega
    entrega fallida
    errore di consegna
    errore di recapito
    consegna fallita
    falha na entrega
    falha de entrega
    erro de entrega
    erro na entrega
    bezorgfout
    afleverfout
    niet afgeleverd
    nie dostarczono
    niedostarczon
    niedoręczon
    błąd dostarczania
    kunde inte levereras
    kunde ikke leveres
    kunne ikke leveres
    配信
    送信できません
    メール送信
""")

FAILURE_SENTENCES = _lines("""
    could not be delivered
    couldn't be delivered
    can't be delivered
    cannot be delivered
    can not be delivered
    was not delivered
    wasn't delivered
    not been delivered
    unable to deliver
    wasn't able to deliver
    not able to deliver
    delivery to the following
    delivery has failed
    delivery failed
    did not reach the following
    following addresses had
    following address had
    following address failed
    permanent error
    fatal error
    transcript of session
    error delivering
    trouble delivering
    failed to deliver
    undeliverable
    nondelivery
    non-delivery
    returned to sender
    returned to you
    is being returned
    has been returned
    is an unknown recipient
    was rejected
    has been rejected
    was blocked
    not a member of this mailing list
    delivery status notification
    delivery is delayed
    has been delayed
    unknown user
    user unknown
    n'a pas pu etre remis
    n'a pas pu etre delivre
    n'a pas pu etre distribue
    n'a pas pu etre achemine
    n'a pu etre
    n'a pas ete remis
    n'a pas ete distribue
    n'a pas ete delivre
    n'a pas ete transmis
    impossible de remettre
    impossible de distribuer
    echec de la remise
    echec de remise
    echec definitif
    adresse introuvable
    konnte nicht zugestellt
    nicht zugestellt werden
    nicht zustellbar
    unzustellbar
    kommt zuruck
    kam zuruck
    zuruckgesandt
    nicht erreicht
    nicht erreichen
    unbekannt verzogen
    nous revient
    nous est revenu
    vous est retourne
    no se pudo entregar
    no pudo entregarse
    no pudo ser entregad
    non e stato recapitato
    non e stata recapitata
    non e stato consegnato
    nao pode ser entregue
    nao foi possivel entregar
    no ha sido entregado
    kon niet worden bezorgd
    kon niet worden afgeleverd
    is niet bezorgd
    is niet afgeleverd
    nao foi entregue
    no se ha podido entregar
    non e stato possibile
    ha sido devuelto
    fue devuelto
    e stato respinto
    e stato restituito
    foi devolvid
    foi rejeitad
    is teruggestuurd
    is geweigerd
    wurde zuruckgewiesen
    wurde zuruckgeschickt
    wurde abgewiesen
    a ete retourne
    a ete rejete
    送信できません
    не может быть доставлено
    nie mogła zostać dostarczona
    nie może zostać dostarczona
    nie została dostarczona
    nie udało się dostarczyć
    kunde inte levereras
    kunde ikke leveres
    kunne ikke leveres
""")

# Sentences that only a mail system writes, never a person.
_UNMISTAKABLE_SENTENCES = _lines("""
    you are not a member of this mailing list
    could not be delivered to:
    couldn't be delivered to:
    was not delivered to:
    transcript of session follows
    following addresses had
    following address(es) failed
    following recipient(s)
    delivery to the following recipient
    was created automatically by mail delivery software
    automatically generated delivery status notification
    this is a permanent error
    fatal delivery errors
    failed address:
    failed recipient:
    returned below could not be delivered
    remise aux destinataires suivants
    n'a pas pu etre remis aux destinataires suivants
    la remise a echoue pour ces destinataires
    votre message n'a pas ete remis a
""")

# No absence notice begins like this, whatever its headers say of a machine.
_RETURNED = re.compile(
    r"(?:rucklaufer|ruecklaeufer|unzustellbar|nicht zustellbar|zuruck an (?:den )?absender|undeliver|retour a l'expediteur"
    r"|non remis|non distribu|devuelto al remitente|devolvido ao remetente|restituito al mittente|onbestelbaar)"
)
_QUARANTINED = re.compile(r"quarant(?:in|ain|an)|cuarentena|quarentena|карантин")


def failure_words(mail: Mail) -> bool:
    """Return whether the subject or the notice has words of a failed delivery."""
    subject = plain_text(mail.headers.get("subject"))
    notice = plain_text(mail.notice[:6000])
    return any(phrase in subject for phrase in FAILURE_SUBJECTS) or any(
        phrase in notice for phrase in (*FAILURE_SENTENCES, *_UNMISTAKABLE_SENTENCES)
    )


def failure_score(mail: Mail) -> int:
    """Return how much the mail looks like a delivery report; from 2 on, read it as one."""
    subject = plain_text(mail.headers.get("subject"))
    notice = plain_text(mail.notice[:6000])
    score = 2 * is_from_daemon(mail) + has_null_sender(mail)
    score += 3 * ("x-failed-recipients" in mail.headers)
    score += 2 * any(phrase in subject for phrase in FAILURE_SUBJECTS)
    score += any(phrase in notice for phrase in FAILURE_SENTENCES)
    score += 2 * any(phrase in notice for phrase in _UNMISTAKABLE_SENTENCES)
    score += 2 * (mail.report_type == "delivery-status" or is_form(mail))
    score += has_null_sender(mail) and bool(_QUARANTINED.search(subject))
    score += bool(_RETURNED.match(subject))
    score += 3 * _is_unsigned_refusal(mail)
    score += 4 * (is_from_list_manager(mail) and says_list_is_gone(f"{subject} . {notice}"))
    # A person who replies to a report or forwards it quotes all of these phrases.
    if _is_reply(subject) and not is_from_daemon(mail):
        score -= 4
    return score


# A refusal about an address, as servers write it at the beginning of a line.
_REFUSED = re.compile(
    r"(?m)^[\s<]{0,6}[^\s<>:;,]{1,128}@[\w.-]{1,253}>?:?\s{1,6}(?:[45]\d\d[ -]|(?:user|recipient|mailbox|host) (?:is )?(?:unknown|not found))"
    r"|^[\s<]{0,6}[45]\d\d[ -](?:[245]\.\d{1,2}\.\d{1,2} )?[<\"']?[^\s<>:;,]{1,128}@[\w.-]{1,253}"
)


def _is_unsigned_refusal(mail: Mail) -> bool:
    """Return whether nobody signed the mail and a line of it is a server's refusal: what a bare mail
    system sends. Everybody else's mail has an author (RFC 5322 §3.6.2).
    """
    is_signed = any("@" in value for value in mail.headers.all("from", "sender"))
    return not is_signed and bool(_REFUSED.search(mail.notice[:6000].lower()))


_REPLY_PREFIX = re.compile(r"(?:(?:re|aw|tr|fw|fwd|rep) ?: ?)+")


def _is_reply(subject: str) -> bool:
    """Return whether the subject is that of a reply or a forwarded mail.

    A gateway that answers "RE: your subject : non remis" puts its own words behind ours; who
    replies to a report or forwards it has them in front.
    """
    prefix = _REPLY_PREFIX.match(subject)
    if prefix is None:
        return False
    rest = subject[prefix.end() :]
    said_behind = any(rest.find(phrase) > 3 for phrase in FAILURE_SUBJECTS)
    return not said_behind or rest.startswith(FAILURE_SUBJECTS)


def is_from_daemon(mail: Mail) -> bool:
    """Return whether the author is mailer-daemon, postmaster or similar."""
    return any(_DAEMONS.search(value) for value in mail.headers.all("from", "sender"))


def has_null_sender(mail: Mail) -> bool:
    """Return whether the return path is empty (RFC 5321 §4.5.5), as reports and
    well-behaved robots set it.
    """
    return any(
        re.fullmatch(r"<(?:|>|mailer-daemon.*|null)>?", value.strip(), re.IGNORECASE)
        for value in mail.headers.all("return-path")
    )
