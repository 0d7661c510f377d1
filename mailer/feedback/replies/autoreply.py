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
    """,
)
_SENTENCES = _lines(
    *(words.automatic_sentences for words in _REPLIES),
    """
    ich bin nicht im buro
    ich bin derzeit
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
    r"(?:message|mail|e-?mail|courriel|nachricht|mensaje|messaggio)\b.{0,80}?\b(?:en attente|retenue?|bloquee?|mis[e]? en quarantaine"
    r"|held|on hold|pending|waiting|awaiting|quarantined?|not (?:yet )?(?:been )?delivered|pas (?:encore )?(?:ete )?(?:delivre|remis|distribue)"
    r"|zuruckgehalten|zuruckgestellt|wartet|retenido|en espera|in attesa|trattenuto)"
)
_ASKS = re.compile(
    r"\b(?:click|clicking|cliquez|cliquer|cliquant|suivez|suivre|follow|visit|reply to this|respond to this|repondez a ce|repondre a ce"
    r"|recopie[rz]|saisi[rs]+(?:ez)?|enter the|type the|klicken|folgen sie|haga clic|pulse|clicca)\b"
)
_TO_PROVE = re.compile(
    r"expediteurs? (?:autorise|valide|approuve|reconnu|de confiance)|liste (?:blanche|des expediteurs|d'expediteurs)"
    r"|(?:allowed|approved|authori[sz]ed|trusted|safe|known|permitted) senders?|senders? list|white ?list|allow ?list"
    r"|robot|human|humain|captcha|caracteres|characters|real person|personne reelle|spammer|verif(?:y|ier|ication|iziert)"
    r"|authentifi|identifi|(?:confirm|confirmez|bestatigen|confirmar?) (?:your|votre|que|ihre|su|that)"
)

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


def is_receipt(mail: Mail) -> bool:
    """Return whether this is a disposition notification (RFC 8098), or a provider's variant of one."""
    if mail.report_type == "disposition-notification":
        return True
    return bool(
        mail.reports("message/disposition-notification", "message/global-disposition-notification")
    )
