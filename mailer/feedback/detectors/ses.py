"""Amazon SES notifications mailed by SNS: one JSON object as the text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from mailer.addresses import plain_address
from mailer.feedback.detectors.evidence import Detector, Evidence
from mailer.feedback.reading import Confidence, Fate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.feedback.mail.message import Mail

_RECIPIENTS = {
    "Bounce": ("bounce", "bouncedRecipients", Fate.FAILED),
    "Complaint": ("complaint", "complainedRecipients", Fate.DELIVERED),
    "Delivery": ("delivery", "recipients", Fate.DELIVERED),
}


def notification(mail: Mail) -> dict[str, Any]:
    """The JSON object, or an empty one."""
    if "notificationType" not in mail.notice[:8000]:
        return {}
    # Gateways fold the long line, even inside strings; sendmail marks the place with "!".
    found = _object(re.sub(r"!?\n ?", "", mail.notice).strip())
    if found.get("Type") == "Notification":  # not the raw message: SNS's own envelope
        found = _object(str(found.get("Message", "")))
    return found


def _object(text: str) -> dict[str, Any]:
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def is_ses_complaint(mail: Mail) -> bool:
    """Whether it tells of a complaint, the one thing here that is no delivery status."""
    return notification(mail).get("notificationType") == "Complaint"


def detect(mail: Mail) -> Sequence[Evidence]:
    """Recipients of the notification with their diagnostic code."""
    told = notification(mail)
    key, name, fate = _RECIPIENTS.get(str(told.get("notificationType")), ("", "", Fate.FAILED))
    body = told.get(key)
    rows = body.get(name) if isinstance(body, dict) else None
    facts = (_fact(row, fate) for row in rows) if isinstance(rows, list) else ()
    return [fact for fact in facts if fact is not None]


def _fact(row: object, fate: Fate) -> Evidence | None:
    if isinstance(row, str):
        row = {"emailAddress": row}
    if not isinstance(row, dict):
        return None
    address = plain_address(str(row.get("emailAddress", "")))
    if address is None:
        return None
    words = str(row.get("diagnosticCode", "")).removeprefix("smtp;").strip()
    return Evidence(address, words, fate, str(row.get("status", ""))[:12])


SES = Detector("ses-notification", Confidence.HIGH, detect)
