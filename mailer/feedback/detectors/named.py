"""Tells the addresses that a sentence names as failed from those it names by the way.

"Because they accept no mail from us@…", "for assistance contact support@…": such an address
failed nowhere. Nor did one of ours, unless the original was written to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.addresses import addresses_in
from mailer.feedback.mail.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailer.feedback.mail.message import Mail

# What stands right before an address that is the sender's or a helper's.
_BY_THE_WAY = re.compile(
    r"(?<!\w)(?:from|sender|contact|contacter|contactez|assistance|help|help ?desk|support|questions?|postmaster"
    r"|administrat(?:or|eur)|complaints?|expediteur|auteur|de la part de|von|absender|remitente|mittente|afzender"
    r"|hilfe|(?:ruck)?fragen(?: an)?|kontakt|ayuda|soporte|contacto|aiuto|assistenza|contatto|ajuda|suporte|contato"
    r"|renseignements|informations?|hotline|exploitation|service (?:client|technique)|appeal (?:to|at|write to)"
    r"|please (?:\w+ ){1,5}(?:to|at)|(?:questions?|write|writing|mail|apply) to|(?:ecrire|ecrivez|adressez-vous) a"
    r"|wenden sie sich an|dirijase a|escriba a|scriva a|rivolgersi a|reply-to|return-path)"
    r"[ \t:,<(\"'\[.]{1,30}(?:mailto:)?$"
)
# Whose mailbox is a server's or a help desk's: named beside a recipient, it is there to be asked.
_HELPERS = re.compile(
    r"(?:postmaster|hostmaster|webmaster|mailer-daemon|abuse|no-?reply|support|help|helpdesk|assistance|hotline"
    r"|hilfe|ayuda|soporte|aiuto|assistenza|unblock|delist\w*)@"
)
_WINDOW = 60
_ANNOUNCES = re.compile(r":\s*\n|\n\s*\n")


def named_as_failed(text: str) -> list[str]:
    """Return the addresses of `text` but those named as a sender or as somebody to ask."""
    found = addresses_in(text)
    return [address for address in found if not _is_by_the_way(text, address)]


def _is_by_the_way(text: str, address: str) -> bool:
    """Return whether every mention of the address stands behind such words."""
    starts = [match.start() for match in re.finditer(re.escape(address), text, re.IGNORECASE)]
    before = (_words_before(text, start) for start in starts)
    return bool(starts) and all(_BY_THE_WAY.search(words) for words in before)


def _words_before(text: str, start: int) -> str:
    """Return the folded words right before a place, from the last line that announces a list."""
    words = _ANNOUNCES.split(text[max(0, start - _WINDOW) : start])[-1]
    return plain_text(f"{words}|")[:-1]


def without_ours(mail: Mail, addresses: Iterable[str]) -> list[str]:
    """Return the addresses that are neither ours nor a helper's; those only if nothing else is
    named, and ours only if the original was written to it.
    """
    named = list(addresses)
    written_to = {address.casefold() for address in mail.original_recipients}
    theirs = [address for address in named if address not in mail.our_addresses]
    if theirs:
        asked = [
            address
            for address in theirs
            if _HELPERS.match(address.casefold()) and address.casefold() not in written_to
        ]
        return [address for address in theirs if address not in asked] or theirs
    return [
        address
        for address in named
        if address.casefold() in written_to or address not in mail.correspondents
    ]
