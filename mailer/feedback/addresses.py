"""Finds addresses in foreign text. They are not validated, and we never write to them."""

from __future__ import annotations

import re

# An address starts where an address character follows something else (the look-behind),
# so that a long run without "@" is tried once, not at each of its characters. ASCII only:
# in running text a Japanese or French sentence may touch it without a space.
_LOCAL = r"[\w!#$%&'*+/=?^{|}~.\-]"
_ADDRESS = re.compile(
    rf"(?:(?<!{_LOCAL}){_LOCAL}{{1,128}}+|\"[^\"\n]{{1,64}}+\")@"
    r"(?:[a-z0-9_-]{1,63}+\.){0,20}[a-z0-9_-]{1,63}+",
    re.ASCII | re.IGNORECASE,
)
# Characters around an address in running text that are not part of it.
_EDGES = "'\".,;:!*/|{}`"


def addresses_in(text: str) -> list[str]:
    """Return every address once, in order, in normal form."""
    if "@" not in text:
        return []
    found = (normal_address(match.group()) for match in _ADDRESS.finditer(text))
    return list(dict.fromkeys(address for address in found if address))


def address_in(text: str) -> str | None:
    """Return the first address, preferring one in angle brackets; None if there is none."""
    bracketed = re.search(r"<([^<>\s]{1,320})>", text)
    inside = addresses_in(bracketed.group(1)) if bracketed else []
    return next(iter(inside or addresses_in(text)), None)


def normal_address(address: str) -> str | None:
    """Return `local@domain` with a lower-case domain; None if the text cannot be a mailbox."""
    local, _, domain = address.rpartition("@")
    local = local if local.startswith('"') else local.lstrip(_EDGES).removeprefix("mailto:")
    # Exchange writes X.400 addresses with ours inside: "dda:SMTP=lea@quotidien.example".
    local = local[5:] if local[:5].lower() == "smtp=" else local
    domain = domain.rstrip(".-_").lower()
    if not local or not domain or domain.isdigit():
        return None
    return f"{local}@{domain}"
