"""A draft: a campaign with its plan, its compiled messages and its resolved audiences."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailer.errors import Problem
    from mailer.model.campaigns.audience import Audience
    from mailer.model.campaigns.campaign import Campaign, Step, VariantKey
    from mailer.model.campaigns.office import Office
    from mailer.model.campaigns.target import UnknownTarget
    from mailer.model.campaigns.text_in_picture import TextInPicture
    from mailer.model.campaigns.theme import WeakContrast
    from mailer.model.contacts.contact import Contact, ContactSummary
    from mailer.model.drafts.accepted_finding import AcceptedFinding
    from mailer.model.drafts.revision import Revision
    from mailer.model.mailings.mailing import AudienceRule, MailingSummary, SignOff
    from mailer.model.mailings.message import CompiledMessage, Letterhead, Message
    from mailer.model.mailings.similar import DuplicateMailing
    from mailer.model.mailings.since_launch import SinceLaunch
    from mailer.model.team.person import Person


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """The time and the audience rule of a step, as they are signed off.

    `due_at` and `expires_at` are UTC, `local` is `due_at` in the campaign's zone.
    `moved_from` is the time before a weekend or holiday moved it, or None.
    """

    step: Step
    rule: AudienceRule
    local: datetime
    due_at: datetime
    expires_at: datetime
    moved_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class SlotConflict:
    """A step and a mailing of another campaign that reach `count` of the same people within a day."""

    step: str
    mailing: MailingSummary
    at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class AudienceSinceSigned:
    """How the audience of a step differs from the `signed` people of its last sign-off, in counts."""

    step: str
    signed: int
    gained: int
    lost: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A compiled campaign: checks read it, people preview and sign it off, and a launch freezes it.

    `fingerprint` (SHA-256, hex) covers every compiled message, the timetable, the audience
    rules and the letterhead: a draft with one changed character has another fingerprint.
    """

    campaign: Campaign
    office: Office
    letterhead: Letterhead
    plan: tuple[PlannedStep, ...]
    messages: Mapping[tuple[str, VariantKey], CompiledMessage]
    audiences: Mapping[str, Audience[ContactSummary | Contact]]
    now: datetime
    fingerprint: str = ""
    decisions: tuple[SignOff, ...] = ()
    """All sign-offs and refusals of the campaign, of whatever version, the oldest first."""
    sign_offs: tuple[SignOff, ...] = field(default=())
    refusals: tuple[SignOff, ...] = ()
    """Who refused to sign this version, and has not signed it since."""
    audiences_since_signed: tuple[AudienceSinceSigned, ...] = ()
    """The steps whose people are others than when this version was signed off."""
    signatories: tuple[Person, ...] = field(default=())
    """Whose sign-offs count; empty where the workspace names nobody, and any name signs."""
    partner_people: tuple[Person, ...] = ()
    """The people of other institutions, disabled people included. They sign off beside the office
    and never in its place."""
    partner_sign_offs: tuple[SignOff, ...] = ()
    """What they have signed. It is not among `sign_offs`."""
    head: Revision | None = None
    """The newest revision of its files; None when none is known."""
    last_edit: Revision | None = None
    """The newest revision that a person saved; None when files were only changed in the folder."""
    outside_allow_list: int = 0
    """How many of the people may not be written to, because production is switched off."""
    provider: str = ""
    """The provider by which its mailings will leave; empty for any."""
    mailings: tuple[MailingSummary, ...] = ()
    """What was launched of this campaign, in the order of departure."""
    since_launch: SinceLaunch | None = None
    """The launch of this campaign, and what its folder says otherwise since; None before it."""
    sent_before: tuple[DuplicateMailing, ...] = field(default=())
    unknown_targets: tuple[UnknownTarget, ...] = field(default=())
    """Words of its targets that mean nobody."""
    slot_conflicts: tuple[SlotConflict, ...] = field(default=())
    event_conflicts: tuple[str, ...] = field(default=())
    """Other launched campaigns whose event is on the same day."""
    problems: tuple[Problem, ...] = field(default=())
    """The problems of the versions that could not be compiled."""
    weak_contrasts: tuple[WeakContrast, ...] = field(default=())
    """The colours of its theme that are hard to read."""
    template_files: Mapping[str, str] = field(default_factory=dict)
    """The texts of its template by path below `templates/`."""
    text_in_pictures: Mapping[str, TextInPicture] = field(default_factory=dict)
    """How much text its pictures show, by path in its folder; logos and attachments apart."""
    accepted: tuple[AcceptedFinding, ...] = ()
    """The findings that somebody accepted, whether or not they are still found."""

    @property
    def scheduled(self) -> tuple[PlannedStep, ...]:
        """The steps that leave at an hour; the others leave when somebody answers."""
        return tuple(planned for planned in self.plan if not planned.step.on)


@dataclass(frozen=True, slots=True)
class CompiledVersion:
    """One version of one step, compiled alone. `campaign` has no files."""

    campaign: Campaign
    planned: PlannedStep
    variant: VariantKey
    message: CompiledMessage


@dataclass(frozen=True, slots=True)
class Sample:
    """The message that one recipient of a step would receive, for a preview."""

    step: str
    variant: VariantKey
    message: Message
