"""All campaigns of a workspace, each with its state, without reading its texts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.model.mailings.mailing import HAS_ENDED, MailingState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.mailings.progress import MailingsInState
    from mailer.ports import Ledger


class CampaignState(StrEnum):
    """Where a campaign stands."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    UNDER_WAY = "under-way"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign, its state, and when its next mailing leaves (aware UTC)."""

    slug: str
    state: CampaignState
    next_at: datetime | None


def overview(names: Sequence[str], *, ledger: Ledger) -> list[CampaignLine]:
    """Return the campaigns of these names, and the launched ones whose folder is gone.

    Those that need somebody come first: drafts, then what leaves next.
    """
    launched: defaultdict[str, list[MailingsInState]] = defaultdict(list)
    for mailings in ledger.progress.of_campaigns():
        launched[mailings.campaign].append(mailings)
    lines = [_line(slug, launched.get(slug, [])) for slug in {*names, *launched}]
    order = list(CampaignState)
    return sorted(lines, key=lambda line: (order.index(line.state), line.slug))


def _line(slug: str, mailings: Sequence[MailingsInState]) -> CampaignLine:
    to_come = [each.due_at for each in mailings if each.state not in HAS_ENDED]
    return CampaignLine(slug, _state(mailings), min(to_come, default=None))


def _state(mailings: Sequence[MailingsInState]) -> CampaignState:
    states = {mailing.state for mailing in mailings}
    if not states:
        return CampaignState.DRAFT
    if MailingState.PAUSED in states:
        return CampaignState.PAUSED
    if any(each.has_started and each.state not in HAS_ENDED for each in mailings):
        return CampaignState.UNDER_WAY
    if MailingState.SCHEDULED in states:
        begun = any(mailing.has_started for mailing in mailings)
        return CampaignState.UNDER_WAY if begun else CampaignState.SCHEDULED
    if states == {MailingState.CANCELLED}:
        return CampaignState.CANCELLED
    return CampaignState.DONE
