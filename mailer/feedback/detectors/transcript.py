"""Detects an SMTP session in the text: `RCPT TO:<a@b>` with a refusal, or a
reply naming a mailbox.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.addresses import addresses_in
from mailer.feedback.detectors.evidence import MAX_RECIPIENTS, Detector, Evidence
from mailer.feedback.detectors.named import without_ours
from mailer.feedback.detectors.paragraphs import text_about
from mailer.feedback.reading import Confidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.feedback.mail.message import Mail

_RCPT = re.compile(r"(?i)rcpt to: ?<?([^\s<>]{1,128}@[^\s<>]{1,253})>?")
_REPLY = re.compile(
    r"(?:^|\D)([45]\d\d)[ -](?:#?[245]\.\d{1,3}\.\d{1,3}[ :]{1,2})?.{0,60}?<([^\s<>]{1,128}@[^\s<>]{1,253})>"
)


def detect(mail: Mail) -> Sequence[Evidence]:
    """Return the recipients of RCPT commands, else mailboxes in angle
    brackets after a refusal code.
    """
    commands = [found for line in mail.lines for found in _RCPT.findall(line)]
    replies = [match.group(2) for line in mail.lines for match in [_REPLY.search(line)] if match]
    named = addresses_in(" ".join(commands)) or addresses_in(" ".join(replies))
    found = without_ours(mail, named)
    return [
        Evidence(address, text_about(mail, address, among=found))
        for address in found[:MAX_RECIPIENTS]
    ]


TRANSCRIPT = Detector("smtp-transcript", Confidence.MEDIUM, detect)
