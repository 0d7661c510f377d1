"""Mails that machines or people send back on their own: RFC 3834 replies, challenges, opt-outs.

None of them is a bounce. `Auto-Submitted: auto-replied` alone does not tell, for Postfix
and Exim write it on true delivery reports; so those are looked for first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.feedback.mail.signals import is_from_daemon
from mailer.feedback.mail.text import plain_text

if TYPE_CHECKING:
    from mailer.feedback.mail.message import Mail


def _lines(text: str) -> tuple[str, ...]:
    return tuple(plain_text(line) for line in text.strip().split("\n"))


_SUBJECTS = _lines("""
    automatic reply
    auto reply
    auto-reply
    autoreply
    autorespon
    auto-respon
    auto respon
    auto:
    automatic response
    out of office
    out of the office
    out-of-office
    out of town
    away from
    away until
    i am away
    i'm away
    on vacation
    on holiday
    on leave
    on maternity
    vacation reply
    vacation message
    vacation:
    reponse automatique
    reponse auto
    message automatique
    absent du bureau
    absente du bureau
    absence du bureau
    absence :
    absence:
    absent(e)
    absent jusqu
    absente jusqu
    en conges
    en vacances
    conge maternite
    conge parental
    accuse de reception
    avis d'absence
    message d'absence
    notification d'absence
    abwesenheit
    automatische antwort
    abwesend
    respuesta automatica
    fuera de la oficina
    risposta automatica
    fuori sede
    resposta automatica
    afwezig
    automatisch antwoord
    autosvar
    автоответ
    自動応答
    自動返信
    不在
""")

_SENTENCES = _lines("""
    i am out of the office
    i'm out of the office
    i will be out of
    i am currently away
    i am currently out
    i am on leave
    i am on vacation
    i will be away
    this is an automatic reply
    this is an automated response
    this is an auto
    je suis absent
    je suis actuellement absent
    je suis en conge
    je suis actuellement en conge
    je suis en vacances
    je serai absent
    je suis en deplacement
    je serai de retour
    de retour le
    absent du bureau
    absente du bureau
    ne suis pas joignable
    ne fais plus partie
    ne travaille plus
    a quitte la redaction
    a quitte l'entreprise
    a quitte ses fonctions
    n'est plus en poste
    ceci est une reponse automatique
    reponse automatique
    votre message a bien ete recu
    nous avons bien recu votre
    ich bin nicht im buro
    ich bin derzeit
""")

_CHALLENGES = _lines("""
    mailinblack
    demande d'authentification
    authentifier votre adresse
    vous authentifier
    confirmez que vous n'etes pas un robot
    cliquez * pour que votre message soit delivre
    verification de l'expediteur
    boxtrapper
    challenge-response
    challenge/response
    sender verification
    please verify yourself
    verify your email address to deliver
    confirm that you are a human
    prove that you are human
    prove you are human
    confirm your message
    confirmation required to deliver
    your message is awaiting verification
    spamarrest
    spam arrest
    bluebottle
    tmda
    to complete this verification
    verify that you are
""")

_OPT_OUTS = re.compile(
    r"^(?:(?:re|tr|rep|fwd?) ?: ?){0,3}(?:please |merci de |svp |veuillez )?"
    r"(?:(?:me |nous )?(?:unsubscribe|remove|opt[- ]?out|desinscri\w*|desabonn\w*|retirer|supprimer|stop)\b"
    r"|demande de (?:desinscription|desabonnement|retrait))"
)
_OPT_OUT_SENTENCES = _lines("""
    unsubscribe me
    please unsubscribe
    remove me from
    take me off
    stop sending me
    stop emailing me
    don't want to receive
    do not want to receive
    no longer wish to receive
    me desinscrire
    me desabonner
    merci de me retirer
    me retirer de
    veuillez me retirer
    veuillez me desinscrire
    me supprimer de votre
    retirez-moi
    retirez moi
    desinscrivez-moi
    desinscrivez moi
    desabonnez-moi
    desabonnez moi
    desinscription svp
    desinscription merci
    demande de desinscription
    ne souhaite plus recevoir
    ne souhaite pas recevoir
    ne plus recevoir vos
    ne plus recevoir de
    cessez de m'envoyer
    arretez de m'envoyer
    ne m'envoyez plus
    plus m'envoyer
""")


_MARKS = ("x-autoreply", "x-autorespond", "x-autoreply-from", "x-vacation", "x-amazon-auto-reply")
_PRECEDENCES = ("precedence", "x-precedence", "preference")


def is_auto_reply(mail: Mail) -> str:
    """The sign that this is an automatic reply, or nothing."""
    headers = mail.headers
    if is_from_daemon(mail):
        return ""
    if is_submitted_by_machine(mail):
        return "auto-submitted"
    for name in _MARKS:
        if name in headers:
            return name
    if {value.strip().lower() for value in headers.all(*_PRECEDENCES)} & {
        "auto_reply",
        "auto-reply",
    }:
        return "precedence"
    subject = plain_text(headers.get("subject"))
    if any(phrase in subject for phrase in _SUBJECTS):
        return "subject"
    first = plain_text(mail.notice[:600])
    is_answer = "x-auto-response-suppress" in headers
    return "text" if is_answer and any(phrase in first for phrase in _SENTENCES) else ""


def is_submitted_by_machine(mail: Mail) -> bool:
    """Auto-Submitted with any value but "no" (RFC 3834 §5)."""
    submitted = mail.headers.get("auto-submitted").strip().lower()
    return bool(submitted) and not submitted.startswith("no")


def is_challenge(mail: Mail) -> bool:
    """A filter asks the sender to prove that a person writes."""
    text = plain_text(f"{mail.headers.get('subject')} {mail.notice[:3000]}")
    return any(all(piece in text for piece in phrase.split(" * ")) for phrase in _CHALLENGES)


def is_opt_out(mail: Mail) -> bool:
    """A person, or a mail program on their behalf, asks to be taken off."""
    if _OPT_OUTS.match(plain_text(mail.headers.get("subject"))):
        return True
    own = own_words(mail.notice)
    text = plain_text(own[:1200])
    if any(phrase in text for phrase in _OPT_OUT_SENTENCES):
        return True
    return len(text) < 60 and bool(_OPT_OUTS.match(text))


def is_program_opt_out(mail: Mail) -> bool:
    """The mail program's own button sent it (Apple Mail): a machine says so, nobody wrote."""
    return is_submitted_by_machine(mail) and is_opt_out(mail)


def own_words(text: str) -> str:
    """What the writer wrote, without the message quoted below."""
    kept: list[str] = []
    for line in text.split("\n"):
        folded = plain_text(line)
        if line.lstrip().startswith(">"):
            continue
        if re.match(r"(?:le|on|am|el) .{6,120} (?:a ecrit|wrote|schrieb|escribio) ?:", folded):
            break
        if re.match(r"(?:-{2,}|_{5,}|de ?: |from ?: )", folded) and kept:
            break
        kept.append(line)
    return "\n".join(kept)


def is_receipt(mail: Mail) -> bool:
    """A disposition notification (RFC 8098), or a provider's homely version of it."""
    if mail.report_type == "disposition-notification":
        return True
    return bool(
        mail.reports("message/disposition-notification", "message/global-disposition-notification")
    )
