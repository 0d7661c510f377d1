"""What is public at an instant. Everything that the press room shows is read through `public_at`.

So before its hour a release is in no page, list, feed, code or address: for all of them it does
not exist.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from mailer.model.press_room.press_room import (
        LaunchedRelease,
        PressRoomRecord,
        ReleaseKey,
        ReleaseWithdrawal,
    )


class Standing(StrEnum):
    """What a published version is worth today."""

    OFFICIAL = "official"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class PublicVersion:
    """A version that may be read, and since when."""

    release: LaunchedRelease
    since: datetime
    standing: Standing

    @property
    def language(self) -> str:
        return self.release.language


@dataclass(frozen=True, slots=True)
class PublicCampaign:
    """A campaign of which something is public.

    `shown` has the version that each language shows, which is superseded where the newest version
    has no text in this language. `versions` are all that were published or sent, the newest
    first: their codes are known.
    """

    slug: str
    shown: Mapping[str, PublicVersion]
    versions: tuple[PublicVersion, ...]
    withdrawal: ReleaseWithdrawal | None = None

    @property
    def since(self) -> datetime:
        """When the first of it became public."""
        return min(each.since for each in self.versions)

    @property
    def changed_at(self) -> datetime:
        """When the newest of it became public, or it was withdrawn."""
        newest = max(each.since for each in self.shown.values())
        return max(newest, self.withdrawal.at) if self.withdrawal else newest

    @property
    def first_mailing(self) -> str:
        """The id of the mailing that its first version left with, which never changes."""
        return min(self.versions, key=lambda each: each.release.version).release.key.mailing_id

    def in_language(self, language: str) -> PublicVersion:
        """Return the version for a reader of a language, in another one where there is none."""
        return self.shown.get(language) or next(iter(self.shown.values()))


@dataclass(frozen=True, slots=True)
class PublicRoom:
    """All that is public, what has changed last first. `next_change_at` is when more will be, if
    nothing happens meanwhile.
    """

    campaigns: tuple[PublicCampaign, ...] = ()
    next_change_at: datetime | None = None


def public_at(record: PressRoomRecord, now: datetime) -> PublicRoom:
    """Return what of the record is public at `now`."""
    withdrawals = {each.campaign: each for each in record.withdrawals}
    campaigns: list[PublicCampaign] = []
    to_come: list[datetime] = []
    for slug, releases in _by_campaign(record.releases).items():
        withdrawal = withdrawals.get(slug)
        instants = {
            each.key: at
            for each in releases
            if (at := public_since(each, releases, record, withdrawal)) is not None
        }
        to_come += [at for at in instants.values() if at > now]
        since = {key: at for key, at in instants.items() if at <= now}
        if since:
            campaigns.append(_campaign(slug, releases, since, withdrawal))
    ordered = sorted(campaigns, key=lambda each: (each.changed_at, each.slug), reverse=True)
    return PublicRoom(tuple(ordered), min(to_come, default=None))


def public_since(
    release: LaunchedRelease,
    all_of_campaign: Sequence[LaunchedRelease],
    record: PressRoomRecord,
    withdrawal: ReleaseWithdrawal | None,
) -> datetime | None:
    """Return when a release is public by its own rules; None for one that is not to be.

    It must have begun to leave. What was stopped, suspended, superseded or withdrawn before its
    hour stays back: somebody has seen that something is wrong. A correction alone is shown only
    where something of what it corrects has left.
    """
    if release.started_at is None:
        return None
    at = max(release.started_at, release.public_from or release.started_at)
    held_since = [release.stopped_at, release.superseded_at, record.suspended_at]
    if withdrawal is not None and release.version <= withdrawal.version:
        held_since.append(withdrawal.at)
    if any(each is not None and each < at for each in held_since):
        return None
    has_left = any(
        each.version < release.version and each.started_at is not None for each in all_of_campaign
    )
    return None if release.tells_amendment and not has_left else at


def _by_campaign(
    releases: Iterable[LaunchedRelease],
) -> Mapping[str, list[LaunchedRelease]]:
    found: defaultdict[str, list[LaunchedRelease]] = defaultdict(list)
    for each in releases:
        found[each.campaign].append(each)
    return found


def _campaign(
    slug: str,
    releases: Sequence[LaunchedRelease],
    since: Mapping[ReleaseKey, datetime],
    withdrawal: ReleaseWithdrawal | None,
) -> PublicCampaign:
    """Return a campaign, `since` being when each of its releases that are public became so."""
    published = [each for each in releases if each.key in since]
    newest = max(each.version for each in published)
    is_withdrawn = withdrawal is not None and newest <= withdrawal.version

    def version(release: LaunchedRelease, at: datetime) -> PublicVersion:
        if is_withdrawn:
            return PublicVersion(release, at, Standing.WITHDRAWN)
        is_newest = release.version == newest
        return PublicVersion(release, at, Standing.OFFICIAL if is_newest else Standing.SUPERSEDED)

    shown: dict[str, PublicVersion] = {}
    for each in sorted(published, key=lambda it: (it.version, it.tells_amendment)):
        shown[each.language] = version(each, since[each.key])
    return PublicCampaign(
        slug,
        shown=shown,
        versions=tuple(
            version(each, since.get(each.key, min(since.values())))
            for each in sorted(releases, key=lambda it: -it.version)
            if each.key in since or _was_sent_before(each, newest)
        ),
        withdrawal=withdrawal if is_withdrawn else None,
    )


def _was_sent_before(release: LaunchedRelease, newest: int) -> bool:
    """Return whether people hold a version that was superseded before it could be public: they
    may ask for its code.
    """
    return release.started_at is not None and release.version < newest
