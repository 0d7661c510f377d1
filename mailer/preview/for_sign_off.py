"""What somebody is shown who signs a campaign off, without anybody who receives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.preview.word_changes import has_changed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.model.campaigns.audience import ExclusionReason
    from mailer.model.campaigns.campaign import VariantKey
    from mailer.model.drafts.draft import Draft, PlannedStep, Sample
    from mailer.model.drafts.finding import Finding
    from mailer.preview.named_people import NamedPeople
    from mailer.preview.word_changes import WordRun
    from mailer.wording import Text


@dataclass(frozen=True, slots=True)
class MailChanges:
    """How one version differs from the one that was signed; `is_new` when it was not there."""

    is_new: bool = False
    subject: tuple[WordRun, ...] = ()
    preheader: tuple[WordRun, ...] = ()
    text: tuple[WordRun, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the two read alike."""
        return not self.is_new and not any(map(has_changed, self.parts))

    @property
    def parts(self) -> tuple[tuple[WordRun, ...], ...]:
        return self.subject, self.preheader, self.text


@dataclass(frozen=True, slots=True)
class StaticVersion:
    """One version as an invented reader would receive it.

    `changes` is None when nobody signed a version of the campaign yet.
    """

    step: str
    variant: VariantKey
    count: int
    sample: Sample
    changes: MailChanges | None


@dataclass(frozen=True, slots=True)
class StaticStep:
    """A step of the timetable, its readers counted, and how it differs from the last sign-off."""

    planned: PlannedStep
    recipients: int
    exclusions: Mapping[ExclusionReason, int]
    changes: tuple[Text, ...] = ()
    gained: int = 0
    lost: int = 0

    @property
    def has_changed(self) -> bool:
        return bool(self.changes or self.gained or self.lost)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticPreview:
    """What the page shows. `people` knows whom it must not name: everybody on the lists.

    `removed` are the steps that were signed off last and are no longer there.
    """

    draft: Draft
    sign_off_state: Text
    partners: tuple[Text, ...]
    steps: tuple[StaticStep, ...]
    removed: tuple[str, ...]
    versions: tuple[StaticVersion, ...]
    findings: tuple[Finding, ...]
    people: NamedPeople
