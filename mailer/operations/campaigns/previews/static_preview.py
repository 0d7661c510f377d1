"""Gather what the page for a signatory shows: every version, the timetable, counts and findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import ContentError
from mailer.operations.campaigns.plans.plan import plan_of
from mailer.operations.campaigns.previews.preview_room import versions_in
from mailer.operations.campaigns.previews.samples import invented_sample
from mailer.preview.for_sign_off import StaticPreview, StaticStep, StaticVersion
from mailer.preview.named_people import NamedPeople

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.drafts.draft import Draft
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.campaigns.plans.plan import StepPlan
    from mailer.operations.campaigns.previews.text_changes import SignedTexts
    from mailer.operations.sending.compose import Composer


def static_preview(
    reference: str, *, signed_texts: SignedTexts, drafts: Drafts, composer: Composer
) -> StaticPreview:
    """Return what a signatory is shown of a campaign. Sends and changes nothing.

    Versions that do not compile are left out; the draft's problems say why. Raises ContentError
    when the folder cannot be read.
    """
    campaign, problems = drafts.survey(reference)
    if campaign is None:
        raise ContentError(*problems)
    draft = drafts.draft_of(campaign, known=problems)
    plan = plan_of(draft, ledger=drafts.ledger, holidays=drafts.school_holidays())
    return StaticPreview(
        draft=draft,
        sign_off_state=plan.sign_off_state,
        partners=tuple(each.state for each in plan.partners),
        steps=tuple(map(_step, plan.steps)),
        removed=plan.removed,
        versions=tuple(_versions(draft, signed_texts=signed_texts, composer=composer)),
        findings=drafts.findings_about(draft),
        people=NamedPeople(_people(draft)),
    )


def _versions(
    draft: Draft, *, signed_texts: SignedTexts, composer: Composer
) -> Iterator[StaticVersion]:
    for step, variant in versions_in(draft):
        if (step, variant) not in draft.messages:
            continue
        yield StaticVersion(
            step=step,
            variant=variant,
            count=len(draft.audiences[step].readers_by_variant.get(variant, ())),
            sample=invented_sample(draft, step, variant, composer=composer),
            changes=signed_texts.changes(draft, step, variant),
        )


def _step(plan: StepPlan) -> StaticStep:
    change = plan.since_signed
    return StaticStep(
        planned=plan.planned,
        recipients=plan.recipients,
        exclusions=plan.exclusions,
        changes=change.sentences if change else (),
        gained=len(change.people.gained) if change else 0,
        lost=len(change.people.lost) if change else 0,
    )


def _people(draft: Draft) -> Iterator[str]:
    for audience in draft.audiences.values():
        for contact in (
            *(each.contact for each in audience.recipients),
            *(each.contact for each in audience.exclusions),
        ):
            yield contact.name
            yield contact.key
