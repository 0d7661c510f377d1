"""Detectors for mail systems whose reports do not follow, or not fully follow, RFC 3464.

Each examines the notice and returns the recipients it recognises; the first detector that finds any
decides. Order: most reliable first, guesses last.
"""

from __future__ import annotations

from mailer.feedback.detectors.announced import ANNOUNCED
from mailer.feedback.detectors.exchange import EXCHANGE
from mailer.feedback.detectors.failed_header import FAILED_HEADER
from mailer.feedback.detectors.fields import FIELDS
from mailer.feedback.detectors.flufl import FLUFL
from mailer.feedback.detectors.inline import INLINE
from mailer.feedback.detectors.leading import LEADING
from mailer.feedback.detectors.returned import RETURNED
from mailer.feedback.detectors.sendmail import SENDMAIL
from mailer.feedback.detectors.transcript import TRANSCRIPT

DETECTORS = (
    FIELDS,
    FAILED_HEADER,
    SENDMAIL,
    EXCHANGE,
    LEADING,
    ANNOUNCED,
    INLINE,
    TRANSCRIPT,
    FLUFL,
    RETURNED,
)
