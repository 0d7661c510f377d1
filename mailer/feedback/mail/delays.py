"""Tells a notice that a mail is still being retried from one that it has failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.feedback.mail.text import plain_text

if TYPE_CHECKING:
    from mailer.feedback.mail.message import Mail


def _lines(text: str) -> tuple[str, ...]:
    return tuple(plain_text(line) for line in text.strip().split("\n"))


_SUBJECTS = _lines("""
    delay
    warning: could not send
    warning: message
    delivery warning
    transient
    incomplete
    retard
    differe
    verzoger
    mail queued
    still being retried
    retraso
    retrasad
    demora
    ritard
    differit
    atraso
    atrasad
    vertraging
    vertraagd
    uitgesteld
    opoznien
    задерж
    отложен
    遅延
    延迟
    延遲
    지연
""")
_SENTENCES = _lines("""
    will be retried
    will retry
    retry for another
    will continue to try
    continue trying
    still trying
    keep trying
    will try again
    warning message only
    do not need to re-send
    do not need to resend
    you do not need to do anything
    no action is required
    only a temporary failure
    is delayed for more than
    has not yet been delivered
    have not yet been delivered
    not been delivered yet
    delivery is delayed
    delivery attempts will continue
    nouvelles tentatives
    nouvelle tentative
    autres tentatives
    autres essais
    continuera a essayer
    continuera ses
    continuera les tentatives
    continue ses tentatives
    sera retente
    est retardee
    est retarde
    est differee
    il n'est pas necessaire de renvoyer
    vous n'avez pas besoin de renvoyer
    toujours en file d'attente
    encore en file d'attente
    renvoye automatiquement
    n'a pas encore ete
    n'a pas encore pu
    noch nicht zugestellt
    noch nicht ausgeliefert
    weitere zustellversuche
    weitere versuche
    wird weiter versucht
    wird weiterhin versucht
    versucht es weiter
    erneut versucht
    nicht erneut senden
    verzogert sich
    noch in der warteschlange
    erneut gesendet
    todavia no ha
    aun no ha
    aun no se ha
    todavia no se ha
    se seguira intentando
    seguira intentando
    seguiremos intentando
    se volvera a intentar
    se reintentara
    reintentaremos
    continuara intentando
    no es necesario que haga nada
    sigue en cola
    permanece en cola
    no es necesario reenviar
    non e ancora stato
    non e stato ancora
    continuera a tentare
    continuera a provare
    altri tentativi
    si ritentera
    ritenteremo
    ancora in coda
    rimane in coda
    ulteriori tentativi
    nuovi tentativi
    verra ritentat
    sara ritentat
    non e necessario inviare di nuovo
    ainda nao foi
    tentar novamente
    tentaremos novamente
    continua em fila
    ainda em fila
    continuara a tentar
    continuaremos a tentar
    novas tentativas
    outras tentativas
    nao e necessario reenviar
    nog niet bezorgd
    nog niet afgeleverd
    nog niet worden bezorgd
    nog niet worden afgeleverd
    opnieuw geprobeerd
    blijft het
    proberen het opnieuw
    nog in de wachtrij
    blijven proberen
    nieuwe pogingen
    hoeft niets te doen
    пока не доставлен
    еще не доставлен
    попытки доставки будут
    попытки будут продолжен
    будет повторена
    まだ配信されて
    再送を試み
    再送信を試み
    引き続き
    尚未送达
    尚未送達
    继续尝试
    繼續嘗試
    다시 시도
    아직 전달되지
""")
# "No further attempts will be made" has the words of those that will.
_FINAL = _lines("""
    permanent
    fatal
    will not be retried
    given up
    gave up
    giving up
    no further
    no more attempts
    could not be delivered for
    definitif
    definitiv
    aucune nouvelle tentative
    aucune autre tentative
    pas de nouvelle tentative
    plus de tentative
    sans nouvelle tentative
    endgultig
    keine weiteren
    nicht erneut versucht
    nicht weiter versucht
    no se volvera a
    no se reintentara
    no se seguira
    no se realizaran
    no habra
    non verra
    non sara
    nessun altro tentativo
    nessun ulteriore
    nao serao
    nao sera
    nao havera
    niet opnieuw geprobeerd
    niet meer geprobeerd
    geen nieuwe pogingen
    больше не будет
    попыток больше
    不再尝试
    不再嘗試
""")


def is_delay_notice(mail: Mail) -> bool:
    """Return whether the notice says that the mail is still being retried."""
    subject = plain_text(mail.headers.get("subject"))
    notice = plain_text(mail.notice[:6000])
    says_delay = any(phrase in notice for phrase in _SENTENCES)
    says_final = any(phrase in notice for phrase in _FINAL)
    if any(phrase in subject for phrase in _SUBJECTS) or "warning message only" in notice:
        return says_delay or not says_final
    return says_delay and not says_final
