"""Uses flufl.bounce (Mailman's detectors) to find recipients, not to classify them.

Its "permanent" does not mean "dead": it reports three quarters of working addresses as permanent
failures. It is given a short plain copy, because a long run of newlines takes it seconds.
"""

from __future__ import annotations

import logging
import re
from email import message_from_string, policy
from functools import cache
from typing import TYPE_CHECKING

from mailer.addresses import addresses_in
from mailer.feedback.detectors.evidence import Detector, Evidence
from mailer.feedback.detectors.paragraphs import text_about
from mailer.feedback.reading import Confidence, DsnAction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from email.message import Message

    from mailer.feedback.mail.message import Mail

_MAX_CHARS = 16_000
_MAX_LINES = 400


def detect(mail: Mail) -> Sequence[Evidence]:
    """Return the recipients that flufl.bounce finds."""
    message = message_from_string(_copy(mail), policy=policy.compat32)
    try:
        temporary, permanent = _scanner()(message)
    except Exception:  # noqa: BLE001 - foreign detectors on hostile text; the reader must not raise
        return []
    return [
        Evidence(address, text_about(mail, address), action)
        for action, named in ((DsnAction.DELAYED, temporary), (None, permanent))
        for octets in sorted(named)
        for address in addresses_in(octets.decode("utf-8", "replace"))
    ]


@cache
def _scanner() -> Callable[[Message], tuple[frozenset[bytes], frozenset[bytes]]]:
    from flufl.bounce import all_failures  # noqa: PLC0415 - its 18 modules are loaded only when needed

    # It logs a traceback for every detector that fails, which would reach the console.
    logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL + 1)
    return all_failures


def _copy(mail: Mail) -> str:
    """Return From, Subject and the notice as one plain part, without repeated blank lines."""
    lines = [line.rstrip() for line in mail.notice[:_MAX_CHARS].split("\n")][:_MAX_LINES]
    body = re.sub(r"\n{3,}+", "\n\n", "\n".join(lines)).encode("ascii", "replace").decode()
    fields = "".join(
        f"{name}: {_one_line(mail.headers.get(name.lower()))}\n" for name in ("Subject", "X-Mailer")
    )
    # One of its detectors fails on a From without an address.
    return f"From: {mail.sender or 'nobody@nowhere.invalid'}\n{fields}Content-Type: text/plain\n\n{body}\n\n{mail.returned_text[:2000]}"


def _one_line(value: str) -> str:
    return re.sub(r"[^ -~]", " ", value)[:300]


FLUFL = Detector("flufl.bounce", Confidence.LOW, detect)
