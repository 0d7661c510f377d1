"""Replaces the addresses in a report by words for their owners, which rules can then name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

RECIPIENT = "%recipient%"
LOCAL = "%local%"
_MIN_LOCAL = 4
# Postfix names the host that it looks for. When we write to a colleague, it is of our own domain.
_OUR_RELAY = re.compile(r"(?i)\bname=[\w.-]{1,80}\.%domain%")
_SENDERS_HOST = re.compile(r"%sender%(?=\s{1,20}type=[A-Z])")
_NAME_BEFORE = re.compile(r"[\w.+=~@-]{0,160}$")
"""The part of an address or host name before its domain."""


class Masks:
    """The words that replace the addresses of a report about one recipient.

    `%recipient%` is the recipient's address, `%local%` its local part and `%domain%` its domain.
    `%sender%` is any address or host of the sender's domains, which are those of the addresses
    `ours`, and `%relay%` is a relay of the sender. `is_colleague` is true for a recipient in one of
    the sender's own domains.
    """

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
        """Return `text` with the addresses and domains of recipient and sender masked."""
        if not self.recipient:
            return text
        text = _replaced(text, self.recipient, RECIPIENT)
        if self.local:
            for written in (f'"{self.local}" at {self.domain}', f"{self.local} at {self.domain}"):
                text = _replaced(text, written, RECIPIENT)
            text = _replaced(text, self.domain, "%domain%")
        # A local part that may be an ordinary word, such as `press`, is left as it is.
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
    """Replace `name`, which is lower-case, in upper or lower case.

    With `is_word` it is replaced only where it is a word of its own; with `with_name` together with
    the address or host name that ends in it. The search is a plain one: to compile a regular
    expression for each mail takes longer than to read the mail.
    """
    lowered = text.lower()
    # Some characters become two when lowered; positions in `lowered` would then be wrong in `text`.
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
    """Return whether the characters around a place are not of the same word, or, with `is_word`,
    of the same address or mask.
    """
    before, after = text[start - 1 : start], text[end : end + 1]
    if after.isalnum() or after in {"_", "-"}:
        return False
    if before.isalnum():
        return False
    return not is_word or not (before in {"_", ".", "@", "%", "-"} or after in {"@", "%"})
