"""The plan of a campaign for one person: everybody's counts, and the names of those they see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.model.address import Address
from mailer.model.team.permission import lists_seen
from mailer.operations.campaigns.plans.plan import plan_campaign
from mailer.operations.campaigns.plans.plan_changes import AudienceChange, ChangedPerson
from mailer.operations.sight import UNNAMED, audience_within, sight_of

if TYPE_CHECKING:
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.campaigns.plans.plan import CampaignPlan, StepPlan
    from mailer.operations.sight import Sight


def plan_for(actor: Actor, reference: str, *, drafts: Drafts) -> CampaignPlan:
    """Return the plan of a campaign as `plan_campaign` does, without the names and addresses of
    people whom the actor may not see.
    """
    found = plan_campaign(reference, drafts=drafts)
    lists = lists_seen(actor)
    if lists is None:
        return found
    sight = sight_of(actor, ledger=drafts.ledger)
    return replace(
        found,
        steps=tuple(_step_within(each, lists, sight) for each in found.steps),
        open_answers=tuple(each for each in found.open_answers if _is_seen(each.address, sight)),
        not_carried=tuple(each for each in found.not_carried if sight.shows(each)),
    )


def _step_within(step: StepPlan, lists: frozenset[str], sight: Sight) -> StepPlan:
    signed, last = step.since_signed, step.since_last
    return replace(
        step,
        audience=audience_within(step.audience, lists),
        since_signed=signed and replace(signed, people=_named(signed.people, sight)),
        since_last=last and _named(last, sight),
    )


def _named(change: AudienceChange, sight: Sight) -> AudienceChange:
    def named(person: ChangedPerson) -> ChangedPerson:
        return person if _is_seen(person.address, sight) else ChangedPerson("", UNNAMED, person.why)

    return AudienceChange(tuple(map(named, change.gained)), tuple(map(named, change.lost)))


def _is_seen(address: str, sight: Sight) -> bool:
    return "@" in address and sight.shows(Address.parse(address))
