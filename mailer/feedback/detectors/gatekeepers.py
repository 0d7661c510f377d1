"""Finds the list or mailbox whose keeper refused our mail or holds it: a list manager, a virus filter.

They answer in words of their own, and often name the list by the address from which they write only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.addresses import addresses_in, plain_address
from mailer.feedback.detectors.named import named_as_failed
from mailer.feedback.mail.lists import is_from_list_manager
from mailer.feedback.mail.signals import has_null_sender
from mailer.feedback.mail.text import plain_text
from mailer.feedback.reading import DsnAction, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.feedback.mail.message import Mail

_MAX_CHARS = 3000
_HELD = re.compile(
    r"\b(?:(?:a?waits?|awaiting|waiting for|held for|pending|submitted for|requires?) (?:the )?(?:list )?(?:moderat\w+|approval|review)|(?:is|being|was) (?:being )?held\b"
    r"|(?:forwarded|sent|submitted|passed) to (?:the )?(?:list )?(?:moderator|owner|editor)|has been postponed"
    r"|en attente de (?:moderation|validation|approbation)|(?:transmis|soumis|envoye) (?:au\(?x?\)?|a la|aux|pour) (?:\w+ )?moderat\w+|sera (?:diffuse|distribue) apres"
    r"|wartet auf (?:\w+ )?(?:freigabe|moderation|genehmigung)|(?:zur|auf) (?:freigabe|moderation|genehmigung)|moderator\w* (?:weitergeleitet|vorgelegt)"
    r"|(?:pendiente|a la espera|en espera) de (?:\w+ )?(?:moderacion|aprobacion|revision)|in attesa (?:di|della) (?:\w+ )?(?:moderazione|approvazione)"
    r"|wacht op (?:\w+ )?(?:goedkeuring|moderatie)|(?:aguarda|pendente de) (?:\w+ )?(?:moderacao|aprovacao)"
    r"|oczekuje na (?:\w+ )?(?:moderacj|zatwierdz|akceptacj)\w*|vantar pa (?:godkannande|moderering|moderator)|afventer (?:godkendelse|moderator)"
    r"|ожидает (?:\w+ )?(?:модерац|одобрен|проверк|утвержден)\w*)"
)
_REFUSED = re.compile(
    r"\b(?:(?:is|was|has been|been|were) (?:automatically )?(?:rejected|refused|denied|discarded|not distributed)|not (?:allowed|authori[sz]ed|permitted) to (?:post|send|write)"
    r"|(?:a ete|est) (?:automatiquement )?(?:rejetee?|refusee?)|(?:non|pas ete) (?:distribue|diffuse|autorise|accepte)e?|n'etes pas (?:autorise|habilite|abonne)|reservee? aux (?:abonnes|membres)"
    r"|abgelehnt|zuruckgewiesen|nicht (?:berechtigt|zugelassen|verteilt)|rechazad[oa]|no (?:esta|tiene) (?:autorizad[oa]|permiso)|no (?:fue|ha sido) distribuid[oa]"
    r"|rifiutat[oa]|respint[oa]|non (?:e|sei|siete) autorizzat[oiae]|geweigerd|afgewezen|niet (?:toegestaan|gemachtigd|verspreid)|rejeitad[oa]|recusad[oa]|nao esta autorizad[oa]"
    r"|odrzucon\w+|nie (?:masz|ma) uprawnien|avvisa(?:t|ts|des)|avslagits|afvist|avvist|отклонен\w*)"
)
_VIRUS = re.compile(
    r"\b(?:virus|malware|schadsoftware|schadprogramm|viren|вирус)\b.{0,400}?(?:trouve|detecte|found|detected|gefunden|erkannt|entdeckt|detectad|encontrad|rilevat|trovat|gevonden|ontdekt|znalezion|wykryt|hittat|fundet|funnet|обнаружен"
    r"|arretee?|bloquee?|blocked|stopped|supprimee?|deleted)"
    r"|(?:trouve|detecte|found|detected|contained|contenait|enthielt|enthalt|contiene) .{0,80}?\b(?:virus|malware|schadsoftware|вирус)\b"
)
# An absent person may have a virus, too.
_FILTERS = re.compile(
    r"virus|malware|amavis|scan|filt(?:er|re)|gateway|passerelle|secur|sicherheit|protect|postmaster|daemon|schadsoftware|вирус"
)
# The keeper's own addresses: of the program, of the list's owner, to subscribe.
_SERVICE = re.compile(
    r"(?:sympa|mailman|listserv(?:er)?|listmaster|majordomo|ezmlm|virus-?alert|amavis\w*|postmaster|mailer-daemon|no-?reply)@"
    r"|[^@]{1,64}-(?:owner|bounces|request|admin|editor|moderators?|errors|return|subscribe|unsubscribe|join|leave|confirm|help)(?:\+[^@]*)?@"
)
_OF_A_LIST = re.compile(
    r"([^@\s<>]{1,64})-(?:owner|bounces|request|admin|editor|moderators?|errors)(?:\+[^@]*)?@([\w.-]+)"
)
_LIST_NAMED = re.compile(
    r"\b(?:list[ea]?|mailingliste|verteiler|lijst|lista|lysta|listan) [\"'«]? ?([\w.-]{2,60})"
)
_NO_NAMES = {
    "de",
    "of",
    "is",
    "was",
    "has",
    "diffusion",
    "est",
    "non",
    "by",
    "a",
    "owner",
    "moderator",
    "ist",
    "wurde",
    "es",
    "ha",
    "di",
    "da",
    "do",
}


class Kept(NamedTuple):
    """Whose keeper answers, and what became of our mail."""

    address: str
    outcome: DsnAction
    reason: Reason


def kept_out(mail: Mail) -> Kept | None:
    """Return what a keeper says of our mail, or None if this is none, or whose it is stays unknown."""
    subject = mail.headers.get("subject")
    said = plain_text(f"{subject} . {mail.notice[:_MAX_CHARS]}")
    is_machine = has_null_sender(mail) or "auto-submitted" in mail.headers
    named = plain_text(" ".join((subject, *mail.headers.all("from"))))
    is_filter = is_machine and bool(_FILTERS.search(named))
    became = _became(said, is_list=is_from_list_manager(mail), is_filter=is_filter)
    address = next(_whose(mail), None) if became else None
    return Kept(address, *became) if became and address else None


def _became(said: str, *, is_list: bool, is_filter: bool) -> tuple[DsnAction, Reason] | None:
    if is_filter and _VIRUS.search(said):
        return DsnAction.FAILED, Reason.VIRUS
    if not is_list:
        return None
    if _HELD.search(said):
        return DsnAction.DELAYED, Reason.RESTRICTED
    return (DsnAction.FAILED, Reason.RESTRICTED) if _REFUSED.search(said) else None


def _whose(mail: Mail) -> Iterator[str]:
    """Yield the address that each kind of hint agrees on, the surest first."""
    senders = mail.headers.all("from", "sender", "return-path", "list-owner")
    domain = mail.sender.rpartition("@")[2]
    names = _LIST_NAMED.findall(plain_text(mail.headers.get("subject")))
    hints = (
        named_as_failed(mail.notice[:_MAX_CHARS]),
        addresses_in(" ".join(mail.headers.all("list-post"))),
        list(mail.original_recipients),
        [f"{name}@{there}" for text in senders for name, there in _OF_A_LIST.findall(text)],
        [f"{name}@{domain}" for name in names if name not in _NO_NAMES],
    )
    for named in hints:
        found = {each.casefold(): each for each in named if _may_be(mail, each)}
        if len(found) == 1:
            yield from filter(None, map(plain_address, found.values()))


def _may_be(mail: Mail, address: str) -> bool:
    return not _SERVICE.match(address.casefold()) and address not in mail.our_addresses
