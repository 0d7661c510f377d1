"""flufl.bounce (Mailman's detectors): a recipient finder among ours, never a judge.

Its "permanent" is not "dead": three quarters of living addresses are permanent to it. It
reads a short plain copy, because a long run of newlines takes it seconds.
"""

from __future__ import annotations

import logging
import re
from email import message_from_string, policy
from functools import cache
from typing import TYPE_CHECKING

from mailer.addresses import addresses_in
from mailer.feedback.detectors.evidence import Detector, Evidence
from mailer.feedback.detectors.paragraphs import said_about
from mailer.feedback.reading import Confidence, Fate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from email.message import Message

    from mailer.feedback.mail.message import Mail

_MOST_CHARS = 16_000
_MOST_LINES = 400


def detect(mail: Mail) -> Sequence[Evidence]:
    """Whom flufl.bounce names."""
    message = message_from_string(_copy(mail), policy=policy.compat32)
    try:
        temporary, permanent = _scanner()(message)
    except Exception:  # noqa: BLE001 - foreign detectors on hostile text; we promised no error
        return []
    return [
        Evidence(address, said_about(mail, address), fate)
        for fate, named in ((Fate.DELAYED, temporary), (None, permanent))
        for octets in sorted(named)
        for address in addresses_in(octets.decode("utf-8", "replace"))
    ]


@cache
def _scanner() -> Callable[[Message], tuple[frozenset[bytes], frozenset[bytes]]]:
    from flufl.bounce import all_failures  # noqa: PLC0415 - its 18 modules load only when asked

    # It logs a traceback for every detector that stumbles, which would reach the console.
    logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL + 1)
    return all_failures


def _copy(mail: Mail) -> str:
    """From, Subject and the notice, blank lines single, as one plain part."""
    lines = [line.rstrip() for line in mail.notice[:_MOST_CHARS].split("\n")][:_MOST_LINES]
    body = re.sub(r"\n{3,}+", "\n\n", "\n".join(lines)).encode("ascii", "replace").decode()
    fields = "".join(
        f"{name}: {_one_line(mail.headers.get(name.lower()))}\n" for name in ("Subject", "X-Mailer")
    )
    # One of its detectors stumbles over a From without an address.
    return f"From: {mail.sender or 'nobody@nowhere.invalid'}\n{fields}Content-Type: text/plain\n\n{body}\n\n{mail.returned_text[:2000]}"


def _one_line(value: str) -> str:
    return re.sub(r"[^ -~]", " ", value)[:300]


FLUFL = Detector("flufl.bounce", Confidence.LOW, detect)
