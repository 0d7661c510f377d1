"""Recognise replies that are no bounces: RFC 3834 replies, challenges, receipts.

`Auto-Submitted: auto-replied` is no proof of an automatic reply, because Postfix and Exim also
write it on delivery reports. Those are therefore looked for first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.feedback.mail.signals import failure_words, is_from_daemon
from mailer.feedback.mail.text import plain_text
from mailer.feedback.replies.absence import has_left
from mailer.feedback.replies.oppositions import is_opt_out
from mailer.feedback.replies.own_words import own_words
from mailer.languages import LANGUAGES

if TYPE_CHECKING:
    from mailer.feedback.mail.message import Mail


def _lines(*texts: str) -> tuple[str, ...]:
    return tuple(plain_text(line) for text in texts for line in text.strip().split("\n"))


_REPLIES = tuple(language.replies for language in LANGUAGES if language.replies)

# Subjects that also occur, in languages that the program does not write.
_SUBJECTS = _lines(
    *(words.automatic_subjects for words in _REPLIES),
    """
    abwesenheit
    automatische antwort
    abwesend
    eingangsbestatigung
    empfangsbestatigung
    acknowledgement of receipt
    acknowledgment of receipt
    respuesta automatica
    acuse de recibo
    confirmacion de recepcion
    conferma di ricezione
    ontvangstbevestiging
    confirmacao de rececao
    confirmacao de recebimento
    fuera de la oficina
    risposta automatica
    fuori sede
    resposta automatica
    afwezig
    automatisch antwoord
    autosvar
    automatyczna odpowiedź
    autoodpowiedź
    nieobecność
    automatiskt svar
    automatisk svar
    frånvaro
    автоматический ответ
    автоответ
    automatická odpověď
    automatikus válasz
    răspuns automat
    automaattinen vastaus
    otomatik yanıt
    автоматична відповідь
    自动回复
    自動回覆
    자동 응답
    자동응답
    부재중
    自動応答
    自動返信
    不在
    """,
)
_SENTENCES = _lines(
    *(words.automatic_sentences for words in _REPLIES),
    """
    ich bin nicht im buro
    ich bin derzeit
    ihre nachricht ist bei uns eingegangen
    ihre e-mail ist bei uns eingegangen
    wir haben ihre nachricht erhalten
    wir haben ihre e-mail erhalten
    dies ist eine automatische
    diese e-mail wurde automatisch
    hemos recibido su
    abbiamo ricevuto il suo
    wij hebben uw bericht ontvangen
    recebemos a sua
    """,
)

# The names of challenge-response filters, and their usual questions.
_CHALLENGES = _lines(
    """
    mailinblack
    boxtrapper
    spamarrest
    spam arrest
    bluebottle
    tmda
    """,
    *(words.challenges for words in _REPLIES),
)

# What a challenge says in any words: the mail is held, do something, so that we know you.
_IS_HELD = re.compile(
    r"(?:message|mail|e-?mail|courriel|envoi|nachricht|mensaje|messaggio|bericht|mensagem)\b.{0,80}?\b(?:en attente|retenue?|bloquee?|mis[e]? en quarantaine"
    r"|held|on hold|pending|waiting|awaiting|quarantined?|not (?:yet )?(?:been )?delivered|pas (?:encore )?(?:ete )?(?:delivre|remis|distribue)"
    r"|zuruckgehalten|zuruckgestellt|wartet|nicht zugestellt|noch nicht|wacht op|wordt vastgehouden|em espera|pendente|retenu|retenido|en espera|in attesa|trattenuto)"
)
_ASKS = re.compile(
    r"\b(?:click|clicking|cliquez|cliquer|cliquant|suivez|suivre|follow|visit|reply to this|respond to this|repondez a ce|repondre a ce"
    r"|recopie[rz]|saisi[rs]+(?:ez)?|enter the|type the|klicken|folgen sie|haga clic|pulse|clicca"
    r"|(?:validez|valider|confirmez|confirmer|authentifiez|authentifier|verifiez) (?:votre|vos|que)|verify your|confirm your"
    r"|bestatigen sie|confirme su|valide su|conferm(?:i|are|a) (?:il|la|di)|bevestig(?:t u)? uw|klik|clique|confirme o seu)\b"
)
_TO_PROVE = re.compile(
    r"expediteurs? (?:autorise|valide|approuve|reconnu|de confiance)|liste (?:blanche|des expediteurs|d'expediteurs)"
    r"|(?:allowed|approved|authori[sz]ed|trusted|safe|known|permitted) senders?|senders? list|white ?list|allow ?list"
    r"|robot|human|humain|captcha|caracteres|characters|real person|personne reelle|spammer|verif(?:y|ier|ication|iziert)"
    r"|authentifi|identifi|(?:confirm|confirmez|bestatigen|confirmar?) (?:your|votre|que|ihre|su|that)"
    r"|(?:validez|valider|confirmez|confirmer) (?:votre|vos) (?:adresse|e-?mail|envoi|message|identite)"
    r"|(?:verify|confirm|validate) your (?:e-?mail|address|identity|message)|bestatigen sie (?:ihre|bitte)|echte person|mensch|persona real"
    r"|(?:confirme|valide) (?:su|o seu) |conferm\w+ (?:il|la) (?:suo|sua|tuo|tua) |bevestigt? (?:u )?uw |umano|menselijk|humano|uw adres"
)

_LONGEST_RECEIPT = 600
_AUTOREPLY_HEADERS = (
    "x-autoreply",
    "x-autorespond",
    "x-autoreply-from",
    "x-vacation",
    "x-amazon-auto-reply",
)
_PRECEDENCES = ("precedence", "x-precedence", "preference")


def is_auto_reply(mail: Mail) -> str:
    """Return what shows that this is an automatic reply, or "" if it is none."""
    headers = mail.headers
    subject = plain_text(headers.get("subject"))
    is_named_so = any(phrase in subject for phrase in _SUBJECTS)
    if is_from_daemon(mail):
        # A server answers for somebody who has left; a report never has such a subject.
        return "subject" if is_named_so or _is_departure(mail) else ""
    if is_submitted_by_machine(mail):
        return "auto-submitted"
    for name in _AUTOREPLY_HEADERS:
        if name in headers:
            return name
    if {value.strip().lower() for value in headers.all(*_PRECEDENCES)} & {
        "auto_reply",
        "auto-reply",
    }:
        return "precedence"
    if is_named_so or _is_absent_person(mail, subject):
        return "subject"
    first = plain_text(mail.notice[:600])
    is_answer = "x-auto-response-suppress" in headers or is_bulk(mail)
    return "text" if is_answer and any(phrase in first for phrase in _SENTENCES) else ""


_ABSENT = re.compile(
    r"(?:absente?|absence|conges?|vacances|ooo|out of office|away|vacation|abwesend|abwesenheit|urlaub"
    r"|ausente|assente|afwezig|fuori ufficio|en conge|en reportage|en deplacement)\b"
)


def _is_absent_person(mail: Mail, subject: str) -> bool:
    """Return whether the subject begins with an absence, and a machine or a reply shows it."""
    begins = _ABSENT.match(subject)
    return bool(begins) and (is_bulk(mail) or bool(re.search(r"\b(?:re|aw|tr) ?:", subject)))


def is_bulk(mail: Mail) -> bool:
    """Return whether the mail says that it was sent by a machine to many, as old responders do."""
    values = {value.strip().lower() for value in mail.headers.all("precedence", "x-precedence")}
    return bool(values & {"bulk", "junk"})


def _is_departure(mail: Mail) -> bool:
    """Return whether a server only tells that a person has left, without a word of delivery."""
    says_failure = mail.report_type or failure_words(mail)
    return not says_failure and has_left(plain_text(mail.notice[:2000]))


def is_submitted_by_machine(mail: Mail) -> bool:
    """Return whether Auto-Submitted has any value but "no" (RFC 3834 §5)."""
    submitted = mail.headers.get("auto-submitted").strip().lower()
    return bool(submitted) and not submitted.startswith("no")


def is_challenge(mail: Mail) -> bool:
    """Return whether a spam filter asks the sender to prove that a person writes."""
    text = plain_text(f"{mail.headers.get('subject')} {mail.notice[:3000]}")
    if any(all(piece in text for piece in phrase.split(" * ")) for phrase in _CHALLENGES):
        return True
    return bool(_ASKS.search(text) and _TO_PROVE.search(text) and _IS_HELD.search(text))


def says_absent(mail: Mail) -> bool:
    """Return whether the writer's own words are those of an absence notice."""
    text = plain_text(own_words(mail.notice)[:1200])
    return any(phrase in text for phrase in _SENTENCES)


