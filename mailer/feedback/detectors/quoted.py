"""Finds whom our mail was written to in the header that a notice quotes, or in the words about it.

For mails of machines that answer under a name of their own: receipts, filters that hold a mail, and
addresses such as noreply@ that say that another one exists no more. One name is believed, two are none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.addresses import addresses_in
from mailer.feedback.delivery_token import find_token
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
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_OF_WHOM_WE_WROTE_TO = re.compile(
    r"\b(?:no longer|any ?more|n'\w{1,12} plus|ne \w{1,12} plus|nicht mehr|ya no|non \w{1,12} piu|niet meer|ja nao|nao \w{1,12} mais"
    r"|you (?:\w{1,12} ){0,3}(?:tried|trying|wrote|written|writing|contact\w*|reach|sent)"
    r"|vous (?:\w{1,12} ){0,3}(?:ecri\w+|contact\w+|joindre|adresse\w*|envoye\w*)"
    r"|sie (?:\w{1,12} ){0,5}(?:geschrieben|erreichen|gesendet|kontaktier\w+|angeschrieben|gewandt)"
    r"|(?:ha|has|intenta\w*) (?:\w{1,12} ){0,3}(?:escrito|intentado|enviado|contact\w+)"
    r"|(?:ha|hai|sta) (?:\w{1,12} ){0,3}(?:scritto|inviato|contatta\w+|tentato|cercato))\b"
)
_MAILBOX_OR_WORK = re.compile(
    r"\b(?:address|adresse|mail ?box|e-?mail|inbox|account|boite|messagerie|compte|postfach|konto|direccion|buzon|cuenta|indirizzo|casella"
    r"|adres|postvak|endereco|caixa|work\w*|employ\w+|company|compan\w+|organi[sz]ation|staff|travaille\w*|entreprise|societe|effectifs"
    r"|arbeite\w*|unternehmen|trabaj\w+|empresa|lavor\w+|azienda|werkt|werkzaam|bedrijf|trabalh\w+)\b"
)
_DISPOSITIONS = ("message/disposition-notification", "message/global-disposition-notification")
_MAX_CHARS = 4000


def answers_for_another(mail: Mail) -> bool:
    """Return whether the author is an address that nobody reads, so that it speaks of another one."""
    return bool(_NO_REPLY.search(plain_text(mail.sender)))


def detect(mail: Mail) -> Sequence[Evidence]:
    """Return the one address of the quoted header, with the sentences that may be about it: "you wrote
    to", "no longer". The others may be about the machine's own address. A mail that carries our token
    names whom we wrote to by it.
    """
    whom = _one_of(mail, (*mail.original_recipients, *_in_quoted_header(mail)))
    is_known = bool(whom) or find_token(mail) is not None
    lines = (line for line in mail.lines if not (line.startswith(">") or _is_header(line)))
    sentences = _SENTENCE_END.split(" ".join(lines)[:_MAX_CHARS])
    said = " ".join(each for each in sentences if _may_be_about_whom_we_wrote_to(each))
    return [Evidence(whom, said, DsnAction.FAILED)] if is_known and said else []


def _may_be_about_whom_we_wrote_to(sentence: str) -> bool:
    folded = plain_text(sentence)
    return bool(_OF_WHOM_WE_WROTE_TO.search(folded) and _MAILBOX_OR_WORK.search(folded))


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
