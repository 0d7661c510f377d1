"""A campaign ready to be looked at: planned, compiled, its audiences resolved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailer.errors import Problem
    from mailer.model.audience import Audience
    from mailer.model.campaign import Campaign, Step, VariantKey
    from mailer.model.contact import Contact, ContactSummary
    from mailer.model.mailing import AudienceRule, SignOff
    from mailer.model.message import CompiledMessage, Letterhead, Message
    from mailer.model.office import Office
    from mailer.model.similar import DuplicateMailing


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """When a step leaves and for whom: the rule that is signed off.

    `due_at` and `expires_at` are UTC, `local` is `due_at` in the campaign's zone.
    `moved_from` is the day first meant, when a weekend or holiday moved it.
    """

    step: Step
    rule: AudienceRule
    local: datetime
    due_at: datetime
    expires_at: datetime
    moved_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What checks judge, people preview and sign off, and a launch freezes.

    `fingerprint` (SHA-256, hex) covers every compiled message, the timetable, the audience
    rules and the letterhead: change one character and it is another draft.
    """

    campaign: Campaign
    office: Office
    letterhead: Letterhead
    plan: tuple[PlannedStep, ...]
    messages: Mapping[tuple[str, VariantKey], CompiledMessage]
    audiences: Mapping[str, Audience[ContactSummary | Contact]]
    now: datetime
    fingerprint: str = ""
    sign_offs: tuple[SignOff, ...] = field(default=())
    sent_before: tuple[DuplicateMailing, ...] = field(default=())
    problems: tuple[Problem, ...] = field(default=())
    """What kept a version from being compiled."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One message to look at: a step, its version, and somebody who would receive it."""

    step: str
    variant: VariantKey
    message: Message
