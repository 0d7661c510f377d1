"""Sends through an SMTP relay (RFC 5321), one transaction with one recipient per message.

The phases are driven here, not by `smtplib`, which raises the same error for a line that
broke before the final dot (send again: safe) and after it (never send again by ourselves).
"""

from __future__ import annotations

from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings

__all__ = ["SmtpBackend", "SmtpSettings"]
