"""Replaces addresses in a report by whom they belong to, so that rules can tell whose they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

RECIPIENT = "%recipient%"
LOCAL = "%local%"
_MIN_LOCAL = 4
# Postfix names the host that it looks for; a host of our own domain is our relay.
_OUR_RELAY = re.compile(r"(?i)\bname=[\w.-]{1,80}\.%domain%")
_SENDERS_HOST = re.compile(r"%sender%(?=\s{1,20}type=[A-Z])")
_NAME_BEFORE = re.compile(r"[\w.+=~@-]{0,160}$")
"""The rest of an address or host name in front of a domain."""


class Masks:
    """`%recipient%`, its `%domain%` and `%local%` part, `%sender%` for what is ours, and `%relay%`."""

    def __init__(self, recipient: str, ours: Collection[str] = ()) -> None:
        self.recipient = recipient.lower()
        self.local, _, self.domain = self.recipient.rpartition("@")
        domains = {address.rpartition("@")[2].lower() for address in ours}
        self.is_colleague = self.domain in domains
        self.our_domains = [
            domain
            for domain in sorted(domains - {self.domain})
            if "." in domain and not self.domain.endswith(f".{domain}")
        ]

    def hide(self, text: str) -> str:
        """Return `text` with every address of the two parties masked."""
        if not self.recipient:
            return text
        text = _replaced(text, self.recipient, RECIPIENT)
        if self.local:
            for spelt in (f'"{self.local}" at {self.domain}', f"{self.local} at {self.domain}"):
                text = _replaced(text, spelt, RECIPIENT)
            text = _replaced(text, self.domain, "%domain%")
        if len(self.local) >= _MIN_LOCAL and not self.local.isalpha():
            text = _replaced(text, self.local, LOCAL, is_word=True)
        if self.is_colleague:
            text = _OUR_RELAY.sub("name=%relay%", text)
        for domain in self.our_domains:
            text = _replaced(text, domain, "%sender%", with_name=True)
        return _SENDERS_HOST.sub("name=%relay%", text) if "%sender%" in text else text


def _replaced(
    text: str, name: str, mask: str, *, is_word: bool = False, with_name: bool = False
) -> str:
    """Replace `name`, in any case. `is_word`: only where it stands alone; `with_name`: together with
    the address or host name that ends in it.

    A plain search, because compiling an expression for each mail takes longer than reading it.
    """
    lowered = text.lower()
    if name not in lowered or len(lowered) != len(text):
        return text
    kept: list[str] = []
    position = 0
    at = lowered.find(name)
    while at >= 0:
        end = at + len(name)
        start = at
        if with_name:
            before = _NAME_BEFORE.search(text, max(position, at - 160), at)
            start = before.start() if before else at
        if not (is_word or with_name) or _stands_alone(text, start, end, is_word=is_word):
            kept += (text[position:start], mask)
            position = end
        at = lowered.find(name, end)
    return "".join((*kept, text[position:]))


def _stands_alone(text: str, start: int, end: int, *, is_word: bool) -> bool:
    before, behind = text[start - 1 : start], text[end : end + 1]
    if behind and (behind.isalnum() or behind in "_-"):
        return False
    if is_word:
        return not (before and (before.isalnum() or before in "_.@%-")) and behind not in {"@", "%"}
    return not (before and before.isalnum())
