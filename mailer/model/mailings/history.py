"""What is known of one person and an earlier mailing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.campaigns.audience import ExclusionReason
    from mailer.model.campaigns.campaign import VariantKey
    from mailer.model.contacts.contact import ContactId
    from mailer.model.mailings.mailing import MailingId


USUAL_DAYS = 30
"""Over so many days it is counted how often somebody was written to."""
MOST_DAYS = 3660
"""Ten years: what is asked beyond is no longer about being written to often."""


class KeptBack(NamedTuple):
    """A mailing that a person did not receive although they were on its lists, and why."""

    mailing_id: MailingId
    reason: ExclusionReason
    detail: str


class MailingVersions(NamedTuple):
    """Among what a launched mailing chooses for each person."""

    default_language: str
    variants: tuple[VariantKey, ...]


class WrittenTo(NamedTuple):
    """How many mails left for a person in some days, and when the mailing of the last one began.

    Who is no longer in the directory is not known, and has no outlet.
    """

    contact: ContactId
    address: str
    name: str
    organisation: str
    mails: int
    last_at: datetime
    is_known: bool

    @property
    def mark(self) -> str:
        """What the next page begins after. It names nobody."""
        return f"{self.mails}-{self.contact}"
