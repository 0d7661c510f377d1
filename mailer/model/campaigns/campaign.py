"""A campaign folder as values: the campaign's data, written once, and the steps that use it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.model.campaigns.press_lists import is_of_press
from mailer.model.campaigns.target import EVERYBODY, Target

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime, time

    from mailer.model.address import Address
    from mailer.model.campaigns.fact_to_confirm import FactToConfirm
    from mailer.model.campaigns.release import PressRoomRules
    from mailer.model.campaigns.typography_rules import TypographyRules


class CampaignKind(StrEnum):
    """The nature of the document."""

    PRESS_RELEASE = "press-release"
    ADVISORY = "advisory"
    SAVE_THE_DATE = "save-the-date"
    PRESS_KIT = "press-kit"
    FOLLOW_UP = "follow-up"
    CORRECTION = "correction"
    POSTPONEMENT = "postponement"
    CANCELLATION = "cancellation"


@dataclass(frozen=True, slots=True)
class Event:
    """The event we invite to. Instants are aware, in the campaign's time zone.

    A date without an hour (a save-the-date may have none) is the start of that day,
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
    """Language → field → translated text, from tables such as `[event.en]`."""


class QueueOrder(StrEnum):
    """Who gets a place that becomes free, when it is too small for the first of the waiting list."""

    STRICT = "strict"
    """Nobody, until there is room for the first: a request for two is not passed over."""
    NEXT_THAT_FITS = "next-that-fits"


class WhoAccepts(StrEnum):
    """Who accepts a request for which there is room."""

    AUTOMATIC = "automatic"
    """The program, for a person who was invited."""
    BY_HAND = "by-hand"
    """The office, each one."""


@dataclass(frozen=True, slots=True)
class AccreditationRules:
    """Whether accreditation is required, its deadline, the addresses to ask, and the places.

    `total` and `per_outlet` count people; without a number there is no limit. A person who was
    promoted from the waiting list has `confirm_within_hours` to confirm, if that is set. Nobody is
    promoted after `promote_until`, by default the beginning of the event.
    """

    required: bool = False
    deadline: datetime | None = None
    addresses: tuple[Address, ...] = ()
    per_outlet: int | None = None
    total: int | None = None
    order: QueueOrder = QueueOrder.STRICT
    accept: WhoAccepts = WhoAccepts.AUTOMATIC
    confirm_within_hours: int | None = None
    promote_until: datetime | None = None
    deadline_proposed: bool = False
    """Whether the program proposed the deadline and nobody has confirmed it."""
    keep_cards_days: int = 30
    """How many days after the event the numbers of press cards are kept."""

    @property
    def has_quota(self) -> bool:
        return self.total is not None or self.per_outlet is not None


@dataclass(frozen=True, slots=True)
class Embargo:
    """The instant before which nothing may be published."""

    until: datetime
    second_zone: str = ""
    """Another time zone in which the hour is given, for readers abroad; empty for none."""


@dataclass(frozen=True, slots=True)
class PressContact:
    """The named person a journalist can call."""

    name: str
    address: Address | None = None
    phone: str = ""
    role: str = ""
    organisation: str = ""
    mobile: str = ""
    """Where this person is reached on the day of the event."""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)


class PartnerTier(StrEnum):
    """As what an institution stands in a letter."""

    ORGANISER = "organiser"
    PARTNER = "partner"
    PATRONAGE = "patronage"
    MEDIA = "media"


class PartnerSigns(StrEnum):
    """What an institution signs off before the launch."""

    NOTHING = ""
    PASSAGES = "passages"
    """Its name, its mark, its contacts, and what the texts say in its name."""
    VERSION = "version"
    """Everything, as the office does."""


@dataclass(frozen=True, slots=True)
class Partner:
    """An institution that signs with us, in the order of the file."""

    name: str
    role: str = ""
    url: str = ""
    logo: str = ""
    """An image of the campaign folder; logos are shown in the order of the partners."""
    tier: PartnerTier = PartnerTier.PARTNER
    """With one to three organisers beside the office, the header bears the marks of all."""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    people: tuple[str, ...] = ()
    """The ids of those at this institution who see the campaign at the desk, as partners."""
    signs: PartnerSigns = PartnerSigns.NOTHING
    """What one of these people has signed off before the campaign is launched."""


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
    is_public: bool = False
    """Whether the press room offers it beside a text that is public."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A value that was announced wrongly or has changed since: the old value and the new one.

    `what` is one of `CORRECTABLE`, whose label and new value are known in every language, or a
    label chosen by the author together with a `new` value. An `old` date or instant is formatted in
    the language of each variant, an instant in the campaign's time zone.
    """

    what: str
    old: str | date
    new: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)


CORRECTABLE = ("date", "time", "place", "access", "deadline", "name", "contact")
"""Values that a correction can name: those of the event, the accreditation deadline, and the first
press contact."""


@dataclass(frozen=True, slots=True)
class FormerFacts:
    """What was announced before: the old values of corrections that name only their kind."""

    event: Event | None = None
    deadline: datetime | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """What keeps the event one entry in every calendar, from its first file to its cancellation.

    `uid` and `organizer` (an address, or empty) never change; `sequence` grows with each change.
    """

    uid: str
    organizer: str
    sequence: int = 0
    is_published: bool = True
    """Whether it went to everybody. Otherwise only invited people have it, and get what follows."""


