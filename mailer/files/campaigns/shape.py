"""The shape of `campaign.toml`: its tables and keys, and the check of each value."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PlainValidator

from mailer.calendar.timetable import parse_moment, parse_send_rule
from mailer.errors import Unreadable
from mailer.files.toml.values import AddressText, Filled, Language, ListName, Phone, Slug, Zone
from mailer.model.campaigns.campaign import (
    CampaignKind,
    FixedTime,
    PartnerTier,
    QueueOrder,
    WhoAccepts,
)
from mailer.model.campaigns.typography_rules import TypographyRules
from mailer.model.team.person import name_key
from mailer.wording import _

_YEARS = range(1900, 2200)


def _folder(text: str) -> str:
    if text and not re.fullmatch(r"https://[^\s/?#]+(/[^\s?#]*)?", text):
        raise Unreadable(_("“{text}” is not an address that begins with https://.", text=text))
    return text if text.endswith("/") or not text else f"{text}/"


def _moment(value: object) -> date:
    """Parse a date, or a date and hour: TOML's own type, or a text (`2017-12-09 09:30`)."""
    if isinstance(value, date):
        return _plausible(value)
    if not isinstance(value, str):
        raise Unreadable(_("A date is expected here: write 2017-12-09 09:30 between quotes."))
    return _plausible(parse_moment(value))


def _plausible(moment: date) -> date:
    """Return `moment` if its year can be meant. At the ends of the calendar no zone can be applied."""
    if moment.year not in _YEARS:
        raise Unreadable(
            _(
                "The year {year} cannot be meant: write one between {first} and {last}.",
                year=moment.year,
                first=_YEARS.start,
                last=_YEARS.stop - 1,
            )
        )
    return moment


def _instant(value: object) -> datetime:
    moment = _moment(value)
    if not isinstance(moment, datetime):
        raise Unreadable(
            _("The hour is missing: write for instance {example}.", example=f"{moment} 12:00")
        )
    return moment


def _rule(value: object) -> str | datetime:
    """Check a send rule, and keep it as written until the time zone is known."""
    if isinstance(value, str):
        rule = parse_send_rule(value, zone="UTC")
        if isinstance(rule, FixedTime):
            _plausible(rule.at)
        return value
    return _instant(value)


def _word(text: str) -> str:
    if not name_key(text):
        raise Unreadable(_("An empty text would leave everybody out."))
    return text.strip()


def _step_name(text: str) -> str:
    """Check the name of a step: `announcement`, or `2026-03-meeting/announcement`."""
    if not re.fullmatch(r"(?:[\w.-]+/)?[\w-]+", text):
        raise Unreadable(
            _(
                "“{text}” is no step: write announcement, or its campaign before it,"
                " 2026-03-meeting/announcement.",
                text=text,
            )
        )
    return text


def _text_or_date(value: object) -> str | date:
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return _plausible(value)
    raise Unreadable(_("A text between quotes, or a date, is expected here."))


Folder = Annotated[str, AfterValidator(_folder)]

Moment = Annotated[date, PlainValidator(_moment)]
Was = Annotated[str | date, PlainValidator(_text_or_date)]
Instant = Annotated[datetime, PlainValidator(_instant)]
Rule = Annotated[str | datetime, PlainValidator(_rule)]
Word = Annotated[str, AfterValidator(_word)]
StepName = Annotated[str, AfterValidator(_step_name)]
State = Literal["accredited", "accepted", "asked", "waiting", "refused", "declined", "attended"]
Answer = Literal["asked", "accepted", "waiting", "refused", "declined"]
Count = Annotated[int, Field(ge=0)]
AtLeastOne = Annotated[int, Field(ge=1)]


@dataclass(frozen=True, slots=True)
class EventTable:
    """`[event]`, without its translations."""

    name: Filled
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    theme: str = ""
    venue: str = ""
    address: str = ""
    access: str = ""


