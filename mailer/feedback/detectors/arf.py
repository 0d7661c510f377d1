"""Detects complaints in the abuse reporting format (RFC 5965) and its relatives.

A report about our authentication (RFC 6591, DMARC) uses the same format and is no complaint; nor is
"not-spam" (RFC 6430). Addresses may be redacted (RFC 6590), so our own token in the returned
headers matters more than the recipient.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.addresses import addresses_in
from mailer.feedback.mail.text import plain_text

if TYPE_CHECKING:
    from mailer.feedback.mail.message import Mail

_NO_COMPLAINTS = {"auth-failure", "dmarc", "not-spam", "dkim"}
_FIELD = re.compile(r"(?im)^([a-z][a-z-]{2,40})[ \t]{0,8}:[ \t]{0,8}(.{0,1000})$")


def feedback_fields(mail: Mail) -> dict[str, list[str]] | None:
    """Return the fields of the feedback report by lower-case name; None if the
    mail is no such report.
    """
    texts = mail.reports("message/feedback-report", "text/feedback-report")
    if not texts and mail.report_type != "feedback-report":
        return _microsoft(mail)
    fields: dict[str, list[str]] = {}
    for text in texts:
        for name, value in _FIELD.findall(text):
            fields.setdefault(name.lower(), []).append(value.strip())
    return fields


def _microsoft(mail: Mail) -> dict[str, list[str]] | None:
    """Recognise Outlook.com's feedback loop, which returns the mail
    unchanged with an extra header.
    """
    recipients = mail.headers.all("x-hmxmroriginalrecipient") or mail.returned.all(
        "x-hmxmroriginalrecipient"
    )
    subject = plain_text(mail.headers.get("subject"))
    if recipients and (subject.startswith("complaint about") or "jmrp" in subject):
        return {"feedback-type": ["abuse"], "original-rcpt-to": recipients}
    return None


def feedback_type(fields: dict[str, list[str]]) -> str:
    """Return `abuse` (also for fraud, virus and "other"), `opt-out`, or ""
    if it is no complaint.
    """
    types = {value.lower().partition(";")[0].strip() for value in fields.get("feedback-type", ())}
    if types & _NO_COMPLAINTS:
        return ""
    return "opt-out" if types & {"opt-out", "opt-out-list"} else "abuse"


def complainants(mail: Mail, fields: dict[str, list[str]]) -> list[str]:
    """Return the recipients the report names; empty if they are redacted."""
    for texts in (
        fields.get("original-rcpt-to", []),
        fields.get("removal-recipient", []),
        mail.returned.all("x-hmxmroriginalrecipient"),
        mail.returned.all("x-original-to", "delivered-to", "envelope-to"),
        mail.returned.all("to"),
    ):
        found = addresses_in(" ".join(texts))
        if found:
            return found
    return []
