"""Detects RFC 3464 fields in the text (Amazon WorkMail) or in a report inside the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.feedback.detectors import dsn
from mailer.feedback.detectors.evidence import Detector, Evidence
from mailer.feedback.reading import Confidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.feedback.mail.message import Mail


def detect(mail: Mail) -> Sequence[Evidence]:
    """Return blocks that name a recipient and an action, anywhere in the notice."""
    inner = [block for text in mail.inner_status_reports for block in dsn.blocks(text)]
    if inner:
        return dsn.evidence_in(inner)
    text = "\n".join(mail.lines)
    if "recipient" not in text.lower():
        return []
    return dsn.evidence_in(block for block in dsn.blocks(text) if "action" in block)


FIELDS = Detector("fields-in-text", Confidence.HIGH, detect)
