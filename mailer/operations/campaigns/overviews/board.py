"""The tasks of a campaign, from its facts to its launch, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

from mailer.checks.accepting import accepted_findings
from mailer.checks.text.does_not_compile import finding_of
from mailer.errors import ContentError
from mailer.model.mailings.mailing import MailingState
from mailer.operations.campaigns.plans.plan import plan_of
from mailer.operations.campaigns.previews.proof import tests_sent
from mailer.operations.campaigns.sign_offs.partner_sign_offs import missing_partners
from mailer.operations.campaigns.sign_offs.sign_offs import others_than_author, unsigned_edit
from mailer.operations.campaigns.writing.old_campaign import texts_of_old

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mailer.model.campaigns.campaign import VariantKey
    from mailer.model.drafts.draft import Draft
    from mailer.model.drafts.finding import Finding
    from mailer.model.drafts.revision import Revision
    from mailer.model.journal.line import JournalEntry
    from mailer.model.mailings.mailing import MailingSummary, SignOff
    from mailer.model.team.person import Person
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.campaigns.plans.plan import CampaignPlan


class CampaignTask(StrEnum):
    """What is done for a campaign before it leaves, in this order."""

    FACTS = "facts"
    TEXTS = "texts"
    CALENDAR = "calendar"
    RECIPIENTS = "recipients"
    CHECKS = "checks"
    PREVIEW = "preview"
    TEST = "test"
    SIGN_OFF = "sign-off"
    LAUNCH = "launch"


class TaskProgress(StrEnum):
    """How far a task has come."""

    TO_DO = "to-do"
    TO_CORRECT = "to-correct"
    DONE = "done"
    OUTDATED = "outdated"
    """It was done, and the campaign has changed since."""
    NOT_YET = "not-yet"
    """Another task comes first."""
    READY = "ready"
    """There is something to look at; whether anybody has looked is not known."""


@dataclass(frozen=True, slots=True)
class Board:
    """A campaign with the progress of its tasks.

    `plan` is None as long as the folder cannot be read; `findings` then say why. `mailings` holds
    what was launched.
    """

    slug: str
    title: str
    findings: tuple[Finding, ...]
    plan: CampaignPlan | None
    tasks: Mapping[CampaignTask, TaskProgress]
    mailings: Sequence[MailingSummary]
    fingerprint: str = ""
    subjects: Mapping[tuple[str, VariantKey], str] = field(default_factory=dict)
    """The subject of each version that compiles, by step and variant."""
    sign_offs: Sequence[SignOff] = ()
    """All sign-offs and refusals of the campaign, the oldest first."""
    revision: int = 0
    """The number of the newest revision; 0 when none is known."""
    draft: Draft | None = None
    """What all of this is about; None as long as the folder cannot be read."""
    signed_by: frozenset[str] = frozenset()
    """The ids, or names, of those who have signed off exactly this version, and not refused it since."""
    unsigned_edit: Revision | None = None
    """The last change that a person saved, if nobody else has signed it and others could."""
    others_to_sign: tuple[Person, ...] = ()
    """Those who sign off and did not write the last change."""

    @property
    def blocking(self) -> int:
        """The number of findings that block the launch."""
        return sum(finding.blocks for finding in self.findings)

    @property
    def accepted(self) -> tuple[Finding, ...]:
        """The findings that somebody accepted, for those who sign off."""
        return accepted_findings(self.findings)

    @property
    def is_launched(self) -> bool:
        return self.plan is not None and self.plan.since_launch is not None

    @property
    def is_paused(self) -> bool:
        """Whether a step of it is paused."""
        return any(each.state is MailingState.PAUSED for each in self.mailings)


def board(reference: str, *, signatures_required: int, drafts: Drafts) -> Board:
    """Return the board of a campaign, even of one whose folder has problems."""
    campaign, problems = drafts.survey(reference)
    if campaign is None:
        found = tuple(map(finding_of, problems))
        tasks = dict.fromkeys(CampaignTask, TaskProgress.NOT_YET) | {
            CampaignTask.FACTS: TaskProgress.TO_CORRECT
        }
        mailings = drafts.ledger.mailings.summaries(reference)
        return Board(reference, reference, found, None, tasks, mailings)
    draft = drafts.draft_of(campaign, known=problems)
    found = drafts.findings_about(draft)
    plan = plan_of(draft, ledger=drafts.ledger, holidays=drafts.school_holidays())
    tests = tests_sent(campaign.slug, ledger=drafts.ledger)
    old = texts_of_old(draft.head, ledger=drafts.ledger)
    progress = _Judge(draft, found, plan, tests, signatures_required, old)
    return Board(
        slug=campaign.slug,
        title=campaign.title,
        findings=found,
        plan=plan,
        tasks={task: judge() for task, judge in progress.judges.items()},
        mailings=draft.mailings,
        fingerprint=draft.fingerprint,
        revision=draft.head.number if draft.head else 0,
        subjects={key: message.subject_text for key, message in draft.messages.items()},
        sign_offs=draft.decisions,
        draft=draft,
        signed_by=frozenset(
            each.signatory for each in draft.sign_offs if each.fingerprint == draft.fingerprint
        )
        - {each.signatory for each in draft.refusals},
        unsigned_edit=unsigned_edit(draft),
        others_to_sign=others_than_author(draft),
    )


def title_of(reference: str, *, drafts: Drafts) -> str:
    """Return the title of a campaign, or its name if the folder cannot be read."""
    try:
        return drafts.title(reference)
    except ContentError:
        return reference


@dataclass(frozen=True, slots=True)
class _Judge:
    """Judges each task of one draft."""

    draft: Draft
    findings: Sequence[Finding]
    plan: CampaignPlan
    tests: Sequence[JournalEntry]
    signatures_required: int
    texts_of_old: frozenset[str]

    @property
    def judges(self) -> Mapping[CampaignTask, Callable[[], TaskProgress]]:
        return {
            CampaignTask.FACTS: self._facts,
            CampaignTask.TEXTS: self._texts,
            CampaignTask.CALENDAR: self._calendar,
            CampaignTask.RECIPIENTS: self._recipients,
            CampaignTask.CHECKS: self._checks,
            CampaignTask.PREVIEW: self._preview,
            CampaignTask.TEST: self._test,
            CampaignTask.SIGN_OFF: self._sign_off,
            CampaignTask.LAUNCH: self._launch,
        }

    def _facts(self) -> TaskProgress:
        corrected = _corrected(self._blocking(lambda file: file.endswith(".toml")))
        waits = corrected is TaskProgress.DONE and self.draft.campaign.to_confirm
        return TaskProgress.TO_DO if waits else corrected

    def _texts(self) -> TaskProgress:
        corrected = _corrected(self._blocking(lambda file: file.endswith(".md")))
        is_to_read = self.texts_of_old and not self._has_been_read
        return TaskProgress.READY if is_to_read and corrected is TaskProgress.DONE else corrected

    def _calendar(self) -> TaskProgress:
        if any(each.is_past for each in self.plan.steps):
            return TaskProgress.TO_CORRECT
        return TaskProgress.DONE if self.draft.plan else TaskProgress.TO_DO

    def _recipients(self) -> TaskProgress:
        sizes = [len(self.draft.audiences[each.step.id].recipients) for each in self.draft.plan]
        return TaskProgress.DONE if sizes and sizes[0] else TaskProgress.TO_DO

    def _checks(self) -> TaskProgress:
        return _corrected(self._blocking(lambda _file: True))

    def _preview(self) -> TaskProgress:
        if not self.draft.messages:
            return TaskProgress.NOT_YET
        return TaskProgress.DONE if self._has_been_read else TaskProgress.READY

    def _test(self) -> TaskProgress:
        if any(self.draft.fingerprint in line.detail for line in self.tests):
            return TaskProgress.DONE
        return TaskProgress.OUTDATED if self.tests else TaskProgress.TO_DO

    def _sign_off(self) -> TaskProgress:
        if self._is_signed or self._is_launched:
            return TaskProgress.DONE
        if self.plan.refused_by:
            return TaskProgress.TO_CORRECT
        if self.plan.has_changed:
            return TaskProgress.OUTDATED
        return TaskProgress.TO_DO if self._checks() is TaskProgress.DONE else TaskProgress.NOT_YET

    def _launch(self) -> TaskProgress:
        if self._is_launched:
            return TaskProgress.DONE
        return TaskProgress.TO_DO if self._sign_off() is TaskProgress.DONE else TaskProgress.NOT_YET

    @property
    def _has_been_read(self) -> bool:
        return self._test() is TaskProgress.DONE or self._is_signed or self._is_launched

    @property
    def _is_signed(self) -> bool:
        is_enough = len(self.plan.signed_by) >= self.signatures_required
        by_office = is_enough and not self.plan.needs_another and not self.plan.refused_by
        return by_office and not any(missing_partners(self.draft))

    @property
    def _is_launched(self) -> bool:
        return self.plan.since_launch is not None

    def _blocking(self, is_meant: Callable[[str], bool]) -> Iterator[Finding]:
        for finding in self.findings:
            if finding.blocks and is_meant(PurePath(finding.where.file).name):
                yield finding


def _corrected(blocking: Iterator[Finding]) -> TaskProgress:
    return TaskProgress.TO_CORRECT if any(True for _finding in blocking) else TaskProgress.DONE
