"""Detects Amazon SES notifications mailed by SNS: one JSON object as the text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from mailer.addresses import plain_address
from mailer.feedback.detectors.evidence import Detector, Evidence
from mailer.feedback.reading import Confidence, DsnAction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.feedback.mail.message import Mail

_RECIPIENTS = {
    "Bounce": ("bounce", "bouncedRecipients", DsnAction.FAILED),
    "Complaint": ("complaint", "complainedRecipients", DsnAction.DELIVERED),
    "Delivery": ("delivery", "recipients", DsnAction.DELIVERED),
}


def notification(mail: Mail) -> dict[str, Any]:
    """Return the JSON object, or an empty dict."""
    if "notificationType" not in mail.notice[:8000]:
        return {}
    # Gateways fold the long line, even inside strings; sendmail marks each fold with "!".
    found = _object(re.sub(r"!?\n ?", "", mail.notice).strip())
    if found.get("Type") == "Notification":  # SNS's own envelope around the message
        found = _object(str(found.get("Message", "")))
    return found


def _object(text: str) -> dict[str, Any]:
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def is_ses_complaint(mail: Mail) -> bool:
    """Return whether it reports a complaint, the only SES notification that is no delivery status."""
    return notification(mail).get("notificationType") == "Complaint"


def detect(mail: Mail) -> Sequence[Evidence]:
    """Return the recipients of the notification with their diagnostic codes."""
    fields = notification(mail)
    key, name, action = _RECIPIENTS.get(
        str(fields.get("notificationType")), ("", "", DsnAction.FAILED)
    )
    body = fields.get(key)
    rows = body.get(name) if isinstance(body, dict) else None
    evidence = (_evidence(row, action) for row in rows) if isinstance(rows, list) else ()
    return [each for each in evidence if each is not None]


def _evidence(row: object, action: DsnAction) -> Evidence | None:
    if isinstance(row, str):
        row = {"emailAddress": row}
    if not isinstance(row, dict):
        return None
    address = plain_address(str(row.get("emailAddress", "")))
    if address is None:
        return None
    diagnosis = str(row.get("diagnosticCode", "")).removeprefix("smtp;").strip()
    return Evidence(address, diagnosis, action, str(row.get("status", ""))[:12])


SES = Detector("ses-notification", Confidence.HIGH, detect)
