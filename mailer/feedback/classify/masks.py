"""Replaces addresses in a report by whom they belong to, so that rules can tell whose they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

RECIPIENT = "%recipient%"
_MIN_LOCAL = 4


class Masks:
    """`%recipient%`, its `%domain%` and `%local%` part, and `%sender%` for what is ours."""

    def __init__(self, recipient: str, ours: Collection[str] = ()) -> None:
        self.recipient = recipient
        self.local, _, self.domain = recipient.rpartition("@")
        theirs = self.domain.casefold()
        domains = {address.rpartition("@")[2].casefold() for address in ours} - {theirs, ""}
        self._sender = [
            re.compile(
                rf"(?<![\w.@-])(?:[\w.+=~-]{{1,100}}@)?(?:[\w-]{{1,63}}\.){{0,4}}{re.escape(domain)}(?![\w-])",
                re.IGNORECASE,
            )
            for domain in sorted(domains)
            if not theirs.endswith(f".{domain}") and "." in domain
        ]

    def hide(self, text: str) -> str:
        """Return `text` with every address of the two parties masked."""
        if not self.recipient:
            return text
        lowered = text.casefold()
        text = _replaced(text, self.recipient, RECIPIENT)
        if "@" in self.recipient and self.domain.casefold() in lowered:
            text = _replaced(text, self.domain, "%domain%")
        if len(self.local) >= _MIN_LOCAL and not self.local.isalpha():
            text = re.sub(
                rf"(?<![\w.@%-]){re.escape(self.local)}(?![\w@%-])",
                "%local%",
                text,
                flags=re.IGNORECASE,
            )
        for pattern in self._sender:
            text = pattern.sub("%sender%", text)
        return text


def _replaced(text: str, name: str, mask: str) -> str:
    return re.sub(re.escape(name), mask, text, flags=re.IGNORECASE) if name else text
