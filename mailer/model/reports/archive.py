"""What an office keeps of a launched campaign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from mailer.model.campaigns.campaign import VariantKey
    from mailer.model.drafts.finding import Finding
    from mailer.model.journal.line import JournalEntry
    from mailer.model.mailings.mailing import Mailing, SignOff
    from mailer.model.mailings.message import Message
    from mailer.model.reports.report import Report


@dataclass(frozen=True, slots=True)
class ArchivedVersion:
    """One version of a step as it was sent, filled in for the invented reader."""

    step: str
    variant: VariantKey
    message: Message
    content_hash: str


@dataclass(frozen=True, slots=True)
class CampaignArchive:
    """What is kept of a campaign. Nothing of it names a recipient, except `report`.

    `files` are those of the revision that was signed off, by path; empty when no revision is
    known. `findings` are those of the launch. `with_people` says whether the rows of the report may be kept.
    """

    campaign: str
    title: str
    made_at: datetime
    files: Mapping[str, bytes]
    versions: Sequence[ArchivedVersion]
    mailings: Sequence[Mailing]
    sign_offs: Sequence[SignOff]
    acts: Sequence[JournalEntry]
    findings: Sequence[Finding]
    report: Report
    with_people: bool
