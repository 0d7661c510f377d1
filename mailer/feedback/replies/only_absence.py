"""Tells a reply that says nothing but an absence from one in which a person says something else too.

An answer to an invitation must not be lost: each clause has to be one of an absence notice, or the
reply stays a person's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.feedback.mail.text import plain_text
from mailer.feedback.replies.absence import promises_answer
from mailer.feedback.replies.of_whom import is_own_absence
from mailer.feedback.replies.own_words import joined_lines, own_words

if TYPE_CHECKING:
    from mailer.feedback.mail.message import Mail

_LONGEST = 600
_CLAUSE_END = re.compile(r"\n|[,;:!](?=\s|$)|(?<!\b\w)(?<!\b\d\d)\.(?=\s|$)")
_SIGNATURE = re.compile(r"(?:[^\W\d_a-zà-ÿ][\w.'’-]{0,30}\s{0,3}){1,5}")
_GREETING = re.compile(
    r"(?:bonjour|bonsoir|cher|chere|chers|madame|hello|hi|dear|good|guten|hallo|liebe[rs]?|sehr geehrte\w?|buenos|buenas|hola|estimad\w+"
    r"|buongiorno|gentile|salve|cordialement|bien a vous|best|kind|regards|mit freundlichen|viele grusse|saludos|un saludo|cordiali"
    r"|merci|thanks?|danke|vielen dank|gracias|grazie)\b(?: [\w'-]{1,20}){0,5}"
)
# How to reach somebody meanwhile, how seldom mail is read.
_BESIDES = re.compile(
    r"\b(?:urgen\w+|dringend\w*|acces|access|zugriff|acceso|accesso|toegang|contact(?:ez|er|ar)?|kontaktieren|wenden sie|contatt\w+)\b"
)
# Who writes of these says more: somebody comes, or wants something.
_MORE = re.compile(
    r"\b(?:mais|cependant|but|however|aber|jedoch|pero|not|interes\w*|invit\w*|einladung|confer\w+|konferenz|press\w*|prensa|stampa"
    r"|dossier|kit|send|envoy\w*|schick\w*|senden|envi[ea]\w*|mand[ia]\w*|vien\w+|viendra\w*|comes?|coming|attend\w*|komm[et]\w*"
    r"|teilnehm\w*|vendra\w*|asist\w*|verra\w*|partecip\w*|particip\w*|inscri\w*|regist\w*|anmeld\w*|compte[rz]|count|cuent\w*|present\w*)\b"
)


def says_only_absence(mail: Mail) -> bool:
    """Return whether a short mail says that its writer is away and from when on they answer, and
    nothing else.
    """
    text = own_words(mail.notice).strip()
    folded = plain_text(text)
    if len(text) > _LONGEST or "?" in text or _MORE.search(folded):
        return False
    clauses = [each.strip() for each in _CLAUSE_END.split(joined_lines(text)) if each.strip()]
    is_told = any(is_own_absence(plain_text(each)) for each in clauses)
    return is_told and promises_answer(folded) and all(map(_is_of_absence, clauses))


def _is_of_absence(clause: str) -> bool:
    folded = plain_text(clause)
    return (
        is_own_absence(folded)
        or promises_answer(folded)
        or bool(_GREETING.fullmatch(folded) or _BESIDES.search(folded))
        or bool(_SIGNATURE.fullmatch(clause))
    )
