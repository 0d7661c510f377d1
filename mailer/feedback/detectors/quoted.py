"""Finds whom our mail was written to in the header that a notice quotes, or in the words about it.

For mails of machines that answer under a name of their own: receipts, filters that hold a mail, and
addresses such as noreply@ that say that another one exists no more. One name is believed, two are none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.addresses import addresses_in
from mailer.feedback.detectors import dsn
from mailer.feedback.detectors.evidence import Detector, Evidence
from mailer.feedback.mail.text import plain_text
from mailer.feedback.reading import Confidence, DsnAction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailer.feedback.mail.message import Mail

_TO = re.compile(
    r"[>|*\s]{0,8}(?:to|an|a|para|aan|recipient|destinataire|empfanger|destinatari[oa]) ?:"
)
_HEADER = re.compile(r"[>|*\s]{0,8}[^\W\d_][\w-]{1,20} ?: ")
_WRITTEN_TO = re.compile(
    r"\b(?:message|mail|e-?mail|courriel|nachricht|mensaje|correo|messaggio|mensagem|bericht|written|ecrit|geschrieben"
    r"|escrito|scritto)\b[^.!?:@]{0,60}? (?:to|a|an|al|para|aan)[ :]{1,3}[<\"'«]{0,2} ?(?=\S{1,128}@)"
)
_NO_REPLY = re.compile(
    r"(?:no|do-?not|ne-?pas|nicht)[._-]?(?:reply|repondre|antworten|responder|rispondere)|auto-?(?:respond|reply|antwort|repon)"
)
_DISPOSITIONS = ("message/disposition-notification", "message/global-disposition-notification")
_MAX_CHARS = 4000


def answers_for_another(mail: Mail) -> bool:
    """Return whether the author is an address that nobody reads, so that it speaks of another one."""
    return bool(_NO_REPLY.search(plain_text(mail.sender)))


def detect(mail: Mail) -> Sequence[Evidence]:
    """Return the one address of the quoted header, with what is said above it."""
    whom = _one_of(mail, (*mail.original_recipients, *_in_quoted_header(mail)))
    said = (line for line in mail.lines if not (line.startswith(">") or _is_header(line)))
    return [Evidence(whom, "\n".join(said)[:_MAX_CHARS], DsnAction.FAILED)] if whom else []


def read_by(mail: Mail) -> str:
    """Return whose receipt this is, or "" if it names nobody."""
    blocks = (block for text in mail.reports(*_DISPOSITIONS) for block in dsn.blocks(text))
    named = [evidence.address for evidence in dsn.evidence_in(blocks)]
    return _one_of(mail, named) or _one_of(mail, _in_quoted_header(mail))


def held_for(mail: Mail) -> str:
    """Return for whom a filter holds our mail, or "" if it names nobody."""
    text = mail.notice[:_MAX_CHARS]
    folded = plain_text(text)
    starts = [match.end() for match in _WRITTEN_TO.finditer(folded)]
    named = [
        address
        for address in addresses_in(text)
        if any(folded.startswith(plain_text(address), start) for start in starts)
    ]
    return _one_of(mail, named) or _one_of(mail, _in_quoted_header(mail))


def _in_quoted_header(mail: Mail) -> list[str]:
    lines = (line for line in mail.lines if "@" in line and _TO.match(plain_text(line)))
    return [address for line in lines for address in addresses_in(line)]


def _is_header(line: str) -> bool:
    return "@" in line and bool(_HEADER.match(plain_text(line)))


def _one_of(mail: Mail, addresses: Iterable[str]) -> str:
    """Return the only address that is not ours, or "" if there are none or several."""
    ours = {address.casefold() for address in mail.our_addresses}
    found = {each.casefold(): each for each in addresses}
    whom, address = next(iter(found.items()), ("", ""))
    return address if len(found) == 1 and whom not in ours else ""


QUOTED = Detector("quoted-header", Confidence.MEDIUM, detect)
