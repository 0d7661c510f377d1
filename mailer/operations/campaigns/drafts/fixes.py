"""Correct the files of a campaign where a finding of the checks has one right fix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.checks.fixing import applies, fixed
from mailer.errors import Place, Problem, RuleError
from mailer.model.drafts.revision import EditConflict
from mailer.model.team.permission import Act, require
from mailer.operations.campaigns.revisions.differences import file_differences
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailer.model.drafts.finding import Finding
    from mailer.model.drafts.fix import Fix
    from mailer.model.drafts.revision import Revision
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.campaigns.revisions.differences import FileDifference
    from mailer.operations.campaigns.revisions.revisions import CampaignRevisions


@dataclass(frozen=True, slots=True)
class ProposedFixes:
    """The findings that are corrected, and the files with their content before and after.

    `base` is the revision whose files these are.
    """

    findings: tuple[Finding, ...]
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    base: int

    @property
    def differences(self) -> tuple[FileDifference, ...]:
        """What would change, line by line."""
        return file_differences(self.before, self.after)


def propose_fixes(
    slug: str, *, only: str = "", drafts: Drafts, revisions: CampaignRevisions
) -> ProposedFixes:
    """Return what the fixes of a campaign would change; with `only`, that of one finding.

    Accepted findings are left as they are. Changes nothing.
    """
    opened = revisions.open_campaign(slug)
    wanted = [
        each
        for each in drafts.findings(slug)
        if each.fix and (each.id == only if only else each.accepted is None)
    ]
    by_file: dict[str, list[Finding]] = {}
    for finding in wanted:
        name = finding.where.file.rpartition(f"{slug}/")[2]
        content = opened.files.get(name)
        if content is not None and finding.fix and applies(content, finding.fix):
            by_file.setdefault(name, []).append(finding)
    return ProposedFixes(
        findings=tuple(finding for each in by_file.values() for finding in each),
        before={name: opened.files[name] for name in by_file},
        after={name: fixed(opened.files[name], _fixes(each)) for name, each in by_file.items()},
        base=opened.head.number,
    )


def apply_fixes(
    slug: str,
    *,
    base: int,
    only: str = "",
    actor: Actor,
    drafts: Drafts,
    revisions: CampaignRevisions,
) -> Revision:
    """Save the corrected files as one revision of the campaign. Journalled.

    Raises RuleError when the actor may not do this, when nothing has a fix, when the files have
    changed since revision `base`, which the person saw, and when the campaign was launched.
    """
    require(actor, Act.EDIT_CAMPAIGN)
    proposed = propose_fixes(slug, only=only, drafts=drafts, revisions=revisions)
    if not proposed.findings:
        raise RuleError(_nothing_to_fix(slug))
    if proposed.base != base:
        raise RuleError(_changed_meanwhile(slug))
    why = _n(
        "{count} finding of the checks corrected",
        "{count} findings of the checks corrected",
        count=len(proposed.findings),
    )
    saved = revisions.save_files(slug, proposed.after, base=base, actor=actor, why=str(why))
    if isinstance(saved, EditConflict):
        raise RuleError(_changed_meanwhile(slug))
    return saved


def _fixes(findings: Iterable[Finding]) -> list[Fix]:
    return [finding.fix for finding in findings if finding.fix]


def _nothing_to_fix(slug: str) -> Problem:
    return Problem(
        Place(slug),
        _("nothing here has one right correction now"),
        _("What the checks find is for a person to decide."),
    )


def _changed_meanwhile(slug: str) -> Problem:
    return Problem(
        Place(slug),
        _("the campaign was changed after this correction was shown"),
        _("Look at it again, then correct it."),
    )
