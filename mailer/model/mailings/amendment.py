"""An amendment: what is told of a launched campaign after it began to leave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.model.campaigns.campaign import CalendarEntry, CampaignKind

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.mailings.mailing import MailingId


class AmendmentKind(StrEnum):
    """What an amendment tells."""

    CORRECTION = "correction"
    MOVE = "move"
    CANCELLATION = "cancellation"
    FOLLOW_UP = "follow-up"

    @property
    def campaign_kind(self) -> CampaignKind:
        """The nature of its message."""
        return _CAMPAIGN_KINDS[self]

    @property
    def tells_texts(self) -> bool:
        """Whether it tells the texts of the campaign again, in their new state."""
        return self in {AmendmentKind.CORRECTION, AmendmentKind.MOVE}


_CAMPAIGN_KINDS = {
    AmendmentKind.CORRECTION: CampaignKind.CORRECTION,
    AmendmentKind.MOVE: CampaignKind.POSTPONEMENT,
    AmendmentKind.CANCELLATION: CampaignKind.CANCELLATION,
    AmendmentKind.FOLLOW_UP: CampaignKind.PRESS_KIT,
}


THANKS, KIT = "thanks", "kit"
"""The steps of a follow-up: to those who came, and to the others."""
_OWN_STEPS = re.compile(rf"(?:{'|'.join((*AmendmentKind, THANKS, KIT))})(?:-\d+)?")


def is_own_step(step: str) -> bool:
    """Return whether a step has the name of one that tells an amendment: `correction-3`."""
    return _OWN_STEPS.fullmatch(step) is not None


class BadDay(StrEnum):
    """What may go wrong in a rehearsal, once people have answered the first mailing."""

    CORRECTION = "correction"
    MOVE = "move"
    CANCELLATION = "cancellation"


@dataclass(frozen=True, slots=True)
class Amendment:
    """One amendment of a campaign, and the version of the campaign that it makes.

    It is drafted first; `drafted_at` is the instant that its messages are compiled for, so that
    the same draft has the same fingerprint until it is drafted again. `note` is what the office
    adds in its own words. `launched_at` is None until it is launched.
    """

    campaign: str
    version: int
    kind: AmendmentKind
    note: str
    drafted_at: datetime
    entry: CalendarEntry
    launched_at: datetime | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class OpenAmendment:
    """An amendment that waits for its launch, and who drafted it: their id and name, as in the
    journal.
    """

    amendment: Amendment
    person: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who may hold a message of a campaign, and the newest version of it they may hold."""

    address: Address
    name: str
    language: str
    version: int


@dataclass(frozen=True, slots=True)
class AmendedMailings:
    """What the launch of an amendment does to the mailings of before.

    `replaced` have not started and make room for the new version of the same step; `cancelled`
    have not started and come no more; `superseded` are under way: what they have not sent stays
    here.
    """

    replaced: tuple[MailingId, ...] = ()
    cancelled: tuple[MailingId, ...] = ()
    superseded: tuple[MailingId, ...] = ()
