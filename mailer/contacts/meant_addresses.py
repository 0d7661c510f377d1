"""Finds the address that a row means beside the one in its column: mistyped, or newly told."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from mailer.addresses import NotAnAddress, addresses_in, read_address
from mailer.contacts.folding import folded, without_accents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailer.model.address import Address

_COMMA_FOR_DOT = re.compile(r"[^\s@,;<>]+@[\w-]+(?:[.,][\w-]+)*,[a-z]{2,6}", re.IGNORECASE)
_NEW = re.compile(
    r"\b(?:nouvelle (?:adresse|messagerie)|nouveau (?:mail|courriel|e ?mail)|new (?:e ?mail|address|mail)"
    r"|(?:ecrire|ecrivez|envoyer|joindre) (?:desormais|maintenant|plutot|dorenavant) (?:a|sur)"
    r"|desormais|dorenavant|now at|neue (?:e ?mail|adresse|mail)|nueva direccion|nuevo correo|nuovo indirizzo)\b"
)


def meant_by_commas(cells: Iterable[str]) -> Address | None:
    """Return the address of a cell with a comma for a dot in its domain: `ana@orange,fr`."""
    for cell in cells:
        if _COMMA_FOR_DOT.fullmatch(cell.strip()):
            local, _at, domain = cell.strip().partition("@")
            with suppress(NotAnAddress):
                return read_address(f"{local}@{domain.replace(',', '.')}")
    return None


def meant_without_accents(address: Address) -> Address | None:
    """Return the address without accents before the @; None where there are none, or where other
    letters than Latin ones stand too, as in true addresses of RFC 6531.
    """
    if address.local.isascii():
        return None
    plain = without_accents(address.local)
    with suppress(NotAnAddress):
        return read_address(f"{plain}@{address.domain}") if plain.isascii() else None
    return None


def told_as_new(cells: Iterable[str], present: Iterable[Address]) -> Address | None:
    """Return the only other address of the cells that say it is new: `nouvelle adresse : …`."""
    keys = {address.key for address in present}
    found: dict[str, Address] = {}
    for cell in cells:
        if "@" not in cell or not _NEW.search(folded(cell)):
            continue
        for text in addresses_in(cell):
            with suppress(NotAnAddress):
                address = read_address(text)
                found[address.key] = address
    others = [address for key, address in found.items() if key not in keys]
    return others[0] if len(others) == 1 else None
