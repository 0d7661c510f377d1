"""Detects lines that start with the recipient: qmail, Postfix, Yahoo, Courier, OpenSMTPD, McAfee.

`<a@b.example>:` with the reason on the lines below, or `<a@b.example>: host
mx.b.example[192.0.2.1] said: 550 5.1.1 …`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mailer.addresses import addresses_in
from mailer.feedback.detectors.evidence import Detector, Evidence
from mailer.feedback.reading import Confidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.feedback.mail.message import Mail

_LEAD = re.compile(
    r"^(?:[*>-]{1,3} )?[\"']?(?:<(?P<in>[^\s<>]{1,128}@[^\s<>]{1,253})>|(?P<bare>[^\s<>:\"']{1,128}@[\w.-]{1,253}))[\"']?"
    r"(?P<alias> \(expanded from[^()]{0,300}\))?"
    r" ?(?::(?P<rest>.*)|(?P<more>\(.{3,}))?$"
)
_MAX_LINES = 12


def detect(mail: Mail) -> Sequence[Evidence]:
    """Return each leading address with the text up to the next one."""
    lines_by_address: dict[str, list[str]] = {}
    aliases: dict[str, tuple[str, ...]] = {}
    current: list[str] | None = None
    for before, line in pairwise(("", *mail.lines)):
        match = _LEAD.match(line) if "@" in line else None
        address = _leading_address(match) if match else None
        if match and address and not (current and before and _is_ours(mail, address)):
            current = lines_by_address.setdefault(address, [])
            aliases.setdefault(address, tuple(addresses_in(match["alias"] or "")))
            text = (match["rest"] or match["more"] or "").strip()
        else:
            text = line
        if current is not None and text and len(current) < _MAX_LINES:
            current.append(text)
    return [
        Evidence(address, "\n".join(lines), also=aliases[address])
        for address, lines in lines_by_address.items()
        if lines
    ]


def _leading_address(match: re.Match[str]) -> str | None:
    """Return the address that opens the line. A bare one needs a colon after it, because running
    text may also start with an address.
    """
    if match["rest"] is None and not (match["in"] and match["more"]):
        return None
    return next(iter(addresses_in(match["in"] or match["bare"])), None)


def _is_ours(mail: Mail, address: str) -> bool:
    """Return whether the address is at a domain of ours: a reply that goes on over several lines
    may name our sender address at the beginning of one.
    """
    domain = address.rpartition("@")[2]
    return any(ours.rpartition("@")[2] == domain for ours in mail.sender_addresses)


LEADING = Detector("leading-address", Confidence.HIGH, detect)
