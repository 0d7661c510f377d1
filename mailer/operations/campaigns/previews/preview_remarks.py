"""What the checks say of one version of a step, to be read beside its mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.operations.sight import findings_within

if TYPE_CHECKING:
    from mailer.model.campaigns.campaign import VariantKey
    from mailer.model.drafts.draft import Draft
    from mailer.model.drafts.finding import Finding
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts


@dataclass(frozen=True, slots=True)
class TextVerdict:
    """The findings about one version, the blocking ones first, and how many are about the rest.

    Accepted findings are left out.
    """

    here: tuple[Finding, ...]
    elsewhere: int


def verdict_on(
    draft: Draft, step: str, variant: VariantKey, *, drafts: Drafts, actor: Actor
) -> TextVerdict:
    """Return what the checks say of a version of a step, and of the step's settings, and name only
    whom the actor sees.
    """
    file = next(each for each in draft.campaign.steps if each.id == step).contents[variant].file
    every = findings_within(drafts.findings_about(draft), actor)
    found = [each for each in every if each.accepted is None]
    here = [
        each
        for each in found
        if each.where.file == file or each.where.key.startswith(f"steps.{step}.")
    ]
    here.sort(key=lambda each: (not each.blocks, each.where.line))
    return TextVerdict(tuple(here), elsewhere=len(found) - len(here))
