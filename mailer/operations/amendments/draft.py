"""Draft an amendment: work out who is told what, and what becomes of the steps to come."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.calendar.timetable import DEFAULT_VALIDITY, event_start, plan
from mailer.changes import corrections_since, former_facts
from mailer.model.campaigns.campaign import FixedTime, Step
from mailer.model.drafts.draft import PlannedStep
from mailer.model.mailings.amendment import KIT, THANKS, AmendedMailings, AmendmentKind
from mailer.model.mailings.mailing import AudienceRule
from mailer.operations.amendments.author import with_author
from mailer.operations.amendments.contents import Telling, follow_up_contents, telling_contents
from mailer.operations.amendments.history import CampaignHistory, step_in_version, step_of_folder
from mailer.operations.campaigns.drafts.prepare import prepare
from mailer.operations.campaigns.sign_offs.sign_offs import with_decisions
from mailer.operations.sending.audience import Directory
from mailer.selection import FIRST_VERSION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.campaigns.campaign import Campaign, Content, Correction, VariantKey
    from mailer.model.campaigns.release import PressRoomRules
    from mailer.model.drafts.draft import Draft
    from mailer.model.mailings.amendment import Amendment
    from mailer.model.mailings.mailing import Mailing
    from mailer.operations.campaigns.drafts.drafts import Drafts

_AFTERWARDS = timedelta(seconds=1)
"""How long after the correction those get the new version who have nothing: an outcome that comes
between the two must not leave anybody to neither."""


@dataclass(frozen=True, slots=True)
class AmendmentDraft:
    """An amendment as it would be launched now.

    `draft` holds its messages, audiences and signatures. The first `at_once` steps of its plan
    leave at once, the others at their new hour. `given_up` are the steps to come that make no
    sense any more.
    """

    amendment: Amendment
    draft: Draft
    amended: AmendedMailings
    history: CampaignHistory
    at_once: int
    given_up: tuple[Mailing, ...] = ()
    first_lines: Mapping[str, int] = field(default_factory=dict)
    """In which line of each file of the campaign its text begins; what a message says above it is
    written by us."""

    @property
    def now_told(self) -> tuple[PlannedStep, ...]:
        return self.draft.plan[: self.at_once]

    @property
    def later(self) -> tuple[PlannedStep, ...]:
        return self.draft.plan[self.at_once :]

    @property
    def count(self) -> int:
        """How many messages leave at once; the launch wants this number."""
        return sum(len(self.draft.audiences[each.step.id].recipients) for each in self.now_told)

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What changes since the version before."""
        facts = self.history.facts.get(self.history.version, {})
        return corrections_since(facts, self.draft.campaign) if facts else ()


def draft_amendment_of(
    campaign: Campaign, amendment: Amendment, history: CampaignHistory, *, drafts: Drafts
) -> AmendmentDraft:
    """Return what an amendment tells whom, with `campaign` as its folder says now."""
    folder = plan(campaign, office=drafts.office)
    if amendment.kind is AmendmentKind.FOLLOW_UP:
        steps = tuple(_follow_up(campaign, amendment, history))
        return _drafted(campaign, amendment, history, steps, drafts, at_once=len(steps))
    versions = _versions_held(campaign.slug, drafts)
    telling = _telling(campaign, amendment, history, drafts, versions=versions)
    if amendment.kind is AmendmentKind.CANCELLATION:
        amended = AmendedMailings(
            cancelled=tuple(each.id for each in history.to_come),
            superseded=tuple(each.id for each in history.under_way),
        )
        return _drafted(
            _as_announced(campaign, history),
            amendment,
            history,
            (telling,),
            drafts,
            amended=amended,
            given_up=history.to_come,
        )
    again = tuple(_again(folder, amendment, history))
    late = tuple(_late(folder, amendment, history))
    coming, given_up = _to_come(
        campaign, folder, history, now=amendment.drafted_at, late={each.step.id for each in late}
    )
    replaced = {each.step.id for each in (*late, *coming)}
    amended = AmendedMailings(
        replaced=tuple(each.id for each in history.to_come if each.step in replaced),
        cancelled=tuple(each.id for each in given_up),
        superseded=tuple(each.id for each in history.under_way),
    )
    return _drafted(
        campaign,
        amendment,
        history,
        (telling, *again, *late, *coming),
        drafts,
        at_once=1 + len(again) + len(late),
        amended=amended,
        given_up=given_up,
    )


