"""Earlier or planned mailings that duplicate one about to be sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.mailings.mailing import MailingId


@dataclass(frozen=True, slots=True)
class SimilarMailing:
    """A mailing with the same text as another one, or with the same subject."""

    mailing_id: MailingId
    campaign: str
    step: str
    at: datetime
    """When it started; before the start, when it is due."""
    has_begun: bool
    is_same_text: bool


@dataclass(frozen=True, slots=True)
class DuplicateMailing:
    """`step` of a draft would reach `count` people of its `audience` who already have `mailing`."""

    step: str
    mailing: SimilarMailing
    count: int
    audience: int
