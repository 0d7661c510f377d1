"""Finds the mails that a mail passes on: attached to it, or quoted below a header in its text.

A gateway, a shared mailbox or a colleague sends us the notice that came back to them.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from mailer.feedback.mail.message import Mail, open_mail
from mailer.feedback.mail.parts import Headers, MimePart, split_part, split_text
from mailer.feedback.mail.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_ATTACHED = 3
_MAX_QUOTED_LINES = 1500
_LEAST_FIELDS = 3
# What mail programs call the fields of the header above a quoted mail.
_LABELS = {
    "from": "from|de|von|van|da|od|fran|fra|от|от кого|expediteur|absender|remitente|mittente|remetente|afzender|nadawca|差出人|发件人|보낸 사람",
    "to": "to|a|pour|an|para|aan|do|till|til|кому|destinataire|empfanger|destinatario|ontvanger|odbiorca|宛先|收件人|받는 사람",
    "subject": "subject|objet|sujet|betreff|asunto|oggetto|onderwerp|assunto|temat|amne|emne|тема|件名|主题|제목",
    "date": "date|sent|envoye|envoye le|date d'envoi|datum|gesendet|fecha|enviado|enviado el|enviada|enviada em|data|inviato|verzonden|wyslano|skickat|sendt|дата|отправлено|送信日時|发送时间|날짜",
    "cc": "cc|copie|kopie|kopia|kopi|копия",
}
_FIELDS = {label: name for name, labels in _LABELS.items() for label in labels.split("|")}
_FIELD = re.compile(
    r"(?P<quote>[>|\s]{0,12}+)[*_]{0,2}(?P<label>[^\W\d][\w' ]{0,20}?)[*_ ]{0,3} ?[:：][*_]{0,2}(?P<value>.*)"
)
_FORWARD = re.compile(
    r"(?:(?:re|aw|sv|odp) ?: ?)*(?:fwd?|tr|wg|i|rv|enc|doorst|dw|pd|vs|vb|vl|пересл|пер|転送|转发|전달) ?:"
    r"|\[(?:fwd?|tr|wg|rv)\b",
)


def is_forwarded(mail: Mail) -> bool:
    """Return whether the mail says of itself that it passes another one on."""
    submitted = mail.headers.get("auto-submitted").lower()
    return "forward" in submitted or bool(_FORWARD.match(plain_text(mail.headers.get("subject"))))


def forwarded(mail: Mail) -> Iterator[Mail]:
    """Yield the mails that this one passes on, the attached ones first."""
    attached = (part for part in mail.split.parts if _is_mail(part))
    for part in islice(attached, _MAX_ATTACHED):
        is_split = part.media_type.startswith("message/")
        yield Mail(split_part(part)) if is_split else open_mail(part.octets, part.limits)
    quoted = _quoted(mail)
    if quoted is not None:
        yield quoted


def _is_mail(part: MimePart) -> bool:
    """Return whether the part is a whole mail, also one that was attached as any file."""
    if part.media_type in {"message/rfc822", "message/global"}:
        return True
    named = " ".join(part.headers.all("content-type", "content-disposition")).lower()
    return not part.is_returned and bool(re.search(r"name\*?=[^;]{0,200}\.eml\b", named))


def _quoted(mail: Mail) -> Mail | None:
    """Return the mail whose header and text this one has in its own text."""
    lines = mail.text.split("\n", _MAX_QUOTED_LINES)[:_MAX_QUOTED_LINES]
    for start in range(len(lines)):
        quote, fields, end = _header(lines, start)
        if len(fields) >= _LEAST_FIELDS and {"from", "subject"} <= set(fields):
            headers = Headers((*fields.items(), *_delivered(mail)))
            text = "\n".join(_unquoted(lines[end:], quote))
            return Mail(split_text(headers, text, mail.split.parts[0].limits))
    return None


def _header(lines: list[str], start: int) -> tuple[str, dict[str, str], int]:
    """Return the quoting and the fields of the header that begins on a line, and where it ends."""
    fields: dict[str, str] = {}
    quote = ""
    number = start
    while number < len(lines):
        match = _FIELD.fullmatch(lines[number][:2000])
        name = _FIELDS.get(plain_text(match["label"])) if match else None
        if match is None or name is None or name in fields:
            if fields and not lines[number].strip(">|* \t"):
                number += 1
                continue
            break
        quote = quote if fields else match["quote"].strip()
        fields[name] = match["value"].strip()
        number += 1
    return quote, fields, number


def _delivered(mail: Mail) -> Iterator[tuple[str, str]]:
    """Yield where the mail was delivered that passes the other one on: to us."""
    names = {"delivered-to", "x-original-to", "envelope-to", "to"}
    return (field for field in mail.split.headers.fields if field[0] in names)


def _unquoted(lines: list[str], quote: str) -> Iterator[str]:
    """Yield the lines without the sign that quotes all of them, be it the header's or their own."""
    said = [line for line in lines if line.strip()]
    sign = quote or (
        ">" if said and all(line.lstrip().startswith(">") for line in said[:20]) else ""
    )
    for line in lines:
        kept = line.lstrip().removeprefix(sign) if sign else line
        yield kept.removeprefix(" ") if sign else kept
