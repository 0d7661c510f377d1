"""What the forms of a campaign show, and the functions that read and rewrite its files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.model.drafts.revision import TextFields

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from mailer.errors import Problem
    from mailer.model.campaigns.campaign import Campaign, VariantKey
    from mailer.model.drafts.finding import Finding
    from mailer.model.drafts.new_step import AddedStep, OfferedStep
    from mailer.model.drafts.revision import Scratch
    from mailer.operations.campaigns.revisions.folder_sync import OpenedCampaign


@dataclass(frozen=True, slots=True)
class EditedText:
    """One text as its page shows it.

    `is_new` says that the file does not exist yet. `scratches` are the person's own unsaved
    versions, and `others` the names of other people who are writing in it. `is_main` says that its
    subject and preheader stand in the facts of the step.
    """

    slug: str
    title: str
    file: str
    step: str
    variant: VariantKey
    fields: TextFields
    opened: OpenedCampaign
    is_new: bool = False
    is_main: bool = False
    findings: tuple[Finding, ...] = ()
    scratches: tuple[Scratch, ...] = ()
    others: frozenset[str] = frozenset()
    is_corrected: bool = False
    """Whether it may be changed after the launch, because an amendment tells it again."""

    @property
    def is_locked(self) -> bool:
        """Whether it can no longer be changed."""
        return self.opened.read_only is not None and not self.is_corrected

    @property
    def base(self) -> int:
        """The number of the revision that the page was drawn from."""
        return self.opened.head.number


@dataclass(frozen=True, slots=True)
class StepTexts:
    """The texts of one step, by variant, and the file names of versions it could have besides."""

    step: str
    files: Mapping[VariantKey, str]
    possible: Mapping[VariantKey, str]


@dataclass(frozen=True, slots=True)
class CampaignTexts:
    """Every text of a campaign. `unread` are those of which no step is known."""

    title: str
    opened: OpenedCampaign
    steps: tuple[StepTexts, ...]
    unread: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class EditedFacts:
    """The facts of a campaign as their page shows them: the text of each field by its name."""

    title: str
    opened: OpenedCampaign
    fields: Mapping[str, str]
    entries: Mapping[str, int]
    campaign: Campaign | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFormat:
    """How the files of a campaign are read and rewritten: functions of `files.campaigns`."""

    text_fields: Callable[..., TextFields]
    rewrite_text: Callable[..., bytes]
    fact_fields: Callable[[bytes], dict[str, str]]
    rewrite_facts: Callable[..., bytes]
    entries: Callable[[bytes, str], int]
    fact_problems: Callable[[bytes, str], tuple[Problem, ...]]
    starter_files: Callable[..., dict[str, bytes]]
    confirm: Callable[[bytes, Collection[str]], bytes]
    flag_copied: Callable[[bytes, Mapping[str, str]], bytes]
    offered_steps: Callable[..., tuple[OfferedStep, ...]]
    with_step: Callable[..., AddedStep]
    without_step: Callable[[bytes, str], bytes]
    texts_of_step: Callable[[bytes, str], str]


def scratch_text(typed: TextFields) -> str:
    """Return the fields of a text as they are kept while somebody is writing."""
    return json.dumps([typed.subject, typed.preheader, typed.body], ensure_ascii=False)


def scratch_fields(text: str) -> TextFields:
    """Return the fields of a text that was kept by `scratch_text`."""
    subject, preheader, body = json.loads(text)
    return TextFields(body, subject, preheader)


def scratch_of_facts(typed: Mapping[str, str]) -> str:
    """Return the fields of the facts as they are kept while somebody is writing."""
    return json.dumps(dict(typed), ensure_ascii=False)


def facts_of_scratch(text: str) -> dict[str, str]:
    """Return the fields that were kept by `scratch_of_facts`."""
    return {str(name): str(value) for name, value in json.loads(text).items()}