def _drafted(
    campaign: Campaign,
    amendment: Amendment,
    history: CampaignHistory,
    steps: tuple[PlannedStep, ...],
    drafts: Drafts,
    *,
    at_once: int = 1,
    amended: AmendedMailings = AmendedMailings(),  # noqa: B008 - a frozen value
    given_up: tuple[Mailing, ...] = (),
) -> AmendmentDraft:
    told = replace(
        campaign,
        steps=tuple(each.step for each in steps),
        entry=amendment.entry,
        press_room=_told_in_press_room(campaign, amendment, steps),
    )
    oldest = _versions_held(campaign.slug, drafts)[0]
    draft = prepare(
        told,
        office=drafts.office,
        letterhead=drafts.letterhead,
        template_for=drafts.template_for,
        compile_=drafts.compile_,
        directory=Directory(drafts.ledger, now=drafts.clock.now()),
        now=drafts.clock.now(),
        steps=steps,
        campaign_for=lambda step, variant: (
            _told_to(told, variant, history, oldest=oldest) if step is steps[0].step else told
        ),
    )
    draft = replace(
        with_author(with_decisions(draft, ledger=drafts.ledger), amendment, ledger=drafts.ledger),
        signatories=drafts.team().signatories,
        outside_allow_list=drafts.outside_allow_list(draft),
        provider=drafts.provider,
    )
    contents = (each for step in campaign.steps for each in step.contents.values())
    first_lines = {each.file: each.line for each in contents}
    return AmendmentDraft(amendment, draft, amended, history, at_once, given_up, first_lines)


def _told_in_press_room(
    campaign: Campaign, amendment: Amendment, steps: tuple[PlannedStep, ...]
) -> PressRoomRules | None:
    """Return what the press room shows of an amendment: the message that tells it, and the
    announcement in its new state, which is for those who have not had it.
    """
    rules = campaign.press_room
    if rules is None or amendment.kind is AmendmentKind.FOLLOW_UP:
        return None
    public = {*rules.steps, *(step_in_version(each, amendment.version) for each in rules.steps)}
    again = (each.step.id for each in steps[1:] if each.step.id in public)
    return replace(rules, steps=(steps[0].step.id, *again))


def _told_to(
    campaign: Campaign, variant: VariantKey, history: CampaignHistory, *, oldest: int
) -> Campaign:
    """Return the campaign with what changes for the readers of a variant, who hold a version."""
    entry = campaign.entry and replace(campaign.entry, is_published=history.has_published_entry)
    campaign = replace(campaign, entry=entry)
    facts = history.facts.get(variant.version or oldest, {})
    if not facts:
        return campaign
    return replace(
        campaign,
        corrections=corrections_since(facts, campaign),
        former=former_facts(facts, zone=campaign.time_zone),
    )


def _as_announced(campaign: Campaign, history: CampaignHistory) -> Campaign:
    """Return the campaign with the event as people know it, whatever was edited since."""
    facts = history.facts.get(history.version, {})
    former = former_facts(facts, zone=campaign.time_zone).event if facts else None
    if former is None or campaign.event is None:
        return campaign
    return replace(campaign, event=replace(former, theme=campaign.event.theme))


def _versions_held(campaign: str, drafts: Drafts) -> tuple[int, ...]:
    """Return the versions that people may hold, the oldest first."""
    holders = drafts.ledger.amendments.holders(campaign).values()
    return tuple(sorted({each.version for each in holders})) or (FIRST_VERSION,)


def _telling(
    campaign: Campaign,
    amendment: Amendment,
    history: CampaignHistory,
    drafts: Drafts,
    *,
    versions: tuple[int, ...],
) -> PlannedStep:
    """Return the step that tells people what has changed, at once."""
    register = drafts.ledger.accreditations.of_campaign(campaign.slug)
    announcement = _announcement(campaign, history)
    has_calendar = history.entry is not None or any(step.calendar for step in campaign.steps)
    contents = telling_contents(
        campaign,
        Telling(
            kind=amendment.kind,
            note=amendment.note,
            announcement=announcement,
            lists=_own_lists(history),
            versions=versions,
            has_calendar=has_calendar,
            has_published_entry=history.has_published_entry,
            has_accredited=campaign.accreditation.required or bool(register),
        ),
    )
    step = Step(
        id=_free_name(amendment, history),
        send=FixedTime(amendment.drafted_at),
        to=history.lists,
        subject="",
        kind=amendment.kind.campaign_kind,
        calendar=has_calendar,
        contents=contents,
    )
    is_off = amendment.kind in {AmendmentKind.MOVE, AmendmentKind.CANCELLATION}
    rule = AudienceRule(to=history.lists, cancels=is_off, informed=True)
    return _at_once(step, rule, campaign, amendment.drafted_at)


def _announcement(campaign: Campaign, history: CampaignHistory) -> Mapping[VariantKey, Content]:
    """Return the texts of the first step that has left and is still in the folder."""
    steps = {step.id: step for step in campaign.steps}
    left = [step_of_folder(each) for each in history.mailings if each.started_at is not None]
    return next((steps[name].contents for name in left if name in steps), {})


