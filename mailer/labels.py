"""The names that states, kinds and reasons have on a screen."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from mailer.model.accreditations.accreditation import AccreditationState, WaitReason
from mailer.model.campaigns.audience import ExclusionReason
from mailer.model.campaigns.campaign import CampaignKind
from mailer.model.contacts.call import CallOutcome
from mailer.model.contacts.personal_data import RecordKind
from mailer.model.contacts.retention import PurgedKind
from mailer.model.contacts.suppression import SuppressionReason
from mailer.model.drafts.finding import Severity
from mailer.model.feedback.reply import ReplySort
from mailer.model.feedback.unknown_mail import MailOutcome
from mailer.model.mailings.amendment import AmendmentKind
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.model.mailings.mailing import MailingState
from mailer.model.mailings.progress import Task
from mailer.model.mailings.since_launch import FACT_NAMES
from mailer.model.press_room.office_calendar import DayOff, EntryKind
from mailer.model.service.service_role import ServiceRole
from mailer.wording import Quoted, Text, _, from_note

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta
    from enum import StrEnum

    from mailer.model.mailings.since_launch import FactChange
    from mailer.model.press_room.office_calendar import Clash, OfficeEntry
    from mailer.model.service.service_process import ServiceProcess

# One table for each type: two StrEnums with the same value are equal, and collide in one dict.
_NAMES: Mapping[type[StrEnum], Mapping[StrEnum, Text]] = {
    AccreditationState: {
        AccreditationState.ASKED: _("accreditation asked for"),
        AccreditationState.ACCEPTED: _("accredited"),
        AccreditationState.WAITING: _("on the waiting list"),
        AccreditationState.REFUSED: _("refused by the office"),
        AccreditationState.DECLINED: _("will not come"),
        AccreditationState.ATTENDED: _("attended"),
    },
    ServiceRole: {
        ServiceRole.SEND: _("sends"),
        ServiceRole.LISTEN: _("reads what comes back"),
        ServiceRole.CLOCK: _("starts what is due"),
        ServiceRole.WATCH: _("tells the team"),
    },
    ReplySort: {
        ReplySort.REQUEST: _("asks to come"),
        ReplySort.REFUSAL: _("will not come"),
        ReplySort.OPPOSITION: _("wants no more mail"),
        ReplySort.ABSENCE: _("is away"),
        ReplySort.OTHER: _("to be read"),
    },
    MailOutcome: {
        MailOutcome.NOTHING: _("nothing follows"),
        MailOutcome.BAR: _("wants no more mail"),
        MailOutcome.COMES: _("comes"),
        MailOutcome.DECLINES: _("will not come"),
    },
    RecordKind: {
        RecordKind.CONTACT: _("entries of the directory"),
        RecordKind.SUPPRESSION: _("refusals"),
        RecordKind.ACCREDITATION: _("answers to invitations"),
        RecordKind.REGISTER_CHANGE: _("changes of these answers"),
        RecordKind.PARTNER_REQUEST: _("requests of partners for the person"),
        RecordKind.CALL: _("telephone calls"),
        RecordKind.MESSAGE: _("messages"),
        RecordKind.RETURNED: _("bounces and replies"),
        RecordKind.LEFT_OUT: _("mailings that left the person out"),
        RecordKind.JOURNAL: _("lines of the journal"),
    },
    PurgedKind: {
        PurgedKind.CARD_NUMBER: _("numbers of press cards"),
        PurgedKind.EXPORTED_FILE: _("exported files that wait to be fetched"),
    },
    CallOutcome: {
        CallOutcome.REACHED: _("reached"),
        CallOutcome.COMING: _("will come"),
        CallOutcome.NOT_COMING: _("will not come"),
        CallOutcome.LATER: _("to be called again"),
        CallOutcome.NO_ANSWER: _("no answer"),
        CallOutcome.WRONG_NUMBER: _("wrong number"),
    },
    WaitReason: {
        WaitReason.OUTLET_FULL: _("their outlet has all its places"),
        WaitReason.NO_ROOM: _("there is not enough room"),
        WaitReason.BEHIND: _("somebody before them needs more places"),
        WaitReason.LAPSED: _("they let a place pass"),
        WaitReason.LATE: _("they asked after the deadline"),
        WaitReason.CLOSED: _("promoted by hand only"),
    },
    EntryKind: {
        EntryKind.STEP: _("mailing"),
        EntryKind.EVENT: _("event"),
        EntryKind.DEADLINE: _("accreditation deadline"),
        EntryKind.EMBARGO: _("end of the embargo"),
    },
    DayOff: {
        DayOff.WEEKEND: _("weekend"),
        DayOff.PUBLIC_HOLIDAY: _("public holiday"),
    },
    CampaignKind: {
        CampaignKind.PRESS_RELEASE: _("press release"),
        CampaignKind.ADVISORY: _("media advisory"),
        CampaignKind.SAVE_THE_DATE: _("save the date"),
        CampaignKind.PRESS_KIT: _("press kit"),
        CampaignKind.FOLLOW_UP: _("follow-up"),
        CampaignKind.CORRECTION: _("correction"),
        CampaignKind.POSTPONEMENT: _("postponement"),
        CampaignKind.CANCELLATION: _("cancellation"),
    },
    AmendmentKind: {
        AmendmentKind.CORRECTION: _("correction"),
        AmendmentKind.MOVE: _("postponement"),
        AmendmentKind.CANCELLATION: _("cancellation"),
        AmendmentKind.FOLLOW_UP: _("follow-up"),
    },
    DeliveryStatus: {
        DeliveryStatus.PENDING: _("to be sent"),
        DeliveryStatus.SENDING: _("being sent"),
        DeliveryStatus.DEFERRED: _("deferred, to be tried again"),
        DeliveryStatus.UNCERTAIN: _("uncertain"),
        DeliveryStatus.ACCEPTED: _("handed over"),
        DeliveryStatus.DELIVERED: _("delivered"),
        DeliveryStatus.BOUNCED: _("bounced"),
        DeliveryStatus.COMPLAINED: _("reported as spam"),
        DeliveryStatus.CANCELLED: _("cancelled before sending"),
        DeliveryStatus.SUPPRESSED: _("suppressed before sending"),
        DeliveryStatus.REJECTED: _("refused"),
    },
    ExclusionReason: {
        ExclusionReason.SUPPRESSED: _("address suppressed"),
        ExclusionReason.ACCREDITED: _("already accredited"),
        ExclusionReason.DECLINED: _("will not come"),
        ExclusionReason.NOT_ACCREDITED: _("not accredited"),
        ExclusionReason.SAME_PERSON: _("same person, already counted"),
        ExclusionReason.NO_VARIANT: _("no version in their language"),
        ExclusionReason.OTHER_OUTLET: _("another outlet than those asked"),
        ExclusionReason.OTHER_BEAT: _("another beat than those asked"),
        ExclusionReason.OTHER_REGION: _("another region than those asked"),
        ExclusionReason.OTHER_MEDIA: _("another kind of media than those asked"),
        ExclusionReason.OTHER_LANGUAGE: _("another language than those asked"),
        ExclusionReason.EXCLUDED_LIST: _("on a list that is left out"),
        ExclusionReason.NOT_RECEIVED: _("has not received what it follows"),
        ExclusionReason.HAS_RECEIVED: _("has received it, or what excludes it"),
        ExclusionReason.OFTEN_CONTACTED: _("written to too often this week"),
        ExclusionReason.PERHAPS_ANSWERED: _("may have answered: to decide"),
    },
    MailingState: {
        MailingState.SCHEDULED: _("scheduled"),
        MailingState.ACTIVE: _("being sent"),
        MailingState.PAUSED: _("paused"),
        MailingState.DONE: _("done"),
        MailingState.MISSED: _("missed: too late to be useful"),
        MailingState.CANCELLED: _("cancelled"),
    },
    Task: {
        Task.SENDING: _("The sending"),
        Task.POSTS: _("Reading what the provider posted"),
        Task.MAILBOX: _("Reading the mailbox"),
        Task.PROVIDER_LISTS: _("Reading the provider’s lists"),
        Task.EVENTS: _("Judging what came back"),
        Task.NOTICES: _("Notifying the team"),
        Task.BACKUP: _("The backup"),
        Task.PRESS_ROOM: _("Writing the press room"),
    },
    Severity: {
        Severity.ERROR: _("blocking"),
        Severity.WARNING: _("to fix"),
        Severity.NOTE: _("advice"),
    },
    SuppressionReason: {
        SuppressionReason.OPT_OUT: _("asked not to be written to"),
        SuppressionReason.COMPLAINT: _("reported us as spam"),
        SuppressionReason.DEAD: _("the address no longer exists"),
        SuppressionReason.UNREACHABLE: _("cannot be reached at present"),
        SuppressionReason.DO_NOT_CONTACT: _("not to be contacted"),
    },
}


_INSTANTS = frozenset(
    {"event.starts_at", "event.ends_at", "accreditation.deadline", "embargo.until", "step.leaves"}
)
"""The facts whose values are instants."""
_WITH_DETAIL = frozenset(
    {
        ExclusionReason.OTHER_OUTLET,
        ExclusionReason.OTHER_BEAT,
        ExclusionReason.OTHER_REGION,
        ExclusionReason.OTHER_MEDIA,
        ExclusionReason.OTHER_LANGUAGE,
        ExclusionReason.EXCLUDED_LIST,
        ExclusionReason.NOT_RECEIVED,
        ExclusionReason.HAS_RECEIVED,
        ExclusionReason.OFTEN_CONTACTED,
    }
)

WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
"""The days of the week for readers of the program, whatever language a text has."""

STEP_TITLES = {
    "save-the-date": _("Save the date"),
    "announcement": _("First announcement"),
    "reminder": _("Reminder mailing"),
    "practical": _("Practical information"),
    "morning": _("Morning of the event"),
    "follow-up": _("Follow-up"),
    "correction": _("Correction"),
    "cancellation": _("Cancellation"),
    "move": _("Postponement"),
    "thanks": _("Thanks to those who came"),
    "kit": _("Press kit"),
    "release": _("Press release"),
}
"""Names for the step ids of our own campaigns; other ids are shown as their author wrote them."""


def why_left_out(reason: ExclusionReason, detail: str) -> Text:
    """Return why somebody is not written to, as precisely as is known."""
    match reason, detail:
        case _, "":
            return label_of(reason)
        case ExclusionReason.SUPPRESSED, detail if detail in set(SuppressionReason):
            return label_of(SuppressionReason(detail))
        case ExclusionReason.SAME_PERSON, address:
            return _("same person as {address}", address=address)
        case ExclusionReason.NOT_ACCREDITED, detail if detail in set(AccreditationState):
            return label_of(AccreditationState(detail))
        case reason, detail if reason in _WITH_DETAIL:
            return _("{reason} ({detail})", reason=label_of(reason), detail=detail)
        case reason, _detail:
            return label_of(reason)


class OfCampaign(Protocol):
    """A mailing, how far it has come, or one like another."""

    @property
    def campaign(self) -> str: ...

    @property
    def step(self) -> str: ...


class Startable(Protocol):
    """A mailing, or the report about one."""

    @property
    def state(self) -> MailingState: ...

    @property
    def late_by(self) -> timedelta | None: ...


_LATER_VERSION = re.compile(r"(.+)-v(\d{1,3})|(correction|cancellation|move|thanks|kit)-(\d{1,3})")
"""A step of an amendment: `announcement-v2`, `correction-3`."""
_NUMBERED = re.compile(r"(.+)-(\d+)")
_OF_SERVER = re.compile(r"[245]\d\d[ -]")
_DECIDED_ROW = re.compile(r"(?P<file>.+):(?P<line>\d+): Write to them: no")
"""A row whose question was answered with no: the answer is read as a column of the list."""
_DAYS_BEFORE = re.compile(r"[jd]-\d{1,3}")
"""A step that is called by its day, as J-30."""


def label_of(value: StrEnum) -> Text:
    """Return the name of `value` on a screen."""
    return _NAMES[type(value)][value]


def state_of(mailing: Startable) -> Text:
    """Return the state of a mailing, and by how much it began late."""
    state, late = label_of(mailing.state), mailing.late_by
    if late is None:
        return state
    minutes = int(late.total_seconds()) // 60
    duration = (
        f"{minutes // 60}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{minutes % 60:02}"
        if minutes >= 60
        else f"{minutes}\N{NO-BREAK SPACE}min"
    )
    return _("{state}, late by {duration}", state=state, duration=duration)


TRIGGERS: Mapping[str, Text] = {
    "asked": _("as soon as somebody asks to come"),
    "accepted": _("as soon as somebody is accredited"),
    "waiting": _("as soon as somebody is put on the waiting list"),
    "refused": _("as soon as somebody is refused"),
    "declined": _("as soon as somebody says that they will not come"),
}
"""When a step leaves that an answer triggers, by the accreditation state of its `on`."""


def evidence_in_words(evidence: str) -> Text:
    """Return the evidence of a bar: the words of people as they wrote them, those of a server as
    quoted, and in a sentence what was answered at the desk about a row of a list.
    """
    if _OF_SERVER.match(evidence):
        return Text("{reply}", {"reply": Quoted(evidence)})
    found = _DECIDED_ROW.fullmatch(evidence)
    if found is None:
        return from_note(evidence)
    return _(
        "{file}, line {line}: not to be written to, decided at the import",
        file=found["file"],
        line=int(found["line"]),
    )


def step_title(step: str) -> Text:
    """Return the display name of a step."""
    if later := _LATER_VERSION.fullmatch(step):
        name, version = filter(None, later.groups())
        return _("{step} (version {version})", step=step_title(name), version=version)
    if _DAYS_BEFORE.fullmatch(step):
        return Text(step.upper())
    if (numbered := _NUMBERED.fullmatch(step)) and (title := STEP_TITLES.get(numbered[1])):
        return _("{step} {number}", step=title, number=numbered[2])
    return STEP_TITLES.get(step) or Text(re.sub(r"[-_]+", " ", step).capitalize())


def text_title(file: str) -> Text:
    """Return what the text in a file is called: by its step, with its list and its language."""
    stem, *versions = file.removesuffix(".md").split(".")
    if not versions:
        return step_title(stem)
    return _("{text} ({version})", text=step_title(stem), version=", ".join(versions))


def mailing_name(mailing: OfCampaign) -> Text:
    """Return campaign and step, as a title."""
    return _("{campaign}, {step}", campaign=mailing.campaign, step=step_title(mailing.step))


def change_in_words(change: FactChange) -> Text:
    """Return what the folder of a launched campaign says otherwise: what changed, from what to what."""
    label = FACT_NAMES[change.fact]
    if change.step:
        label = _("{fact} ({step})", fact=label, step=step_title(change.step))
    if not change.old and not change.new:
        return label
    old, new = (_value_of(change.fact, each) for each in (change.old, change.new))
    return _("{fact}: {old} → {new}", fact=label, old=old, new=new)


def _value_of(fact: str, written: str) -> object:
    """Return a value of the facts as it is shown: an instant as the reader writes one."""
    if fact in _INSTANTS and len(written) > len("2017-12-09"):
        return datetime.fromisoformat(written)
    if fact in _INSTANTS and written:
        return date.fromisoformat(written)
    return written or _("nothing")


def what_it_does(process: ServiceProcess) -> Text:
    """Say what a process of the service does, or why it does nothing at present."""
    if process.trouble:
        return from_note(process.trouble)
    roles = [role for role in ServiceRole if role.value in process.roles]
    if len(roles) == len(ServiceRole):
        return _("everything")
    return Text("{roles}", {"roles": tuple(map(label_of, roles))})


def standing_of(entry: OfficeEntry) -> Text:
    """Return where an entry of the calendar stands."""
    if entry.state is not None:
        return label_of(entry.state)
    if entry.is_cancelled:
        return _("cancelled")
    return _("campaign launched") if entry.is_launched else _("in preparation")


def clash_of(clash: Clash) -> Text:
    """Return with what an entry of the calendar is in conflict, and why."""
    other = clash.other
    if other.kind is EntryKind.EVENT:
        return _("At the same time as “{title}”.", title=other.title)
    return _(
        "Less than 24 hours from “{title}” ({step}), to the same list: {lists}",
        title=other.title,
        step=step_title(other.step),
        lists=", ".join(clash.lists),
    )
