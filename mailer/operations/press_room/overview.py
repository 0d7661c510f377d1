"""Say what of the campaigns is public, what will be and when, and what stays back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.publication.public import Standing, public_at, public_since

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailer.model.press_room.press_room import (
        LaunchedRelease,
        PressRoomRecord,
        ReleaseWithdrawal,
    )
    from mailer.ports import Ledger


class ReleaseState(StrEnum):
    """Where a launched release stands on its way to the public."""

    PUBLIC = "public"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    TIMED = "timed"
    """It has left, and becomes public at a known instant."""
    WAITING = "waiting"
    """It has not left yet."""
    HELD = "held"
    """It was stopped or suspended before its hour."""


@dataclass(frozen=True, slots=True)
class ReleaseOverview:
    """One launched release as the office sees it. `at` is since or from when it is public, if that
    is known.
    """

    release: LaunchedRelease
    state: ReleaseState
    at: datetime | None
    withdrawal: ReleaseWithdrawal | None = None

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether withdrawing the campaign changes something for this version."""
        return self.state in {
            ReleaseState.PUBLIC,
            ReleaseState.TIMED,
            ReleaseState.WAITING,
            ReleaseState.HELD,
        }


def press_room_overview(*, ledger: Ledger, now: datetime) -> Sequence[ReleaseOverview]:
    """Return every launched release, what changes next first, then the newest."""
    found = list(_overviews(ledger.press_room.record(), now))
    to_come = [each for each in found if each.state in {ReleaseState.TIMED, ReleaseState.WAITING}]
    to_come.sort(key=lambda each: each.at or each.release.due_at)
    rest = [each for each in found if each not in to_come]
    rest.sort(key=lambda each: each.at or each.release.due_at, reverse=True)
    return [*to_come, *rest]


def _overviews(record: PressRoomRecord, now: datetime) -> Iterator[ReleaseOverview]:
    public = {
        version.release.key: version
        for campaign in public_at(record, now).campaigns
        for version in campaign.versions
    }
    withdrawals = {each.campaign: each for each in record.withdrawals}
    for release in record.releases:
        withdrawal = withdrawals.get(release.campaign)
        if withdrawal is not None and release.version > withdrawal.version:
            withdrawal = None
        version = public.get(release.key)
        if version is not None:
            yield ReleaseOverview(release, _STATES[version.standing], version.since, withdrawal)
        elif withdrawal is not None:
            yield ReleaseOverview(release, ReleaseState.WITHDRAWN, None, withdrawal)
        elif release.started_at is None:
            at = max(release.due_at, release.public_from or release.due_at)
            state = ReleaseState.HELD if release.stopped_at else ReleaseState.WAITING
            yield ReleaseOverview(release, state, at)
        else:
            own = [each for each in record.releases if each.campaign == release.campaign]
            at_own = public_since(release, own, record, None)
            yield ReleaseOverview(release, _state_to_come(release, at_own), at_own)


_STATES = {
    Standing.OFFICIAL: ReleaseState.PUBLIC,
    Standing.SUPERSEDED: ReleaseState.SUPERSEDED,
    Standing.WITHDRAWN: ReleaseState.WITHDRAWN,
}


def _state_to_come(release: LaunchedRelease, at: datetime | None) -> ReleaseState:
    """Return the state of a release that has left and is not public."""
    if at is not None:
        return ReleaseState.TIMED
    return ReleaseState.SUPERSEDED if release.superseded_at else ReleaseState.HELD
