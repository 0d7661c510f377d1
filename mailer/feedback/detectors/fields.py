"""RFC 3464 fields out of place: pasted into the text (Amazon WorkMail), or one report deeper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.feedback.detectors import dsn
from mailer.feedback.detectors.evidence import Detector, Evidence
from mailer.feedback.reading import Confidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.feedback.mail.message import Mail


def detect(mail: Mail) -> Sequence[Evidence]:
    """Blocks that name a recipient and an action, wherever they stand in the notice."""
    inner = [block for text in mail.inner_status_reports for block in dsn.blocks(text)]
    if inner:
        return dsn.facts_of(inner)
    text = "\n".join(mail.lines)
    if "recipient" not in text.lower():
        return []
    return dsn.facts_of(block for block in dsn.blocks(text) if "action" in block)


FIELDS = Detector("fields-in-text", Confidence.HIGH, detect)
