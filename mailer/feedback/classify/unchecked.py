"""Tells that a server could not look a recipient up for the moment, whatever code it answers.

"5.1.1 cannot verify recipient at present" says nothing of the recipient. "Please verify the address
and try again" is advice, and "cannot be verified", without a word about time, is an answer.
"""

from __future__ import annotations

import re

from mailer.feedback.classify.grammar import bounce_grammar

_CHECKED = (
    r"(?:re)?(?:verif\w+|validat\w+|check\w*|confirm\w*|uberpruf\w+|gepruft|prufen|geverifieerd|verifieren"
    r"|gecontroleerd|controleren|comprob\w+|controll?\w*|valid(?:er|ar|are)|look(?:ed)? ?up|quer(?:y|ied))"
)
_CHECKING = (
    r"(?:verifications?|verificacion|verificacao|verifica|verificatie|validation|validierung|\w*prufung"
    r"|lookups?|callouts?|callbacks?|(?:recipient|address|user|mailbox|account) (?:check|probe|query)"
    r"|unverified address|undetermined|(?:directory|database|ldap|backend|user) (?:server|service|store|database))"
)
_FAILED = (
    r"(?:cannot|can't|can not|could ?n[o']t|could not|unable to|failed to|not able to|has not been|not been|was not"
    r"|ne peut|ne peuvent|n'a pas pu|n'a pu|impossible de|impossible|kann|konnte|konnten|no se (?:puede|pudo)|no es posible|no ha sido posible"
    r"|non (?:e stato |e )?(?:possibile|puo|riesco|riusciamo)|impossibile|nao (?:e|foi) possivel|nao pode|kan|kon|niet)"
)
_NOT_CHECKED = re.compile(
    rf"\b{_FAILED}\b[^.;!?¦]{{0,50}}?\b{_CHECKED}\b|\b{_CHECKED}\b[^.;!?¦]{{0,40}}?\b(?:impossible|impossibile|failed|unmoglich)\b"
    rf"|\b{_CHECKING}\b"
)
_NOW = re.compile(r"\b(?:now|nicht moglich)\b")
# "Please try again" may be advice on another address, and stands in a sentence of its own.
_CLAUSE_END = re.compile(r"[;!?¦]|\.(?=\s|$)")


def is_unchecked(folded: str) -> bool:
    """Return whether a sentence says that a check is still running, or could not be made now."""
    return any(
        _NOT_CHECKED.search(sentence)
        and (bounce_grammar().try_again.search(sentence) or _NOW.search(sentence))
        for sentence in _CLAUSE_END.split(folded)
    )
