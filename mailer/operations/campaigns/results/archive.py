"""Gather what an office keeps of a launched campaign: what was sent, by whose decision, to how many."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem, RuleError
from mailer.model.mailings.mailing import MailingState
from mailer.model.mailings.message import DeliveryId
from mailer.model.reports.archive import ArchivedVersion, CampaignArchive
from mailer.model.team.permission import Act, require, require_recent
from mailer.operations.campaigns.previews.samples import SAMPLE_READER
from mailer.operations.campaigns.results.report import report
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.drafts.finding import Finding
    from mailer.model.journal.line import JournalEntry
    from mailer.model.mailings.mailing import Mailing
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.campaigns.revisions.revisions import CampaignRevisions
    from mailer.operations.sending.compose import Composer
    from mailer.ports import Ledger

_KEPT_ACTS = frozenset(
    {
        "sign-off",
        "refuse-sign-off",
        "launch",
        "launch-again",
        "send-by",
        "reschedule",
        "start",
        "done",
        "expire",
    }
    | {state.value for state in MailingState}
)
"""The acts whose journal lines are kept. Their subjects are campaigns and steps, never people."""

SAMPLE_ID = DeliveryId("sample".ljust(26, "a"))
"""The id in the links of the archived messages, which no delivery has."""


def archive_campaign(
    campaign: str,
    *,
    with_people: bool,
    drafts: Drafts,
    revisions: CampaignRevisions,
    composer: Composer,
    ledger: Ledger,
    actor: Actor,
    now: datetime,
) -> CampaignArchive:
    """Return what is kept of a launched campaign. Keeping its people is journalled.

    Raises RuleError when it was never launched, or the actor may not export people and asks to.
    """
    if with_people:
        require(actor, Act.EXPORT_PEOPLE)
        require(actor, Act.SEE_EVERYBODY)
        require_recent(actor, now=now)
    mailings = ledger.mailings.all(campaign)
    if not mailings:
        raise RuleError(
            Problem(
                Place(campaign),
                _("this campaign was not launched; there is nothing to archive"),
                _("Archive it when it has been launched."),
            )
        )
    title, acts = drafts.title(campaign), _acts(campaign, ledger)
    archive = CampaignArchive(
        campaign=campaign,
        title=title,
        made_at=now,
        files=_files(mailings[0], ledger, revisions),
        versions=[each for mailing in mailings for each in _versions(mailing, composer)],
        mailings=mailings,
        sign_offs=ledger.mailings.sign_offs(campaign),
        acts=acts,
        findings=_findings(campaign, acts, drafts),
        report=report(campaign, title=title, ledger=ledger, now=now),
        with_people=with_people,
    )
    if with_people:
        ledger.journal.add(at=now, actor=actor, action="export", subject=campaign)
    return archive


def _files(mailing: Mailing, ledger: Ledger, revisions: CampaignRevisions) -> dict[str, bytes]:
    """Return the campaign's files as they were when what was launched was signed off."""
    signed = [
        each.revision
        for each in ledger.mailings.sign_offs(mailing.campaign)
        if each.fingerprint == mailing.fingerprint and each.revision and not each.refused_because
    ]
    return revisions.files_of(revisions.revision(mailing.campaign, signed[-1])) if signed else {}


def _versions(mailing: Mailing, composer: Composer) -> list[ArchivedVersion]:
    return [
        ArchivedVersion(
            mailing.step,
            variant,
            composer.for_reader(
                mailing,
                variant,
                replace(SAMPLE_READER, language=variant.language),
                delivery_id=SAMPLE_ID,
                sent_at=mailing.started_at or mailing.due_at,
            ),
            compiled.content_hash,
        )
        for variant, compiled in mailing.variants.items()
    ]


def _findings(campaign: str, acts: Sequence[JournalEntry], drafts: Drafts) -> tuple[Finding, ...]:
    """Return what the checks find in the folder, its dates judged as at the launch; nothing when
    the folder is gone.
    """
    launched_at = max(entry.at for entry in acts if entry.action == "launch")
    try:
        return drafts.findings(campaign, at=launched_at)
    except ContentError:
        return ()


def _acts(campaign: str, ledger: Ledger) -> list[JournalEntry]:
    return [entry for entry in ledger.journal.entries(campaign) if entry.action in _KEPT_ACTS]
