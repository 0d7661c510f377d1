"""Recognises the programs that manage mailing lists, and what they say of a list that is gone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.feedback.mail.message import Mail

_LIST_MANAGERS = re.compile(
    r"(?:sympa|mailman|listserv(?:er)?|listmaster|majordomo|ezmlm|lists?|listes?|[\w.-]{1,60}-(?:owner|bounces|request))@"
)
# A list manager answers for a list that is gone, without a word of delivery.
_LIST = r"(?:mailing ?)?(?:list[ea]?|lijst|mailingliste|verteiler|liste de diffusion)"
_LIST_GONE = re.compile(
    rf"\b{_LIST}\b[^.!?]{{0,12}}[^!?]{{0,80}}?(?:n'existe (?:pas|plus)|does(?: not|n't) exist|no longer exists?|is unknown"
    r"|(?:was|has been|is) (?:closed|deleted|removed)|a ete (?:fermee|supprimee)|est (?:fermee|close|inconnue)|existiert nicht|gibt es nicht"
    r"|wurde (?:geschlossen|aufgelost|geloscht)|ist unbekannt|(?:ya )?no existe|non esiste|bestaat niet|nao existe)"
    rf"|(?:unknown|no such|nonexistent) {_LIST}\b|{_LIST} (?:inconnue|unbekannt|desconocida|sconosciuta|onbekend)"
)


def is_from_list_manager(mail: Mail) -> bool:
    """Return whether a program that manages mailing lists is the author."""
    return bool(_LIST_MANAGERS.match(mail.sender.casefold()))


def says_list_is_gone(folded: str) -> bool:
    """Return whether a folded text says that a list exists no more."""
    return bool(_LIST_GONE.search(folded))
