"""Sign off and launch a campaign, the two acts after which it may be sent."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.checks import run_checks
from mailer.checks.audience import already_sent
from mailer.errors import LedgerError, Place, Problem, RuleError
from mailer.model.campaign import CampaignKind
from mailer.model.finding import Severity
from mailer.model.mailing import Mailing, MailingId, SignOff
from mailer.model.permission import Act, require, require_recent
from mailer.model.since_launch import launch_facts
from mailer.operations.campaigns.plan_changes import signed_steps
from mailer.operations.campaigns.sign_offs import (
    author_alone,
    is_by_author_alone,
    is_signed_by_author_alone,
    no_signatory,
    refused,
    signatory,
    signed_by,
)
from mailer.operations.sending.start import not_allowed
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailer.model.actor import Actor
    from mailer.model.address import Address
    from mailer.model.draft import Draft
    from mailer.model.finding import Finding
    from mailer.operations.campaigns.drafts import Drafts
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class Launched:
    """The mailings of a launch, and the error of the backup afterwards, if it failed.

    `not_carried` are the recipients that the provider does not take, or may not take.
    """

    mailings: tuple[Mailing, ...]
    backup_failure: LedgerError | None = None
    not_carried: tuple[Address, ...] = ()


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
    enough, it may not be that of whoever wrote the last change.
    """
    sign_off = _decision(draft, actor=actor, now=now, revision=revision)
    if signatures_required == 1 and is_by_author_alone(sign_off, draft):
        raise RuleError(author_alone(draft, actor.name))
    if refusals := list(_blocking(draft, findings)):
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
        findings=run_checks(draft),
        actor=actor,
        ledger=drafts.ledger,
        now=drafts.clock.now(),
        revision=revision,
        signatures_required=signatures_required,
    )


def launch_campaign(
    reference: str,
    *,
    confirm: int | None,
    signatures_required: int,
    actor: Actor,
    drafts: Drafts,
    again: bool = False,
    back_up: bool = True,
    version: str = "",
) -> Launched:
    """Launch a campaign in its present state, then back up the ledger.

    `version` is the fingerprint that the person saw; another one is refused (RuleError). A backup
    that fails does not undo the launch. Its error is returned with the mailings.
    """
    draft = drafts.draft(reference)
    require_version(draft, version)
    now = drafts.clock.now()
    mailings = launch(
        draft,
        findings=run_checks(draft),
        confirm=confirm,
        signatures_required=signatures_required,
        actor=actor,
        ledger=drafts.ledger,
        now=now,
        again=again,
    )
    not_carried = drafts.not_carried(draft)
    if back_up:
        try:
            drafts.ledger.backups.create(at=now)
        except LedgerError as error:
            return Launched(mailings, error, not_carried)
    return Launched(mailings, not_carried=not_carried)


def require_version(draft: Draft, version: str) -> None:
    """Raise RuleError when `version` is given and is not the fingerprint of the draft."""
    if version in {"", draft.fingerprint}:
        return
    raise RuleError(
        Problem(
            Place(draft.campaign.file),
            _("the campaign was changed after this page was shown"),
            _("Look at the present version, then decide again."),
        )
    )


def first_audience_size(draft: Draft) -> int:
    """Return the number of recipients of the first step, which a launch must confirm."""
    first = min(draft.plan, key=lambda planned: planned.due_at, default=None)
    return len(draft.audiences[first.step.id].recipients) if first else 0


def launch(
    draft: Draft,
    *,
    findings: Sequence[Finding],
    confirm: int | None,
    signatures_required: int,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
    again: bool = False,
) -> tuple[Mailing, ...]:
    """Freeze every step of the draft as a mailing, in one transaction. Journalled.

    Raises RuleError when the actor may not launch, or with every reason at once: a finding
    blocks, the version is not signed off, the number does not match, or the campaign was
    launched before. A text that most of these people have already received in another mailing
    needs `again`. Outside production, a launch to people who are not on the allow-list is refused.
    """
    require(actor, Act.LAUNCH)
    require_recent(actor, now=now)
    twice = [finding for finding in findings if finding.check == already_sent.NAME]
    refusals = [
        *_blocking(draft, findings),
        *(Problem(each.where, each.what, each.remedy, each.act) for each in twice if not again),
        *refused(draft),
        *_unsigned(draft, signatures_required),
        *_miscounted(draft, confirm),
        *_past(draft, now),
        *_outside_allow_list(draft),
    ]
    if refusals:
        raise RuleError(*refusals)
    mailings = tuple(_freeze(draft))
    warnings = [str(finding.what) for finding in twice]
    if not ledger.mailings.launch(mailings, actor=actor, at=now, despite=warnings):
        raise RuleError(_launched_before(draft, ledger))
    return mailings


def _freeze(draft: Draft) -> Iterator[Mailing]:
    for planned in draft.plan:
        step = planned.step
        yield Mailing(
            id=MailingId(secrets.token_hex(8)),
            campaign=draft.campaign.slug,
            step=step.id,
            rule=planned.rule,
            due_at=planned.due_at,
            expires_at=planned.expires_at,
            local_time=planned.local.isoformat(timespec="minutes"),
            time_zone=draft.campaign.time_zone,
            fingerprint=draft.fingerprint,
            letterhead=draft.letterhead,
            variants={
                variant: message
                for (step_id, variant), message in draft.messages.items()
                if step_id == step.id
            },
            default_language=draft.campaign.language,
            facts=launch_facts(draft.campaign, step, leaves=planned.local),
            provider=draft.provider,
        )


