"""Expand the macros of SPF (RFC 7208 §7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv6Address

_MACRO = re.compile(r"%(?:(?P<plain>[%_-])|\{(?P<letter>[a-zA-Z])(?P<digits>\d*)(?P<reverse>r?)(?P<delimiters>[.\-+,/_=]*)\})")  # fmt: skip
_PLAIN = {"%": "%", "_": " ", "-": "%20"}
_LONGEST_NAME = 253


@dataclass(frozen=True, slots=True)
class MacroValues:
    """What the macros stand for: the client's address, the sender and the EHLO name."""

    address: IPv4Address | IPv6Address
    sender: str
    helo: str

    def expand(self, text: str, *, domain: str) -> str:
        """Return `text` with its macros expanded for the record of `domain`."""
        name = _MACRO.sub(lambda found: self._expanded(found, domain), text)
        while len(name) > _LONGEST_NAME and "." in name:  # §7.3: labels are dropped from the left
            name = name.partition(".")[2]
        return name

    def _expanded(self, found: re.Match[str], domain: str) -> str:
        if found["plain"]:
            return _PLAIN[found["plain"]]
        value = self._value(found["letter"].lower(), domain)
        parts = re.split(f"[{re.escape(found['delimiters'] or '.')}]", value)
        if found["reverse"]:
            parts.reverse()
        count = int(found["digits"] or 0)
        return ".".join(parts[-count:] if count else parts)

    def _value(self, letter: str, domain: str) -> str:
        local, _, of_sender = self.sender.rpartition("@")
        return {
            "s": self.sender,
            "l": local or "postmaster",
            "o": of_sender,
            "d": domain,
            "i": self._dotted(),
            "p": "unknown",
            "v": "in-addr" if self.address.version == 4 else "ip6",
            "h": self.helo,
        }.get(letter, "")

    def _dotted(self) -> str:
        if self.address.version == 4:
            return str(self.address)
        return ".".join(self.address.exploded.replace(":", ""))
