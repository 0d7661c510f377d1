"""Finds the recipient in the returned message or the subject, for a notice that names nobody.

A result is given only for a single recipient; with several, it is unknown which one failed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.addresses import addresses_in, plain_address
from mailer.feedback.detectors.evidence import Detector, Evidence
from mailer.feedback.detectors.named import named_as_failed
from mailer.feedback.reading import Confidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.feedback.mail.message import Mail

_VERP = re.compile(r"[+-]([\w.+-]{1,64})=([\w.-]{1,120}\.[a-z]{2,24})@", re.ASCII)


# Systems older than the sign "@" was sure to be on a keyboard: "LEA" at QUOTIDIEN.EXAMPLE.
_SPELT = re.compile(
    r"(?m)(?:\"([\w.+-]{1,64})\"|^[ \t<(]{0,8}([\w.+-]{1,64})[>)]?) at ((?:[\w-]{1,60}\.){1,6}[a-z]{2,24})\b",
    re.ASCII | re.IGNORECASE,
)


def detect(mail: Mail) -> Sequence[Evidence]:
    """Return the one address that all hints of a kind agree on; the strongest kind of hint wins."""
    text = mail.notice[:4000]
    for hints in _hints(mail):
        found = [address for address in dict.fromkeys(hints) if address not in mail.our_addresses]
        if len(found) == 1:
            return [Evidence(found[0], text)]
    return []


def _hints(mail: Mail) -> Iterator[list[str]]:
    yield addresses_in(mail.headers.get("subject"))
    yield named_as_failed(mail.notice)
    yield [
        f"{quoted or bare}@{domain}".lower()
        for quoted, bare, domain in _SPELT.findall(mail.notice[:4000])
    ]
    yield _verp(" ".join(mail.headers.all("to", "delivered-to", "x-original-to")))
    yield addresses_in(" ".join(mail.returned.all("to")))
    yield addresses_in(" ".join(mail.returned.all("x-original-to", "delivered-to", "envelope-to")))


def _verp(text: str) -> list[str]:
    found = (plain_address(f"{local}@{domain}") for local, domain in _VERP.findall(text))
    return [address for address in found if address]


RETURNED = Detector("returned-message", Confidence.LOW, detect)
