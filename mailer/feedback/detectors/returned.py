"""A notice that names nobody: the message it returns, or its own subject, tells.

Only one recipient is believed; a message to several leaves us unsure who failed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.addresses import addresses_in, plain_address
from mailer.feedback.detectors.evidence import Detector, Evidence
from mailer.feedback.reading import Confidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.feedback.mail.message import Mail

_VERP = re.compile(r"[+-]([\w.+-]{1,64})=([\w.-]{1,120}\.[a-z]{2,24})@", re.ASCII)


def detect(mail: Mail) -> Sequence[Evidence]:
    """The one address that all hints agree on; the strongest kind of hint wins."""
    text = mail.notice[:4000]
    for hints in _hints(mail):
        found = [address for address in dict.fromkeys(hints) if address not in mail.ours]
        if len(found) == 1:
            return [Evidence(found[0], text)]
    return []


def _hints(mail: Mail) -> Iterator[list[str]]:
    yield addresses_in(mail.headers.get("subject"))
    yield addresses_in(mail.notice)
    yield _verp(" ".join(mail.headers.all("to", "delivered-to", "x-original-to")))
    yield addresses_in(" ".join(mail.returned.all("to")))
    yield addresses_in(" ".join(mail.returned.all("x-original-to", "delivered-to", "envelope-to")))


def _verp(text: str) -> list[str]:
    found = (plain_address(f"{local}@{domain}") for local, domain in _VERP.findall(text))
    return [address for address in found if address]


RETURNED = Detector("returned-message", Confidence.LOW, detect)