def is_program_opt_out(mail: Mail) -> bool:
    """Return whether a mail program's unsubscribe button (Apple Mail) wrote this, and no person."""
    return is_submitted_by_machine(mail) and is_opt_out(mail)


# Outlook and others without the machine-readable part: "Gelesen: …", "your message was read on …".
_RECEIPTS = re.compile(
    r"(?:(?:not read|read|non lu|lu|nicht gelesen|ungelesen geloscht|gelesen|no leido|leido|leida|letto|letta|gelezen|lida?) ?:"
    r"|.{0,40}(?:lesebestatigung|read receipt|return receipt|confirmation de lecture|accuse de lecture|confirmacion de lectura"
    r"|conferma di lettura|leesbevestiging|confirmacao de leitura))"
)
_WAS_READ = re.compile(
    r"\b(?:gelesen|angezeigt|geoffnet|read|displayed|opened|lue?|affichee?|ouverte?|leid[oa]|mostrado|lett[oa]|visualizzat[oa]|gelezen|weergegeven|lid[oa]|exibida)\b"
)


def is_receipt(mail: Mail) -> bool:
    """Return whether this is a disposition notification (RFC 8098), or a variant of one."""
    if mail.report_type == "disposition-notification":
        return True
    if mail.reports("message/disposition-notification", "message/global-disposition-notification"):
        return True
    is_named_so = _RECEIPTS.match(plain_text(mail.headers.get("subject")))
    return bool(is_named_so) and bool(_WAS_READ.search(plain_text(mail.notice[:_LONGEST_RECEIPT])))