def _own_lists(history: CampaignHistory) -> tuple[str, ...]:
    names = {key.named_list for each in history.mailings for key in each.variants}
    return tuple(name for name in history.lists if name in names)


def _free_name(amendment: Amendment, history: CampaignHistory) -> str:
    taken = {each.step for each in history.mailings}
    name = amendment.kind.value
    return name if name not in taken else f"{name}-{amendment.version}"


def _at_once(step: Step, rule: AudienceRule, campaign: Campaign, at: datetime) -> PlannedStep:
    due_at = at.replace(microsecond=0)
    begins_at = event_start(campaign.event)
    is_ahead = begins_at is not None and begins_at > due_at
    return PlannedStep(
        step=step,
        rule=rule,
        local=due_at.astimezone(ZoneInfo(campaign.time_zone)),
        due_at=due_at,
        expires_at=begins_at if is_ahead and begins_at else due_at + DEFAULT_VALIDITY,
    )


def _again(
    folder: Sequence[PlannedStep], amendment: Amendment, history: CampaignHistory
) -> Iterator[PlannedStep]:
    """Yield the new version of each step under way, for those whom it has not reached."""
    by_step = {planned.step.id: planned for planned in folder}
    for mailing in history.under_way:
        planned = by_step.get(step_of_folder(mailing))
        if planned is None:
            continue  # a correction under way: its readers hold an older version, and are told
        name = step_in_version(planned.step.id, amendment.version)
        yield replace(
            _soon(planned, amendment),
            step=replace(planned.step, id=name),
            rule=replace(planned.rule, instead_of=mailing.id),
            expires_at=max(planned.expires_at, mailing.expires_at),
        )


def _late(
    folder: Sequence[PlannedStep], amendment: Amendment, history: CampaignHistory
) -> Iterator[PlannedStep]:
    """Yield the steps that were due and have not begun, because they were held or everything was
    suspended: as long as they are useful, they leave in the new version.
    """
    now = amendment.drafted_at
    waiting = {each.step for each in history.to_come if each.due_at <= now < each.expires_at}
    for planned in folder:
        if planned.step.id in waiting and planned.due_at <= now < planned.expires_at:
            yield _soon(planned, amendment)


def _soon(planned: PlannedStep, amendment: Amendment) -> PlannedStep:
    """Return a step as it leaves with an amendment, just after its message."""
    soon = amendment.drafted_at.replace(microsecond=0) + _AFTERWARDS
    local = soon.astimezone(planned.local.tzinfo)
    return replace(planned, local=local, due_at=soon, moved_from=None)


def _to_come(
    campaign: Campaign,
    folder: Sequence[PlannedStep],
    history: CampaignHistory,
    *,
    now: datetime,
    late: Collection[str],
) -> tuple[tuple[PlannedStep, ...], tuple[Mailing, ...]]:
    """Return the steps to come at their new hour, and the mailings that come no more.

    A step comes no more when its new hour is past and it is not merely `late`, when it left the
    folder, or when it was to leave before the event and would now leave after its beginning.
    """
    to_come = {each.step: each for each in history.to_come}
    known = {step_of_folder(each) for each in history.mailings}
    begins_at = event_start(campaign.event)
    kept = tuple(
        planned
        for planned in folder
        if planned.due_at > now
        and (planned.step.id in to_come or planned.step.id not in known)
        and not _is_overtaken(planned, to_come.get(planned.step.id), begins_at)
    )
    names = {*late, *(planned.step.id for planned in kept)}
    return kept, tuple(each for each in history.to_come if each.step not in names)


def _is_overtaken(planned: PlannedStep, before: Mailing | None, begins_at: datetime | None) -> bool:
    """Return whether a step that was to leave before the event would leave after it began."""
    if begins_at is None or before is None or planned.due_at < begins_at:
        return False
    return before.expires_at > before.due_at and not _was_after_event(before)


def _was_after_event(before: Mailing) -> bool:
    starts_at = before.facts.get("event.starts_at", "")
    return bool(starts_at) and before.local_time[:16].replace("T", " ") >= starts_at


def _follow_up(
    campaign: Campaign, amendment: Amendment, history: CampaignHistory
) -> Iterator[PlannedStep]:
    """Yield the thanks to those who came and the kit for those who did not."""
    for came in (True, False):
        name = THANKS if came else KIT
        taken = {each.step for each in history.mailings}
        step = Step(
            id=name if name not in taken else f"{name}-{amendment.version}",
            send=FixedTime(amendment.drafted_at),
            to=history.lists,
            subject="",
            template="follow-up",
            kind=amendment.kind.campaign_kind,
            contents=follow_up_contents(campaign, amendment.note, came=came),
        )
        rule = AudienceRule(
            to=history.lists,
            only=("attended",) if came else (),
            unless=() if came else ("attended",),
            informed=True,
        )
        yield _at_once(step, rule, campaign, amendment.drafted_at)
