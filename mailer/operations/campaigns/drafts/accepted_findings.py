"""Accept a finding of the checks with a reason, or withdraw that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.drafts.accepted_finding import AcceptedFinding
from mailer.model.team.permission import Act, require
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.model.drafts.finding import Finding
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts


def accept_finding(
    reference: str, finding: str, *, why: str, actor: Actor, drafts: Drafts
) -> Finding:
    """Accept the finding with this id and return it. Journalled.

    It stays visible and no longer counts, until the words that it quotes change. Raises RuleError
    when the actor may not do this, without a reason, for a finding that blocks, and for an id
    that no finding has now.
    """
    require(actor, Act.EDIT_CAMPAIGN)
    campaign = drafts.readable_campaign(reference)
    reason = " ".join(why.split())
    found = next((each for each in drafts.findings(reference) if each.id == finding), None)
    if found is None:
        raise RuleError(_unknown(finding))
    if found.blocks:
        raise RuleError(_blocking(found))
    if not reason:
        raise RuleError(_without_reason(finding))
    accepted = AcceptedFinding(
        campaign=campaign.slug,
        finding=found.id,
        check=found.check,
        why=reason,
        at=drafts.clock.now(),
        person=actor.person,
        by=actor.name,
    )
    drafts.ledger.accepted_findings.accept(accepted, actor=actor)
    return found


def withdraw_acceptance(reference: str, finding: str, *, actor: Actor, drafts: Drafts) -> None:
    """Let an accepted finding count again. Journalled. Raises RuleError when none was accepted."""
    require(actor, Act.EDIT_CAMPAIGN)
    slug = drafts.readable_campaign(reference).slug
    now = drafts.clock.now()
    if not drafts.ledger.accepted_findings.withdraw(slug, finding, actor=actor, at=now):
        raise RuleError(
            Problem(
                Place("", key="finding"),
                _("no finding “{id}” was accepted", id=finding),
                _("The checks show what was accepted."),
            )
        )


def accepted_of(reference: str, *, drafts: Drafts) -> tuple[Finding, ...]:
    """Return the accepted findings that are still found, for those who sign off.

    The checks run only if something was accepted.
    """
    slug = drafts.readable_campaign(reference).slug
    if not drafts.ledger.accepted_findings.of_campaign(slug):
        return ()
    return tuple(each for each in drafts.findings(reference) if each.accepted is not None)


def _unknown(finding: str) -> Problem:
    return Problem(
        Place("", key="finding"),
        _("the checks find nothing called “{id}” now", id=finding),
        _("Its words have changed, or it is corrected. Look at the checks again."),
    )


def _blocking(found: Finding) -> Problem:
    return Problem(
        found.where,
        _(
            "this finding blocks the launch, and what blocks cannot be accepted: {what}",
            what=found.what,
        ),
        found.remedy,
    )


def _without_reason(finding: str) -> Problem:
    return Problem(
        Place("", key=f"why-{finding}"),
        _("an acceptance needs its reason: whoever signs off reads it"),
        _("Say in a few words why this is right as it stands."),
    )