def _blocking(draft: Draft, findings: Sequence[Finding]) -> Iterator[Problem]:
    for finding in findings:
        if finding.severity is Severity.ERROR:
            yield Problem(finding.where, finding.what, finding.remedy, finding.act)
    if not draft.plan:
        yield Problem(
            Place(draft.campaign.file),
            _("the campaign has no step"),
            _("Add at least one [[steps]] block."),
        )


def _unsigned(draft: Draft, required: int) -> Iterator[Problem]:
    signed = signed_by(draft)
    was_launched = draft.since_launch is not None and bool(draft.since_launch.changes)
    if was_launched:
        return  # a changed folder is refused for its launch, and cannot be signed off
    if len(signed) >= required:
        if is_signed_by_author_alone(draft):
            yield author_alone(draft, ", ".join(sorted(signed)))
        return
    for name in sorted(_others_who_signed(draft)):
        yield no_signatory(draft, name)
    earlier = sorted({s.by for s in draft.sign_offs if s.fingerprint != draft.fingerprint})
    yield Problem(
        Place(draft.campaign.file),
        _(
            "this version was changed after {names} signed off an earlier one",
            names=", ".join(earlier),
        )
        if earlier and not signed
        else _n(
            "this version needs {count} sign-off and has {signed}",
            "this version needs {count} sign-offs and has {signed}",
            count=required,
            signed=len(signed),
        ),
        _("Look at the preview, then sign this version off."),
        Remedy(RemedyAct.APPROVE, {"campaign": draft.campaign.slug}),
    )


def _others_who_signed(draft: Draft) -> set[str]:
    """Return the names of those who signed this version and may not sign off today."""
    return {
        each.by
        for each in draft.sign_offs
        if each.fingerprint == draft.fingerprint
        and draft.signatories
        and not (signatory(each.signatory, draft) or signatory(each.by, draft))
    }


def _miscounted(draft: Draft, confirm: int | None) -> Iterator[Problem]:
    real = first_audience_size(draft)
    if confirm == real:
        return
    yield Problem(
        Place(draft.campaign.file),
        _("the launch was not confirmed: the first step goes to {real} people", real=real)
        if confirm is None
        else _(
            "the launch was confirmed for {confirm} people, but the first step goes to {real}",
            confirm=confirm,
            real=real,
        ),
        _("Read the plan, then confirm the number."),
        Remedy(RemedyAct.SEE_PLAN, {"campaign": draft.campaign.slug}),
    )


def _past(draft: Draft, now: datetime) -> Iterator[Problem]:
    """Refuse what was to leave before the launch: nothing is caught up."""
    if draft.plan and all(planned.expires_at <= now for planned in draft.plan):
        yield Problem(
            Place(draft.campaign.file),
            _("every step of this campaign lies in the past"),
            _("Correct the date of the event, or try it out in a rehearsal."),
            Remedy(RemedyAct.REHEARSE, {"campaign": draft.campaign.slug}),
        )
        return
    for planned in draft.plan:
        if planned.due_at < now and not planned.step.on:
            key = f"steps.{planned.step.id}.send"
            yield Problem(
                Place(draft.campaign.file, planned.step.line, key=key),
                _(
                    "the step “{step}” was to leave on {at}, before this launch",
                    step=planned.step.id,
                    at=planned.local,
                ),
                _("Give it an hour to come, or remove it: what is past is never caught up."),
            )


def _outside_allow_list(draft: Draft) -> Iterator[Problem]:
    if draft.outside_allow_list:
        everybody = {
            recipient.contact.address.key
            for audience in draft.audiences.values()
            for recipient in audience.recipients
        }
        yield not_allowed(draft.outside_allow_list, of=len(everybody))


def _launched_before(draft: Draft, ledger: Ledger) -> Problem:
    launched = ledger.journal.entries(draft.campaign.slug, action="launch")[-1]
    return Problem(
        Place(draft.campaign.file),
        _(
            "this campaign was launched before ({at}, {by}); nothing was launched again",
            at=launched.at.astimezone(ZoneInfo(draft.campaign.time_zone)),
            by=launched.name or "-",
        ),
        _(
            "The status shows where it stands. To tell people what has changed, write a new campaign:"
            " a correction, a postponement or a cancellation."
        ),
        Remedy(RemedyAct.NEW_CAMPAIGN, {"kind": CampaignKind.CORRECTION.value}),
    )


def mailings_of(draft: Draft, *, version: int) -> tuple[Mailing, ...]:
    """Return the frozen steps of a draft that makes a later version of a launched campaign."""
    return tuple(replace(mailing, version=version) for mailing in _freeze(draft))


def refusals_of(
    draft: Draft, *, findings: Sequence[Finding], signatures_required: int
) -> list[Problem]:
    """Return why a draft may not be launched: findings that block, signatures, the allow-list."""
    return [
        *_blocking(draft, findings),
        *_unsigned(draft, signatures_required),
        *_outside_allow_list(draft),
    ]
