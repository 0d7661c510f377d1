"""Detects a sentence that announces failed recipients, followed by lines that list them.

The notices of Gmail, Outlook, Domino, InterScan, MailMarshal, Biglobe, of Exim without its own
header, and of many more differ only in that sentence. The sentences are data (`ANNOUNCEMENTS`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.feedback.detectors.evidence import MAX_RECIPIENTS, Detector, Evidence
from mailer.feedback.detectors.named import named_as_failed, without_ours
from mailer.feedback.detectors.paragraphs import text_about
from mailer.feedback.detectors.phrases import ANNOUNCEMENTS
from mailer.feedback.mail.text import plain_text
from mailer.feedback.reading import Confidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.feedback.mail.message import Mail

# An address with nothing but a bullet, a name or `mailto:` before it, and a remark after it.
_LISTED = re.compile(
    r"^[\s*>•·\-\[(\"'\d.)]{0,12}(?:[^@<>\n]{0,80}[<(])?(?:mailto:)?"
    r"[\w!#$%&'*+/=?^{|}~.\"-]{1,128}@[\w.-]{1,253}[\])>\"']{0,3}"
    r"(?:<mailto:[^<>]{1,300}>)?(?:[\s,;:(\[].{0,300})?$"
)
_MAX_OTHER_LINES = 4
"""How many lines may stand between the sentence, or a listed address, and the next address. Blank
ones are not counted."""


def detect(mail: Mail) -> Sequence[Evidence]:
    """Return the addresses listed below an announcement."""
    found: dict[str, None] = {}
    lines_left = 0
    for line in mail.lines:
        folded = plain_text(line)
        if any(phrase in folded for phrase in ANNOUNCEMENTS):
            lines_left = _MAX_OTHER_LINES
            found.update(dict.fromkeys(named_as_failed(line)[-1:]))
        elif lines_left and line:
            listed = named_as_failed(line) if _LISTED.match(line) else []
            found.update(dict.fromkeys(listed[:1]))
            lines_left = _MAX_OTHER_LINES if listed else lines_left - 1
    failed = without_ours(mail, found)
    return [
        Evidence(address, text_about(mail, address, among=failed))
        for address in failed[:MAX_RECIPIENTS]
    ]


ANNOUNCED = Detector("announced-list", Confidence.MEDIUM, detect)
