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
    r"(?<!\w)(?:from|sender|contact|contacter|contactez|assistance|help|support|questions?|postmaster"
    r"|administrator|complaints?|expediteur|auteur|de la part de|von|absender|remitente|mittente|afzender"
    r"|please (?:\w+ ){1,5}(?:to|at)|(?:ecrire|ecrivez|adressez-vous) a|reply-to|return-path)"
    r"[ \t:,<(\"'\[]{1,6}(?:mailto:)?$"
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
    """Return the addresses that are not ours; ours only if nothing else is named and the original
    was written to it.
    """
    named = list(addresses)
    theirs = [address for address in named if address not in mail.our_addresses]
    if theirs:
        return theirs
    written_to = {address.casefold() for address in mail.original_recipients}
    return [
        address
        for address in named
        if address.casefold() in written_to or address not in mail.correspondents
    ]
