"""What an audience rule says of somebody's answer in the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.accreditation import AccreditationState
from mailer.model.audience import ExclusionReason
from mailer.model.campaign import CampaignKind
from mailer.model.mailing import AudienceRule
from mailer.model.suppression import SuppressionReason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.model.campaign import Campaign, Step

_ANSWERED = frozenset(
    {
        AccreditationState.ASKED,
        AccreditationState.ACCEPTED,
        AccreditationState.WAITING,
        AccreditationState.ATTENDED,
    }
)
_LET_IN = frozenset({AccreditationState.ACCEPTED, AccreditationState.ATTENDED})

UNLESS: Mapping[str, frozenset[AccreditationState]] = {
    **{state.value: frozenset({state}) for state in AccreditationState},
    "accredited": _ANSWERED,
}
"""The answers that each word of `unless` leaves out. "accredited" means everybody who answered
and wants to come, whatever the office has decided yet: a reminder would only annoy."""

ONLY: Mapping[str, frozenset[AccreditationState]] = {
    **{state.value: frozenset({state}) for state in AccreditationState},
    "accredited": _LET_IN,
}
"""The answers that each word of `only` lets through. "accredited" means those who have been let
in: practical information is not for the waiting list."""

_YIELDS_TO_CANCELLATION = frozenset({SuppressionReason.OPT_OUT, SuppressionReason.DO_NOT_CONTACT})


def rule_of(campaign: Campaign, step: Step) -> AudienceRule:
    """The audience rule of a step as it is signed off."""
    kind = step.kind or campaign.kind
    return AudienceRule(
        to=step.to,
        only=step.only,
        unless=step.unless,
        # Accredited people must learn that the day is off, moved or not.
        cancels=kind in {CampaignKind.CANCELLATION, CampaignKind.POSTPONEMENT},
    )


def is_called(rule: AudienceRule, state: AccreditationState | None) -> bool:
    """Whether the register alone is reason enough to write."""
    if rule.cancels and state in _ANSWERED:
        return True
    return any(state in ONLY[word] for word in rule.only)


def objection(rule: AudienceRule, state: AccreditationState | None) -> ExclusionReason | None:
    """Why `rule` leaves out somebody with this answer in the register; None if it does not."""
    if state is not None and any(state in UNLESS[word] for word in rule.unless):
        declined = state is AccreditationState.DECLINED
        return ExclusionReason.DECLINED if declined else ExclusionReason.ACCREDITED
    if rule.only and not any(state in ONLY[word] for word in rule.only):
        return ExclusionReason.NOT_ACCREDITED
    return None


def yields(reason: SuppressionReason, rule: AudienceRule, state: AccreditationState | None) -> bool:
    """Whether a suppression is waived: accredited people get cancellations even after opting out."""
    return rule.cancels and state in _ANSWERED and reason in _YIELDS_TO_CANCELLATION
