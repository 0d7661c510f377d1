"""What is known of one person and an earlier mailing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mailer.model.audience import ExclusionReason
    from mailer.model.mailing import MailingId


class KeptBack(NamedTuple):
    """A mailing that a person did not receive although they were on its lists, and why."""

    mailing_id: MailingId
    reason: ExclusionReason
    detail: str
