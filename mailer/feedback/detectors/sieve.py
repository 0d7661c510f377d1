"""Detects refusals after acceptance: a disposition notification that is a bounce, not a receipt.

Sieve's `reject` (RFC 5429 §2.1) and Dovecot's quota answer with a
`message/disposition-notification` whose disposition is an automatic deletion. Outlook's "deleted
without being read" has the same disposition; only the text differs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.addresses import address_in
from mailer.feedback.detectors.evidence import Detector, Evidence
from mailer.feedback.mail.text import plain_text
from mailer.feedback.reading import Confidence, DsnAction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.feedback.mail.message import Mail

_RECIPIENT = re.compile(r"(?im)^(?:original|final)-recipient\s{0,4}:([^\n]{1,400})")
_DELETED = re.compile(r"(?im)^disposition\s{0,4}:\s{0,8}automatic-action/[^\n]{0,80}\bdeleted\b")
_REJECTED = ("automatically rejected", "was rejected", "a ete rejete", "a ete refuse")


def detect(mail: Mail) -> Sequence[Evidence]:
    """Return the recipient whose server discarded the message and reported it."""
    reports = mail.reports("message/disposition-notification")
    if not any(_DELETED.search(report) for report in reports):
        return ()
    notice = plain_text(mail.notice[:2000])
    is_rejected = "reject" in mail.headers.get("auto-submitted").lower() or any(
        phrase in notice for phrase in _REJECTED
    )
    if not is_rejected:
        return ()
    named = (match.group(1) for report in reports for match in _RECIPIENT.finditer(report))
    found = next((address for each in named if (address := address_in(each))), None)
    return [Evidence(found, mail.notice[:2000], DsnAction.FAILED)] if found else ()


SIEVE = Detector("rfc5429", Confidence.HIGH, detect)
