"""Reads `campaign.toml` into a `Campaign`, without the texts of its steps."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING

from mailer.calendar.timetable import (
    GIVE_A_DATE,
    NotATime,
    exact_local_time,
    instant_of,
    localise,
    parse_send_rule,
)
from mailer.errors import Problem, nearest
from mailer.files.campaigns.confirming import take_unconfirmed
from mailer.files.campaigns.shape import CampaignTable
from mailer.files.campaigns.translations import split_translations
from mailer.files.toml.reading import CORRECT, TomlFile, fill
from mailer.model.campaigns.campaign import (
    CORRECTABLE,
    AccreditationRules,
    Attachment,
    CalendarOffset,
    Campaign,
    CampaignKind,
    Correction,
    Embargo,
    Event,
    FixedTime,
    Link,
    Partner,
    PartnerSigns,
    PressContact,
    SendRule,
    Step,
    announcement_of,
)
from mailer.model.campaigns.release import PressRoomRules
from mailer.model.campaigns.target import Target
from mailer.wording import FactKey, Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.files.campaigns.shape import (
        AccreditationTable,
        CorrectionTable,
        EventTable,
        PressRoomTable,
        StepTable,
    )
    from mailer.files.campaigns.translations import Translations
    from mailer.files.toml.lines import KeyPath
    from mailer.model.campaigns.office import Office


KIND_OF_STEP = {
    str(kind): kind
    for kind in (
        CampaignKind.SAVE_THE_DATE,
        CampaignKind.FOLLOW_UP,
        CampaignKind.CORRECTION,
        CampaignKind.POSTPONEMENT,
        CampaignKind.CANCELLATION,
    )
}
"""A step with one of these ids has this kind, even if its campaign has another."""


def read_campaign(
    file: TomlFile, *, slug: str, office: Office, problems: list[Problem]
) -> Campaign | None:
    """Return the campaign of `file` without the texts of its steps, or None after adding problems."""
    file, translations = split_translations(file, problems)
    file, to_confirm = take_unconfirmed(file, problems)
    table = fill(CampaignTable, file, problems=problems)
    if table is None:
        return None
    count = len(problems)
    zone = table.time_zone or office.time_zone
    reader = _CampaignReader(file, zone, problems)
    event = reader.event(table.event, translations.get(("event",), {}))
    steps = reader.steps(table.steps, event)
    campaign = Campaign(
        slug=slug,
        title=table.title,
        kind=table.kind,
        language=table.language or office.language,
        time_zone=zone,
        file=file.name,
        place=table.place,
        template=table.template,
        theme=table.theme or office.theme,
        typography=table.typography or office.typography,
        short_names=table.short_names,
        images_url=table.images_url,
        event=event,
        accreditation=reader.accreditation(table.accreditation, event),
        embargo=Embargo(
            reader.instant(table.embargo.until, ("embargo", "until")), table.embargo.second_zone
        )
        if table.embargo
        else None,
        press_contacts=tuple(
            PressContact(
                name=contact.name,
                address=contact.email,
                phone=contact.phone,
                role=contact.role,
                organisation=contact.organisation,
                mobile=contact.mobile,
                translations=translations.get(("press_contacts", index), {}),
            )
            for index, contact in enumerate(table.press_contacts)
        ),
        partners=tuple(
            Partner(
                name=p.name,
                role=p.role,
                url=p.url,
                logo=p.logo,
                tier=p.tier,
                translations=translations.get(("partners", index), {}),
                people=p.people,
                signs=_signs(p.signs),
            )
            for index, p in enumerate(table.partners)
        ),
        links=tuple(
            Link(
                link.label,
                link.url,
                link.group,
                file.place(("links", index, "url")).line,
                translations.get(("links", index), {}),
            )
            for index, link in enumerate(table.links)
        ),
        attachments=tuple(Attachment(a.path, a.label, a.public) for a in table.attachments),
        corrections=reader.corrections(table.corrections, translations),
        press_room=reader.press_room(table.press_room, steps),
        steps=steps,
        to_confirm=to_confirm,
        lines={".".join(map(str, path)): line for path, line in file.lines.items()},
    )
    return campaign if len(problems) == count else None


def _signs(written: bool | str) -> PartnerSigns:  # noqa: FBT001 - a value of the file
    """Return what a partner signs; `true` is how the whole version was written first."""
    return PartnerSigns(("version" if written else "") if isinstance(written, bool) else written)


@dataclass(frozen=True, slots=True)
class _CampaignReader:
    """Turns the tables of a campaign into the model, and adds problems to `problems`.

    `zone` is the time zone of local times.
    """

    file: TomlFile
    zone: str
    problems: list[Problem]

    def event(self, table: EventTable | None, translations: Translations) -> Event | None:
        if table is None:
            return None
        starts_at = self.instant_or_none(table.starts_at, ("event", "starts_at"))
        ends_at = self.instant_or_none(table.ends_at, ("event", "ends_at"))
        has_hour = isinstance(table.starts_at, datetime)
        if ends_at and has_hour and not isinstance(table.ends_at, datetime):
            self.refuse(
                ("event", "ends_at"),
                _("The event has an hour at which it starts, but none at which it ends."),
                _("Write the hour beside the date."),
            )
        elif ends_at and (starts_at is None or ends_at < starts_at):
            self.refuse(
                ("event", "ends_at"),
                _("The event ends before it starts."),
                _(
                    "Correct one of: {facts}.",
                    facts=(FactKey("event.starts_at"), FactKey("event.ends_at")),
                ),
            )
        return Event(
            name=table.name,
            starts_at=starts_at,
            has_hour=has_hour,
            ends_at=ends_at,
            theme=table.theme,
            venue=table.venue,
            address=table.address,
            access=table.access,
            translations=translations,
        )

    def accreditation(self, table: AccreditationTable, event: Event | None) -> AccreditationRules:
        return AccreditationRules(
            required=table.required,
            deadline=self.printed_time(table.deadline, ("accreditation", "deadline"), event),
            deadline_proposed=table.deadline_proposed,
            addresses=table.addresses,
            per_outlet=table.per_outlet,
            total=table.total,
            order=table.order,
            accept=table.accept,
            confirm_within_hours=table.confirm_within_hours,
            promote_until=self.printed_time(
                table.promote_until, ("accreditation", "promote_until"), event
            ),
            keep_cards_days=table.keep_cards_days,
        )

    def printed_time(
        self, written: str | datetime | None, path: KeyPath, event: Event | None
    ) -> datetime | None:
        """Return the instant of a rule that is told to people, so that it must exist once."""
        if written is None:
            return None
        rule = self.rule(written, path)
        instant = self.time_of(rule, path, event)
        if instant and isinstance(rule, CalendarOffset):
            # A step may move by an hour in the night of the change. A deadline is printed.
            self.instant(datetime.combine(instant.date(), rule.at), path)
        return instant

    def steps(self, tables: tuple[StepTable, ...], event: Event | None) -> tuple[Step, ...]:
        if not tables:
            self.refuse(
                ("steps",),
                _("The campaign has no step."),
                _("Add one under {table}.", table=FactKey("steps")),
            )
        seen: set[str] = set()
        steps = []
        for index, table in enumerate(tables):
            path: KeyPath = ("steps", index)
            if table.id in seen:
                self.refuse(
                    (*path, "id"),
                    _("Two steps are called “{id}”.", id=table.id),
                    _("Give each step a name of its own."),
                )
            if not table.to:
                self.refuse(
                    (*path, "to"),
                    _("The step names no list to write to."),
                    _("Fill in {fact}.", fact=FactKey("steps.to", ("press",))),
                )
            seen.add(table.id)
            steps.append(
                Step(
                    id=table.id,
                    send=self.departure(table, path, event),
                    on=table.on or "",
                    to=table.to,
                    subject=table.subject,
                    preheader=table.preheader,
                    kind=table.kind or KIND_OF_STEP.get(table.id),
                    template=table.template,
                    unless=table.unless,
                    only=(table.on,) if table.on else table.only,
                    target=Target(
                        **{each.name: getattr(table, each.name) for each in fields(Target)}
                    ),
                    fixed=table.fixed,
                    reason=table.reason,
                    calendar=table.calendar,
                    line=self.file.place(path).line,
                )
            )
        return tuple(steps)

    def departure(self, table: StepTable, path: KeyPath, event: Event | None) -> SendRule | None:
        """Return when a step leaves; None when an answer triggers it."""
        if (table.send is None) == (table.on is None):
            self.refuse(
                (*path, "send"),
                _("A step leaves at an hour or on an answer: exactly one of both."),
                _(
                    "Fill in one of: {facts}.",
                    facts=(FactKey("steps.send", "J-5 09:30"), FactKey("steps.on", "accepted")),
                ),
            )
        if table.on is not None and (table.only or table.unless):
            self.refuse(
                (*path, "on"),
                _("A step that an answer triggers goes to whoever gave it, and to nobody else."),
                _(
                    "Leave these out: {facts}.",
                    facts=(FactKey("steps.only"), FactKey("steps.unless")),
                ),
            )
        if table.send is None:
            return None
        rule = self.rule(table.send, (*path, "send"))
        self.time_of(rule, (*path, "send"), event)
        return rule

    def corrections(
        self, tables: tuple[CorrectionTable, ...], translations: Mapping[KeyPath, Translations]
    ) -> tuple[Correction, ...]:
        for index, table in enumerate(tables):
            if not table.new and table.what not in CORRECTABLE:
                self.refuse(
                    ("corrections", index, "what"),
                    _("The correction of “{what}” does not say what holds now.", what=table.what),
                    _(
                        "Fill in {fact}, or name one of: {known}.",
                        fact=FactKey("corrections.new", "…"),
                        known=", ".join(CORRECTABLE),
                    ),
                )
        return tuple(
            Correction(
                table.what,
                self.instant(table.old, ("corrections", index, "old"))
                if isinstance(table.old, datetime)
                else table.old,
                table.new,
                translations.get(("corrections", index), {}),
            )
            for index, table in enumerate(tables)
        )

    def press_room(self, table: PressRoomTable, steps: tuple[Step, ...]) -> PressRoomRules | None:
        """Return what the press room shows; None for a campaign that is not public."""
        known = [step.id for step in steps]
        if table.step and table.step not in known:
            path: KeyPath = ("press_room", "step")
            what = _("There is no step called “{step}”.", step=table.step)
            self.refuse(path, what, nearest(table.step, known))
        since = self.instant_or_none(table.since, ("press_room", "since"))
        if not table.public or not steps:
            return None
        return PressRoomRules((table.step or announcement_of(steps).id,), since)

    def rule(self, written: str | datetime, path: KeyPath) -> SendRule:
        """Return the rule as written; adds a problem when the change of clocks makes it unclear."""
        if isinstance(written, datetime):
            return FixedTime(self.instant(written, path))
        try:
            return parse_send_rule(written, zone=self.zone)
        except NotATime as refused:
            self.refuse(path, refused.reason, CORRECT)
            return parse_send_rule(written, zone="UTC")  # its form is right: `shape` has read it

    def time_of(self, rule: SendRule, path: KeyPath, event: Event | None) -> datetime | None:
        """Return the instant of `rule`, or None after adding a problem at `path`."""
        day = event.starts_at.date() if event and event.starts_at else None
        try:
            return instant_of(rule, event_day=day, zone=self.zone)
        except NotATime as refused:
            self.refuse(path, refused.reason, GIVE_A_DATE)
            return None

    def instant_or_none(self, moment: date | None, path: KeyPath) -> datetime | None:
        return None if moment is None else self.instant(moment, path)

    def instant(self, moment: date, path: KeyPath) -> datetime:
        """Return an aware instant in the campaign's zone; for a date, the beginning of the day.

        Adds a problem for an hour that the change of clocks skips or repeats.
        """
        if not isinstance(moment, datetime):
            midnight = datetime.combine(moment, datetime.min.time())
            return localise(midnight, zone=self.zone)
        try:
            return exact_local_time(moment, zone=self.zone)
        except NotATime as refused:
            self.refuse(path, refused.reason, CORRECT)
            return localise(moment, zone=self.zone)

    def refuse(self, path: KeyPath, what: Text, remedy: Text) -> None:
        self.problems.append(Problem(self.file.place(path), what, remedy))
