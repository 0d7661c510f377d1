"""What a campaign folder says: the facts once, and the steps that use them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime, time

    from mailer.model.address import Address


class CampaignKind(StrEnum):
    """The nature of the document."""

    PRESS_RELEASE = "press-release"
    ADVISORY = "advisory"
    SAVE_THE_DATE = "save-the-date"
    PRESS_KIT = "press-kit"
    CORRECTION = "correction"
    POSTPONEMENT = "postponement"
    CANCELLATION = "cancellation"


@dataclass(frozen=True, slots=True)
class Event:
    """What we invite to. Instants are aware, in the campaign's time zone.

    A date without an hour (a save-the-date may have none) is the beginning of that day
    with `has_hour` false.
    """

    name: str
    starts_at: datetime | None = None
    has_hour: bool = True
    ends_at: datetime | None = None
    theme: str = ""
    venue: str = ""
    address: str = ""
    access: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language → field → wording, from `[event.en]` and its like."""


@dataclass(frozen=True, slots=True)
class AccreditationRules:
    """Leave to attend: whether it must be asked, until when, of whom.

    The quotas `per_outlet` and `total` are not enforced yet; a check refuses them.
    """

    required: bool = False
    deadline: datetime | None = None
    addresses: tuple[Address, ...] = ()
    per_outlet: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Embargo:
    """Before this instant, do not publish."""

    until: datetime


@dataclass(frozen=True, slots=True)
class PressContact:
    """The named person a journalist can call."""

    name: str
    address: Address | None = None
    phone: str = ""
    role: str = ""
    organisation: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Partner:
    """An institution that signs with us, in the order of the file."""

    name: str
    role: str = ""
    url: str = ""
    logo: str = ""
    """An image of the campaign folder; logos stand in the order of the partners."""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Link:
    """A labelled link of the « pour en savoir plus » or press-room block."""

    label: str
    url: str
    group: str = "more"
    """`more` (pour en savoir plus) or `press-room` (salle de presse)."""
    line: int = 0
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file sent with the message; `path` is relative to the campaign folder."""

    path: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A fact announced wrongly, or changed since: what it was, and what it is now.

    `what` is one of `CORRECTABLE`, whose label and new value are known in every language,
    or a label of the author's own with a `new` value. An `old` date or instant is said in the
    language of each version, an instant in the campaign's time zone.
    """

    what: str
    old: str | date
    new: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)


CORRECTABLE = ("date", "time", "place", "access", "deadline")
"""Facts that a correction can name: those of the event, and the deadline for accreditation."""


@dataclass(frozen=True, slots=True)
class CalendarOffset:
    """`J-5 09:30`: that many days from the event's local date, at a local time of day.

    `working` counts working days only (`J-2 working 09:30`).
    """

    days: int
    at: time
    working: bool = False


@dataclass(frozen=True, slots=True)
class FixedTime:
    """An absolute local time, aware."""

    at: datetime


SendRule = CalendarOffset | FixedTime


@dataclass(frozen=True, slots=True, order=True)
class VariantKey:
    """Which version of a step: for which list (empty: any) and in which language."""

    list: str
    language: str

    def __str__(self) -> str:
        return ".".join(part for part in (self.list, self.language) if part)


@dataclass(frozen=True, slots=True)
class Content:
    """One Markdown file of a step. `line` is where its text starts, after any front matter."""

    file: str
    text: str
    line: int = 1
    subject: str = ""
    preheader: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One planned mailing. `to` is in order of priority: the first list a contact is on wins.

    `template` is the page of the campaign's template it is written on; without one, the
    page that bears the name of its kind or of its id.
    `only` and `unless` name accreditation states. `contents` holds the version for each
    variant that has a file; `("", campaign language)` is the fallback.
    """

    id: str
    send: SendRule
    to: tuple[str, ...]
    subject: str
    preheader: str = ""
    kind: CampaignKind | None = None
    template: str = ""
    unless: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    fixed: bool = False
    """Never moved off a weekend or holiday (`fixed = true`)."""
    reason: str = ""
    """Why a further reminder is justified, for whoever signs off."""
    calendar: bool = False
    """Whether a calendar file of the event travels with it (`calendar = true`)."""
    contents: Mapping[VariantKey, Content] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True)
class Campaign:
    """A folder about one subject, read and valid in form; checks judge its substance.

    `place` is the dateline's city. `lines` tells where in `campaign.toml` a key stands
    (`"event.starts_at" → 12`), for findings. `files` holds the images and attachments that
    the folder's texts name, by path relative to the folder. With `images_url` images are
    not embedded: that address and an image's path say where it is online.
    """

    slug: str
    title: str
    kind: CampaignKind
    language: str
    time_zone: str
    file: str = "campaign.toml"
    place: str = ""
    template: str = "press"
    theme: str = ""
    images_url: str = ""
    event: Event | None = None
    accreditation: AccreditationRules = field(default_factory=AccreditationRules)
    embargo: Embargo | None = None
    press_contacts: tuple[PressContact, ...] = ()
    partners: tuple[Partner, ...] = ()
    links: tuple[Link, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    corrections: tuple[Correction, ...] = ()
    steps: tuple[Step, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