@dataclass(frozen=True, slots=True)
class CalendarOffset:
    """`J-5 09:30`: a number of days relative to the event's local date, at a local time of day.

    With `working`, only working days count (`J-2 working 09:30`).
    """

    days: int
    at: time
    working: bool = False


@dataclass(frozen=True, slots=True)
class FixedTime:
    """An absolute, aware local time."""

    at: datetime


SendRule = CalendarOffset | FixedTime


ACCREDITED_READERS = "accredited"
"""The last word of a variant for accredited readers, after the sign @ (`@accredited`)."""


@dataclass(frozen=True, slots=True, order=True)
class VariantKey:
    """Identifies a variant of a step: its list (empty for any list) and its language.

    A correction tells its readers apart further: `press@2-accredited` is for those of the list
    `press` who hold version 2 and are accredited. No name of a list has this sign.
    """

    list: str
    language: str

    @property
    def named_list(self) -> str:
        """The list alone, empty for any list."""
        return self.list.partition("@")[0]

    @property
    def version(self) -> int:
        """The version that its readers hold; 0 when that is not told apart."""
        number = self.list.partition("@")[2].partition("-")[0]
        return int(number) if number.isdecimal() else 0

    @property
    def is_for_accredited(self) -> bool:
        """Whether every reader has an accreditation."""
        return self.list.endswith(ACCREDITED_READERS)

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
    heading: str = ""
    """The file of its subject and preheader, if that is not the one of its text."""

    @property
    def heading_file(self) -> str:
        return self.heading or self.file

    @property
    def says_how_soon(self) -> bool:
        return _names_soon(self.subject, self.preheader, self.text)


@dataclass(frozen=True, slots=True)
class Step:
    """One planned mailing. `to` is in order of priority: the first list that has a contact wins.

    `template` names the page of the campaign's template to use; without it, the page named after
    the step's kind or id. `only` and `unless` name accreditation states. `contents` holds the
    content of each variant that has a file; `("", campaign language)` is the fallback.
    """

    id: str
    send: SendRule | None
    """When it leaves; None for a step that an answer triggers."""
    to: tuple[str, ...]
    subject: str
    preheader: str = ""
    kind: CampaignKind | None = None
    template: str = ""
    unless: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    target: Target = EVERYBODY
    """Who among the people of the lists is meant."""
    on: str = ""
    """The accreditation state that triggers it (`on = "accepted"`): whoever reaches the state gets
    it, once for each answer. `only` has the same state then."""
    fixed: bool = False
    """Never moved from a weekend or holiday to a working day (`fixed = true`)."""
    reason: str = ""
    """Why a further reminder is justified, shown to the person who signs off."""
    calendar: bool = False
    """Whether an iCalendar file of the event is attached (`calendar = true`)."""
    contents: Mapping[VariantKey, Content] = field(default_factory=dict)
    line: int = 0

    @property
    def says_how_soon(self) -> bool:
        """Return whether a text names `event.soon`, which is true on the day it leaves only."""
        return _names_soon(self.subject, self.preheader) or any(
            each.says_how_soon for each in self.contents.values()
        )


def _names_soon(*texts: str) -> bool:
    return any("event.soon" in text for text in texts)


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign folder that was read and is formally valid; checks examine its content.

    `place` is the city of the dateline. `lines` gives the line in `campaign.toml` of each key
    (`"event.starts_at" → 12`), for findings. `files` holds the images and attachments that the
    folder's texts name, by path relative to the folder. With `images_url` images are not embedded:
    that base URL and an image's path say where it is online.
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
    typography: TypographyRules | None = None
    short_names: tuple[str, ...] = ()
    """Short forms of official names that texts may use."""
    images_url: str = ""
    event: Event | None = None
    accreditation: AccreditationRules = field(default_factory=AccreditationRules)
    embargo: Embargo | None = None
    press_contacts: tuple[PressContact, ...] = ()
    partners: tuple[Partner, ...] = ()
    links: tuple[Link, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    press_room: PressRoomRules | None = None
    """What the press room shows of it, and from when on; None for nothing."""
    corrections: tuple[Correction, ...] = ()
    former: FormerFacts | None = None
    """What was announced before, for a correction made by the program."""
    entry: CalendarEntry | None = None
    """The calendar entry that was sent before; None for a campaign of which nothing left."""
    steps: tuple[Step, ...] = ()
    to_confirm: tuple[FactToConfirm, ...] = ()
    """Facts that were read in a document and that nobody has confirmed."""
    lines: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)

    def typography_of(self, language: str) -> str:
        """Return the language tag whose typographic rules a text gets; empty for none."""
        return self.typography.tag_for(language) if self.typography else language


def announcement_of(steps: tuple[Step, ...]) -> Step:
    """Return the first step that tells the press something, otherwise the first step."""
    asked = (step for step in steps if not (step.on or step.only))
    return next((step for step in asked if any(map(is_of_press, step.to))), steps[0])
