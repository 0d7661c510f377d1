"""Sign off one exact version of a campaign, or refuse to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.mailings.mailing import SignOff
from mailer.model.team.permission import Act, require, require_recent
from mailer.operations.campaigns.plans.plan_changes import signed_steps
from mailer.operations.campaigns.sign_offs.sign_offs import (
    author_alone,
    is_by_author_alone,
    no_signatory,
    signatory,
)
from mailer.wording import FactKey, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailer.model.drafts.draft import Draft
    from mailer.model.drafts.finding import Finding
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.ports import Ledger


def approve(
    draft: Draft,
    *,
    findings: Sequence[Finding],
    actor: Actor,
    ledger: Ledger,
    now: datetime,
    revision: int = 0,
    signatures_required: int = 1,
) -> SignOff:
    """Record that the actor signs off this exact version, which is `revision` of the campaign's
    files if that is known. Journalled.

    Raises RuleError when the actor may not sign, or while a finding blocks. Where one sign-off is
    enough, it may not be that of the author of the last change.
    """
    sign_off = _decision(draft, actor=actor, now=now, revision=revision)
    if signatures_required == 1 and is_by_author_alone(sign_off, draft):
        raise RuleError(author_alone(draft, actor.name))
    if refusals := list(blocking_problems(draft, findings)):
        raise RuleError(*refusals)
    ledger.mailings.sign(sign_off, actor=actor, steps=signed_steps(draft))
    return sign_off


def refuse(
    draft: Draft, *, why: str, actor: Actor, ledger: Ledger, now: datetime, revision: int = 0
) -> SignOff:
    """Record that the actor refuses to sign this exact version off, and why. Journalled.

    It cannot be launched until the actor signs it after all, or somebody changes it. Raises
    RuleError when the actor may not sign, or gives no reason.
    """
    decision = _decision(draft, actor=actor, now=now, revision=revision)
    if not why.strip():
        raise RuleError(
            Problem(
                Place(draft.campaign.file, key="why"),
                _("a refusal needs its reason: the others have to know what to correct"),
                _("Say in a few words what is wrong."),
            )
        )
    refusal = replace(decision, refused_because=" ".join(why.split()))
    ledger.mailings.sign(refusal, actor=actor)
    return refusal


def approve_campaign(
    reference: str,
    *,
    actor: Actor,
    drafts: Drafts,
    version: str = "",
    signatures_required: int = 1,
) -> SignOff:
    """Sign off a campaign in the present state of its folder and of the contacts.

    `version` is the fingerprint that the person saw; another one is refused (RuleError).
    """
    revision = drafts.revision_of(reference)
    draft = drafts.draft(reference)
    require_version(draft, version)
    return approve(
        draft,
        findings=drafts.findings_about(draft),
        actor=actor,
        ledger=drafts.ledger,
        now=drafts.clock.now(),
        revision=revision,
        signatures_required=signatures_required,
    )


def refuse_campaign(
    reference: str, *, why: str, actor: Actor, drafts: Drafts, version: str = ""
) -> SignOff:
    """Refuse to sign a campaign off in the present state of its folder.

    `version` is the fingerprint that the person saw; another one is refused (RuleError).
    """
    revision = drafts.revision_of(reference)
    draft = drafts.draft(reference)
    require_version(draft, version)
    return refuse(
        draft,
        why=why,
        actor=actor,
        ledger=drafts.ledger,
        now=drafts.clock.now(),
        revision=revision,
    )


def _decision(draft: Draft, *, actor: Actor, now: datetime, revision: int) -> SignOff:
    """Return the sign-off that the actor may give. Raises RuleError when they may give none."""
    require(actor, Act.SIGN_OFF)
    require_recent(actor, now=now)
    if draft.signatories and signatory(actor.person or actor.name, draft) is None:
        raise RuleError(no_signatory(draft, actor.name))
    return SignOff(
        campaign=draft.campaign.slug,
        fingerprint=draft.fingerprint,
        by=actor.name,
        at=now,
        person=actor.person,
        revision=revision,
    )


def require_version(draft: Draft, version: str) -> None:
    """Raise RuleError when `version` is given and is not the fingerprint of the draft."""
    if version in {"", draft.fingerprint}:
        return
    raise RuleError(changed_since_shown(draft))


def changed_since_shown(draft: Draft) -> Problem:
    """Return what to say to somebody who saw another version than the present one."""
    return Problem(
        Place(draft.campaign.file),
        _("the campaign was changed after this page was shown"),
        _("Look at the present version, then decide again."),
    )


def blocking_problems(draft: Draft, findings: Sequence[Finding]) -> Iterator[Problem]:
    """Yield why this version may be neither signed off nor launched by anybody."""
    for finding in findings:
        if finding.blocks:
            yield Problem(finding.where, finding.what, finding.remedy, finding.act)
    if not draft.plan:
        yield Problem(
            Place(draft.campaign.file),
            _("the campaign has no step"),
            _("Add one under {table}.", table=FactKey("steps")),
        )