@dataclass(frozen=True, slots=True)
class AccreditationTable:
    """`[accreditation]`; the deadline may count from the event (`J-1 12:00`)."""

    required: bool = False
    deadline: Rule | None = None
    deadline_proposed: bool = False
    addresses: tuple[AddressText, ...] = ()
    per_outlet: AtLeastOne | None = None
    total: Count | None = None
    order: QueueOrder = QueueOrder.STRICT
    accept: WhoAccepts = WhoAccepts.AUTOMATIC
    confirm_within_hours: AtLeastOne | None = None
    promote_until: Rule | None = None
    keep_cards_days: Count = 30


@dataclass(frozen=True, slots=True)
class EmbargoTable:
    """`[embargo]`."""

    until: Instant
    second_zone: Zone = ""


@dataclass(frozen=True, slots=True)
class PressRoomTable:
    """`[press_room]`: whether the text is public, from when on, and that of which step."""

    public: bool = False
    since: Instant | None = None
    step: Slug = ""


@dataclass(frozen=True, slots=True)
class PressContactTable:
    """One `[[press_contacts]]`."""

    name: Filled
    email: AddressText | None = None
    phone: Phone = ""
    role: str = ""
    organisation: str = ""
    mobile: Phone = ""


@dataclass(frozen=True, slots=True)
class PartnerTable:
    """One `[[partners]]`."""

    name: Filled
    role: str = ""
    url: str = ""
    logo: Filled = ""
    tier: PartnerTier = PartnerTier.PARTNER
    people: tuple[Filled, ...] = ()
    signs: Literal[False, True, "passages", "version"] = False


@dataclass(frozen=True, slots=True)
class LinkTable:
    """One `[[links]]`."""

    label: Filled
    url: str
    group: Literal["more", "press-room"] = "more"


@dataclass(frozen=True, slots=True)
class AttachmentTable:
    """One `[[attachments]]`."""

    path: str
    label: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True)
class CorrectionTable:
    """One `[[corrections]]`; `old` is a text, or a date, which each language formats."""

    what: str
    old: Was
    new: str = ""


@dataclass(frozen=True, slots=True)
class StepTable:
    """One `[[steps]]`. `content` is the name of its texts; without it, the step's `id`."""

    id: Slug
    to: tuple[ListName, ...]
    send: Rule | None = None
    on: Answer | None = None
    content: Slug = ""
    subject: str = ""
    preheader: str = ""
    kind: CampaignKind | None = None
    template: Slug = ""
    unless: tuple[State, ...] = ()
    only: tuple[State, ...] = ()
    outlets: tuple[Word, ...] = ()
    beats: tuple[Word, ...] = ()
    regions: tuple[Word, ...] = ()
    media: tuple[Word, ...] = ()
    languages: tuple[Language, ...] = ()
    exclude: tuple[ListName, ...] = ()
    received: tuple[StepName, ...] = ()
    not_received: tuple[StepName, ...] = ()
    most_per_week: Annotated[int, Field(ge=0)] = 0
    fixed: bool = False
    reason: str = ""
    calendar: bool = False


@dataclass(frozen=True, slots=True)
class CampaignTable:
    """The whole file."""

    title: Filled
    kind: CampaignKind
    steps: tuple[StepTable, ...]
    language: Language = ""
    time_zone: Zone = ""
    place: str = ""
    template: Slug = "press"
    theme: Slug = ""
    typography: TypographyRules | None = None
    short_names: tuple[Filled, ...] = ()
    images_url: Folder = ""
    event: EventTable | None = None
    accreditation: AccreditationTable = AccreditationTable()
    embargo: EmbargoTable | None = None
    press_room: PressRoomTable = PressRoomTable()
    press_contacts: tuple[PressContactTable, ...] = ()
    partners: tuple[PartnerTable, ...] = ()
    links: tuple[LinkTable, ...] = ()
    attachments: tuple[AttachmentTable, ...] = ()
    corrections: tuple[CorrectionTable, ...] = ()
