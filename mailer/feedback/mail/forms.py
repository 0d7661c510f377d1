"""Recognises the form that a gateway fills in: the recipient in one field, the reason in another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.feedback.mail.message import Mail

_MAX_CHARS = 6000
_RECIPIENT_FIELD = re.compile(
    r"(?im)^[^\S\n>]{0,8}(?:failed |undelivered |intended )?(?:recipient|destinataire|empf[aä]nger|destinatario|destinatário|ontvanger"
    r"|geadresseerde|odbiorca|adresat|mottagare|modtager|mottaker|получатель)(?:\(?e?s\)?)?[ \t]{0,4}[: \t][ \t<\[]{0,6}(?:smtp:)?[^\s<>:]{1,128}@"
)
_REASON_FIELD = re.compile(
    r"(?im)^[^\S\n>]{0,8}(?:(?:failure )?reason|cause|error|motif|raison|erreur|grund|ursache|fehler|motivo|causa|motivazione|errore"
    r"|reden|oorzaak|pow[oó]d|przyczyna|orsak|årsag|årsak|причина)(?:[ \t]{0,4}:|[ \t]{1,4})[ \t]{0,8}\S"
)


def is_form(mail: Mail) -> bool:
    """Return whether one line of the notice names a recipient, and another a reason."""
    notice = mail.notice[:_MAX_CHARS]
    return bool(_RECIPIENT_FIELD.search(notice) and _REASON_FIELD.search(notice))
