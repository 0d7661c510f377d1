"""A mailing: a step whose content was frozen by the launch."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from mailer.model.campaigns.campaign import CampaignKind
from mailer.model.campaigns.target import EVERYBODY, Target

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailer.model.campaigns.campaign import Campaign, Step, VariantKey
    from mailer.model.mailings.message import CompiledMessage, Letterhead

MailingId = NewType("MailingId", str)


class MailingState(StrEnum):
    """The states of a mailing.

    scheduled → active → done; or missed (too late to be useful), cancelled. A scheduled or active
    mailing may be paused. It is resumed to the state it had.
    """

    SCHEDULED = "scheduled"
    ACTIVE = "active"
    PAUSED = "paused"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"


LATE_AFTER = timedelta(minutes=10)
"""From when on a mailing that began after its hour is called late."""


HAS_ENDED = frozenset({MailingState.DONE, MailingState.MISSED, MailingState.CANCELLED})
"""The states in which nothing more of a mailing leaves, unless somebody asks for it."""


@dataclass(frozen=True, slots=True)
class AudienceRule:
    """The rule that selects the audience. The rule is signed off; the people are selected
    when the mailing starts.

    `cancels` is true when the step cancels the event: accredited people then receive it
    even after opting out. With `informed` it reaches those who may hold something of the campaign
    or asked to come, also off the lists, and nobody else. With `instead_of`, the id of a mailing
    that a newer version has superseded, it reaches those whom that mailing had not reached; a step
    that answers trigger tells the answers that were not told there.
    """

    to: tuple[str, ...]
    only: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    cancels: bool = False
    target: Target = EVERYBODY
    """Who among the people of the lists is meant."""
    on: str = ""
    """The accreditation state that triggers the step, for people one by one; empty for a step
    that leaves to everybody at its hour."""
    informed: bool = False
    instead_of: str = ""

    @property
    def is_for_readers(self) -> bool:
        """Whether what somebody received before decides, and not their lists alone."""
        return self.informed or bool(self.instead_of and not self.on)


def written_rule(rule: AudienceRule) -> dict[str, object]:
    """Return a rule as values for JSON, and only what is given of its target and trigger.

    A ledger keeps it, and a sign-off covers it: one given before there were such, or readers of
    an amendment, stands.
    """
    written = asdict(rule)
    target = {name: value for name, value in written.pop("target").items() if value}
    later = {name: written.pop(name) for name in ("on", "informed", "instead_of")}
    return {
        **written,
        **{name: value for name, value in (later | {"target": target}).items() if value},
    }


def rule_of(campaign: Campaign, step: Step) -> AudienceRule:
    """Return the audience rule of a step as it is signed off."""
    kind = step.kind or campaign.kind
    return AudienceRule(
        to=step.to,
        only=step.only,
        unless=step.unless,
        target=step.target.within(campaign.slug),
        on=step.on,
        # People who hold an accreditation must learn that the day is off, moved or not.
        cancels=kind in {CampaignKind.CANCELLATION, CampaignKind.POSTPONEMENT},
    )


@dataclass(frozen=True, slots=True)
class Mailing:
    """One step of a launched campaign. Its variants never change.

    `due_at` and `expires_at` are aware UTC; `local_time` and `time_zone` keep the schedule they
    were computed from. After `expires_at` the mailing is `missed` and never sent.
    """

    id: MailingId
    campaign: str
    step: str
    rule: AudienceRule
    due_at: datetime
    expires_at: datetime
    local_time: str
    time_zone: str
    fingerprint: str
    """The hash that was signed off."""
    letterhead: Letterhead
    variants: Mapping[VariantKey, CompiledMessage]
    default_language: str
    state: MailingState = MailingState.SCHEDULED
    started_at: datetime | None = None
    note: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What the folder said of the step at the launch (`since_launch`); empty in old ledgers."""
    provider: str = ""
    """The provider by which it leaves, as configured at the launch; empty for any."""
    version: int = 1
    """Of the campaign: the launch is version 1, each correction, move or cancellation the next."""


@dataclass(frozen=True, slots=True)
class MailingSummary:
    """A mailing without its letterhead and its compiled messages, which are large.

    `audience` counts the people it began with; None until then.
    """

    id: MailingId
    campaign: str
    step: str
    rule: AudienceRule
    due_at: datetime
    expires_at: datetime
    local_time: str
    time_zone: str
    state: MailingState
    started_at: datetime | None
    note: str
    audience: int | None
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)
    provider: str = ""
    version: int = 1

    @property
    def has_started(self) -> bool:
        """Return whether its audience was selected. A paused mailing may not have started."""
        return self.started_at is not None

    @property
    def late_by(self) -> timedelta | None:
        """By how much it began late; None when it was in time, or has not begun."""
        late = self.started_at - self.due_at if self.started_at else timedelta()
        return late if late >= LATE_AFTER else None


@dataclass(frozen=True, slots=True)
class SignOff:
    """A person's approval of one exact version, or refusal of it where `refused_because` is not
    empty.
    """

    campaign: str
    fingerprint: str
    by: str
    at: datetime
    person: str = ""
    """The id of who signed; empty where the workspace names nobody."""
    revision: int = 0
    """The number of the campaign's revision that was signed; 0 where it is not known."""
    refused_because: str = ""

    @property
    def signatory(self) -> str:
        """Who signed, as signatures are counted: by id, so that a new name is no new person."""
        return self.person or self.by
