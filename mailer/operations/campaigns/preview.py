"""Make the content of a preview: each version for a few real people, and the findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.checks import run_checks
from mailer.model.draft import Sample
from mailer.operations.campaigns.samples import samples_of

if TYPE_CHECKING:
    from mailer.model.draft import Draft
    from mailer.model.finding import Finding
    from mailer.operations.campaigns.drafts import Drafts
    from mailer.operations.sending.compose import Composer


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft, sample messages of each of its steps and versions, and the findings."""

    draft: Draft
    samples: tuple[Sample, ...]
    findings: tuple[Finding, ...]


def preview_campaign(reference: str, *, drafts: Drafts, composer: Composer) -> Preview:
    """Return the content of a campaign's preview. Sends and changes nothing."""
    draft = drafts.draft(reference)
    return Preview(draft, all_samples(draft, composer=composer), run_checks(draft))


def all_samples(draft: Draft, *, composer: Composer) -> tuple[Sample, ...]:
    """Return sample messages of every step and version of a draft."""
    return tuple(
        Sample(step=planned.step.id, variant=variant, message=message)
        for planned in draft.plan
        for variant, message in samples_of(draft, planned.step.id, composer=composer)
    )
