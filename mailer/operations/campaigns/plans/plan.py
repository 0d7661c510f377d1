"""The plan of a campaign: its steps, their times and recipients, and its sign-offs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.calendar.send_times import advice_on
from mailer.calendar.timetable import in_zone
from mailer.model.campaigns.audience import Audience, ExclusionReason
from mailer.model.mailings.amendment import is_own_step
from mailer.model.team.actor import Via
from mailer.operations.campaigns.plans.audience_size import compare_audiences
from mailer.operations.campaigns.plans.plan_changes import (
    AudienceChange,
    StepChange,
    audience_change,
    since_signed,
)
from mailer.operations.campaigns.sign_offs.partner_sign_offs import asked_partners
from mailer.operations.campaigns.sign_offs.sign_offs import (
    is_signed_by_author_alone,
    last_signed,
    signed_by,
)
from mailer.operations.sending.answers_seen import look_asked, stale_register
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mailer.model.address import Address
    from mailer.model.campaigns.campaign import Campaign
    from mailer.model.campaigns.school_holidays import SchoolHolidays
    from mailer.model.contacts.contact import Contact, ContactSummary
    from mailer.model.drafts.draft import Draft, PlannedStep
    from mailer.model.drafts.revision import Revision
    from mailer.model.mailings.mailing import SignOff
    from mailer.model.mailings.signed_step import SignedStep
    from mailer.model.mailings.since_launch import SinceLaunch
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.campaigns.plans.audience_size import AudienceComparison
    from mailer.operations.campaigns.sign_offs.partner_sign_offs import AskedPartner
    from mailer.ports import Ledger


EMPTY: Audience[ContactSummary | Contact] = Audience((), ())


@dataclass(frozen=True, slots=True)
class StepPlan:
    """A planned step, the number of its recipients, and the exclusions counted by reason."""

    planned: PlannedStep
    recipients: int
    exclusions: Mapping[ExclusionReason, int]
    advice: tuple[Text, ...] = ()
    """What speaks against its hour."""
    since_signed: StepChange | None = None
    """How it differs from what was signed off last; None when nothing was."""
    compared: AudienceComparison | None = None
    """The last mailing with the same audience rule, if there was one."""
    since_last: AudienceChange | None = None
    """How its people differ from those of `compared`."""
    audience: Audience[ContactSummary | Contact] = EMPTY
    is_past: bool = False
    """It was to leave before now, and is not launched: a launch would refuse it."""
    look: Text | None = None
    """That it relies on the answers, so that somebody has to look at them before."""


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """An answer from an unknown address, and the contact who may have given it.

    Until a person decides, steps that the answer would stop are kept from the contact.
    """

    unknown: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """The steps of a campaign in the order in which they leave.

    `signed_by` names those who signed exactly this version; `has_changed` says that somebody
    signed an earlier one. `needs_another` says that only the author of the last change signed it.
    """

    campaign: Campaign
    fingerprint: str
    steps: tuple[StepPlan, ...]
    signed_by: tuple[str, ...]
    has_changed: bool
    voided: tuple[SignOff, ...] = ()
    """The last sign-offs of an earlier version, where nobody has signed this one."""
    changed: Revision | None = None
    """The newest revision of the files, where it is newer than what is voided."""
    needs_another: bool = False
    refused_by: tuple[SignOff, ...] = ()
    """Whoever refused to sign this version, and has not signed it since."""
    since_launch: SinceLaunch | None = None
    open_answers: tuple[OpenAnswer, ...] = ()
    removed: tuple[str, ...] = ()
    """Steps that were signed off last and are no longer there."""
    not_carried: tuple[Address, ...] = ()
    """Addresses that the provider does not take, or of which it does not say whether it does."""
    partners: tuple[AskedPartner, ...] = ()
    """The institutions that sign off beside the office, before the launch."""

    @property
    def sign_off_state(self) -> Text:
        """Return a sentence on the sign-offs: of this version, of an earlier one, or none."""
        if self.refused_by:
            return _(
                "Refused by {names}: {reason}",
                names=", ".join(each.by for each in self.refused_by),
                reason=self.refused_by[-1].refused_because,
            )
        if self.needs_another:
            return _(
                "Signed off by {names}, who wrote the last change: somebody else has to sign too.",
                names=", ".join(self.signed_by),
            )
        if self.signed_by:
            return _("Signed off by {names}.", names=", ".join(self.signed_by))
        if self.since_launch is not None:
            return _(
                "Launched as it was signed off. What the folder says otherwise since changes nothing"
                " of what leaves; a correction is signed off by itself."
            )
        return self._voided() if self.has_changed else _("Not signed off yet.")

    def _voided(self) -> Text:
        names, changed = ", ".join(dict.fromkeys(each.by for each in self.voided)), self.changed
        if not any(each.revision for each in self.voided):
            return _("Changed since it was signed off: it must be signed off again.")
        if changed is None:
            return _(
                "Changed since {names} signed it off, in its lists, its hours or the settings: it"
                " must be signed off again.",
                names=names,
            )
        at = in_zone(changed.at, zone=self.campaign.time_zone)
        if changed.via is Via.PROGRAM:
            return _(
                "Changed since {names} signed it off, in the folder ({at}): it must be signed off"
                " again.",
                names=names,
                at=at,
            )
        return _(
            "Changed since {names} signed it off, by {author} ({at}): it must be signed off again.",
            names=names,
            author=changed.name,
            at=at,
        )


def plan_campaign(reference: str, *, drafts: Drafts) -> CampaignPlan:
    """Return the plan of a campaign with its present audiences, compared with the last ones."""
    draft = drafts.draft(reference)
    found = plan_of(draft, ledger=drafts.ledger, holidays=drafts.school_holidays())
    compared = {each.step: each for each in compare_audiences(draft, ledger=drafts.ledger)}
    return replace(
        found,
        steps=tuple(
            _with_last(each, draft, compared.get(each.planned.step.id), drafts.ledger)
            for each in _looks_asked(found.steps, draft, drafts)
        ),
        not_carried=drafts.not_carried(draft),
    )


def _looks_asked(steps: Sequence[StepPlan], draft: Draft, drafts: Drafts) -> Iterator[StepPlan]:
    """Yield the steps, those that rely on the answers with what that asks of the office."""
    stale = stale_register(
        draft.campaign.slug,
        at=draft.now,
        fresh_for=drafts.fresh_for,
        zone=draft.campaign.time_zone,
        ledger=drafts.ledger,
    )
    for each in steps:
        planned = each.planned
        yield replace(
            each,
            look=look_asked(
                planned.rule,
                due_at=planned.due_at,
                stale=stale,
                draft=draft,
                hours=drafts.look_holds_hours,
            ),
        )


def plan_of(
    draft: Draft, *, ledger: Ledger, holidays: Sequence[SchoolHolidays] = ()
) -> CampaignPlan:
    """Return the plan of this draft. No step is compared with the last mailing of its rule."""
    signed = signed_by(draft)
    voided = () if signed else last_signed(draft.sign_offs)
    signed_steps = _signed_steps(draft, ledger)
    return CampaignPlan(
        campaign=draft.campaign,
        fingerprint=draft.fingerprint,
        steps=tuple(
            replace(
                _step_plan(planned, draft, holidays=holidays),
                since_signed=since_signed(
                    planned, draft, signed_steps.get(planned.step.id), ledger=ledger
                )
                if signed_steps
                else None,
            )
            for planned in draft.plan
        ),
        removed=tuple(sorted(signed_steps.keys() - {each.step.id for each in draft.plan})),
        signed_by=tuple(sorted(signed)),
        has_changed=bool(draft.sign_offs) and not signed,
        voided=voided,
        changed=_changed_since(voided, draft.head),
        needs_another=bool(signed) and is_signed_by_author_alone(draft),
        refused_by=draft.refusals,
        since_launch=draft.since_launch,
        open_answers=tuple(dict.fromkeys(_open_answers(draft))),
        partners=asked_partners(draft) if draft.since_launch is None else (),
    )


def _signed_steps(draft: Draft, ledger: Ledger) -> Mapping[str, SignedStep]:
    """Return the steps as they were signed off last, unless that sign-off was of an amendment: its
    steps are versions of those of the campaign, and what it left as it is was not a part of it.
    """
    signed = ledger.history.signed_steps(draft.campaign.slug)
    gone = signed.keys() - {each.step.id for each in draft.plan}
    is_of_amendment = draft.since_launch is not None and any(map(is_own_step, gone))
    return {} if is_of_amendment else signed


def _changed_since(voided: Sequence[SignOff], head: Revision | None) -> Revision | None:
    """Return the newest revision, if it is newer than the one that was signed."""
    signed = max((each.revision for each in voided), default=0)
    return head if head is not None and 0 < signed < head.number else None


def _with_last(
    step: StepPlan, draft: Draft, compared: AudienceComparison | None, ledger: Ledger
) -> StepPlan:
    """Return the step with what has changed since the last mailing of its rule, if there was one."""
    if compared is None:
        return step
    before = ledger.history.audience(compared.before.id)
    change = audience_change(draft.audiences[compared.step], before, ledger=ledger)
    return replace(step, compared=compared, since_last=change)


def _open_answers(draft: Draft) -> Iterator[OpenAnswer]:
    for audience in draft.audiences.values():
        for each in audience.exclusions_by_reason.get(ExclusionReason.PERHAPS_ANSWERED, ()):
            # An unknown address is on no list.
            if each.contact.lists:
                yield OpenAnswer(each.detail, each.contact.name, str(each.contact.address))


def _step_plan(
    planned: PlannedStep,
    draft: Draft,
    *,
    holidays: Sequence[SchoolHolidays],
) -> StepPlan:
    audience = draft.audiences[planned.step.id]
    return StepPlan(
        planned=planned,
        recipients=len(audience.recipients),
        exclusions=audience.excluded_count,
        audience=audience,
        advice=()
        if planned.step.on
        else advice_on(planned, campaign=draft.campaign, holidays=holidays),
        is_past=draft.since_launch is None and planned.due_at < draft.now and not planned.step.on,
    )
