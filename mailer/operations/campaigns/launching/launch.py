"""Launch a campaign that is signed off: freeze its steps as mailings."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.checks.audience import already_sent
from mailer.errors import LedgerError, Place, Problem, RuleError
from mailer.labels import step_title
from mailer.model.mailings.mailing import Mailing, MailingId
from mailer.model.mailings.since_launch import launch_facts
from mailer.model.team.permission import Act, require, require_recent
from mailer.operations.campaigns.approval.approval import blocking_problems, require_version
from mailer.operations.campaigns.sign_offs.partner_sign_offs import missing_partners
from mailer.operations.campaigns.sign_offs.sign_offs import (
    author_alone,
    is_signed_by_author_alone,
    no_signatory,
    refused,
    signatory,
    signed_by,
)
from mailer.operations.sending.start import not_allowed
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _, _n, as_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.drafts.draft import Draft
    from mailer.model.drafts.finding import Finding
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class Launched:
    """The mailings of a launch, and the error of the backup afterwards, if it failed.

    `not_carried` are the recipients that the provider does not take, or may not take.
    """

    mailings: tuple[Mailing, ...]
    backup_failure: LedgerError | None = None
    not_carried: tuple[Address, ...] = ()


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
    Mail that receivers would refuse is not launched (`Drafts.refused_mail`).
    """
    draft = drafts.draft(reference)
    require_version(draft, version)
    if refused := drafts.refused_mail(draft):
        raise RuleError(*refused)
    now = drafts.clock.now()
    mailings = launch(
        draft,
        findings=drafts.findings_about(draft),
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
        *blocking_problems(draft, findings),
        *(Problem(each.where, each.what, each.remedy, each.act) for each in twice if not again),
        *refused(draft),
        *_unsigned(draft, signatures_required),
        *missing_partners(draft),
        *_miscounted(draft, confirm),
        *_past(draft, now),
        *_outside_allow_list(draft),
    ]
    if refusals:
        raise RuleError(*refusals)
    mailings = tuple(_freeze(draft))
    warnings = [as_note(finding.what) for finding in twice]
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
        _("Read again what leaves (at the desk, the page Launch), then confirm the number."),
        Remedy(RemedyAct.CONFIRM_LAUNCH, {"campaign": draft.campaign.slug}),
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
                    step=step_title(planned.step.id),
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
            "The status shows where it stands. To tell people what has changed, correct, move or"
            " cancel this campaign."
        ),
        Remedy(RemedyAct.AMEND, {"campaign": draft.campaign.slug}),
    )


def mailings_of(draft: Draft, *, version: int) -> tuple[Mailing, ...]:
    """Return the frozen steps of a draft that makes a later version of a launched campaign."""
    return tuple(replace(mailing, version=version) for mailing in _freeze(draft))


def refusals_of(
    draft: Draft, *, findings: Sequence[Finding], signatures_required: int
) -> list[Problem]:
    """Return why a draft may not be launched: findings that block, signatures, the allow-list."""
    return [
        *blocking_problems(draft, findings),
        *_unsigned(draft, signatures_required),
        *_outside_allow_list(draft),
    ]
