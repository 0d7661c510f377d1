"""Audience rules: whom an accreditation includes or excludes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.campaigns.audience import ExclusionReason
from mailer.model.contacts.suppression import YIELDS_TO_CANCELLATION, SuppressionReason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.model.mailings.mailing import AudienceRule

_ANSWERED = frozenset(
    {
        AccreditationState.ASKED,
        AccreditationState.ACCEPTED,
        AccreditationState.WAITING,
        AccreditationState.REFUSED,
        AccreditationState.ATTENDED,
    }
)
"""The states of everybody who asked to come. Who was refused must learn of a cancellation too."""
LET_IN = frozenset({AccreditationState.ACCEPTED, AccreditationState.ATTENDED})
"""The states of people who have an accreditation."""

UNLESS: Mapping[str, frozenset[AccreditationState]] = {
    **{state.value: frozenset({state}) for state in AccreditationState},
    "accredited": _ANSWERED,
}
"""The accreditation states that each word of `unless` excludes. "accredited" means everybody who
asked to come, also if the office declined: a reminder would only annoy them."""

ONLY: Mapping[str, frozenset[AccreditationState]] = {
    **{state.value: frozenset({state}) for state in AccreditationState},
    "accredited": LET_IN,
}
"""The accreditation states that each word of `only` includes. "accredited" means those whose
request was accepted: practical information is not for the waiting list."""


def includes_by_state(rule: AudienceRule, state: AccreditationState | None) -> bool:
    """Return whether the accreditation is enough to include a person who is on none of the lists."""
    if (rule.cancels or rule.informed) and state in _ANSWERED:
        return True
    return any(state in ONLY[word] for word in rule.only)


def exclusion_reason(
    rule: AudienceRule, state: AccreditationState | None
) -> ExclusionReason | None:
    """Return why `rule` excludes a person with this accreditation state; None if it does not."""
    if state is not None and any(state in UNLESS[word] for word in rule.unless):
        declined = state is AccreditationState.DECLINED
        return ExclusionReason.DECLINED if declined else ExclusionReason.ACCREDITED
    if rule.only and not any(state in ONLY[word] for word in rule.only):
        return ExclusionReason.NOT_ACCREDITED
    return None


def is_waived(
    reason: SuppressionReason, rule: AudienceRule, state: AccreditationState | None
) -> bool:
    """Return whether a suppression is waived: people who asked to come get a cancellation even
    after opting out.
    """
    return rule.cancels and state in _ANSWERED and reason in YIELDS_TO_CANCELLATION
