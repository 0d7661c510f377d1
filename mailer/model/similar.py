"""What people have received, or will, that is like what they are about to receive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.mailing import MailingId


@dataclass(frozen=True, slots=True)
class SimilarMailing:
    """A mailing with the same text as another, or one under the same subject."""

    mailing_id: MailingId
    campaign: str
    step: str
    at: datetime
    """When it began; while it waits, when it is due."""
    has_begun: bool
    is_same_text: bool


@dataclass(frozen=True, slots=True)
class DuplicateMailing:
    """`step` of a draft would go to `count` people of its `audience` who have `mailing` already."""

    step: str
    mailing: SimilarMailing
    count: int
    audience: int
