"""What the press office of another institution sees of the campaigns that name it.

It sees the texts as an invented reader would receive them: no list, no count, and nobody of a list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem
from mailer.operations.campaigns.previews.preview_room import versions_in
from mailer.operations.campaigns.previews.samples import invented_sample
from mailer.operations.campaigns.sign_offs.partner_sign_offs import asked_of
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailer.model.campaigns.campaign import Campaign, VariantKey
    from mailer.model.drafts.draft import Draft, PlannedStep, Sample
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.sending.compose import Composer


@dataclass(frozen=True, slots=True)
class PartnerVersion:
    """One text of a step, by its number in the campaign, from 1. It has no name of a list."""

    number: int
    planned: PlannedStep
    variant: VariantKey


@dataclass(frozen=True, slots=True)
class PartnerPreview:
    """The texts of a campaign, and the one that is shown; None when it cannot be shown yet.

    `own` are the pieces of its text that stand in the name of the person's institution.
    """

    draft: Draft
    versions: tuple[PartnerVersion, ...]
    number: int
    sample: Sample | None
    own: tuple[str, ...] = ()


def campaigns_naming(actor: Actor, names: Iterable[str], *, drafts: Drafts) -> Sequence[Campaign]:
    """Return the campaigns that name this person, by title. Those that cannot be read are not."""
    read = (_read(each, drafts) for each in names)
    named = (each.campaign for each in read if each and _names(each.campaign, actor))
    return sorted(named, key=lambda each: (each.title.casefold(), each.slug))


def require_named(reference: str, *, actor: Actor, drafts: Drafts) -> Campaign:
    """Return the campaign. Raises ContentError, as for a campaign that does not exist, when it
    does not name this person.
    """
    return _named(reference, actor, drafts).campaign


def draft_for_partner(reference: str, *, actor: Actor, drafts: Drafts) -> Draft:
    """Return the draft of a campaign that names this person; raises ContentError for others."""
    named = _named(reference, actor, drafts)
    return drafts.draft_of(named.campaign, known=named.problems)


def partner_preview(
    reference: str, *, number: int, actor: Actor, drafts: Drafts, composer: Composer
) -> PartnerPreview:
    """Return the texts of a campaign for a partner, and the mail of the text with this number for
    an invented reader. Raises ContentError when the campaign does not name this person.
    """
    draft = draft_for_partner(reference, actor=actor, drafts=drafts)
    versions = texts_of(draft)
    shown = next((each for each in versions if each.number == number), None)
    shown = shown or next(iter(versions), None)
    if shown is None:
        return PartnerPreview(draft, versions, 0, None)
    step, variant = shown.planned.step.id, shown.variant
    sample = invented_sample(draft, step, variant, composer=composer)
    own = tuple(
        piece
        for each in asked_of(actor.person, draft)
        for word in (each.words.passages if each.words else ())
        for piece in word.lines
    )
    return PartnerPreview(draft, versions, shown.number, sample, own)


def texts_of(draft: Draft) -> tuple[PartnerVersion, ...]:
    """Return the texts of a draft that compiled, in the order of the calendar."""
    planned = {each.step.id: each for each in draft.plan}
    return tuple(
        PartnerVersion(number, planned[step], variant)
        for number, (step, variant) in enumerate(versions_in(draft), start=1)
        if (step, variant) in draft.messages
    )


@dataclass(frozen=True, slots=True)
class _NamedCampaign:
    """A campaign as far as its folder can be read, and what is wrong in it."""

    campaign: Campaign
    problems: Sequence[Problem]


def _named(reference: str, actor: Actor, drafts: Drafts) -> _NamedCampaign:
    found = _read(reference, drafts)
    if found is None or not _names(found.campaign, actor):
        what, remedy = _("there is no page at this address"), _("Go back to the start page.")
        raise ContentError(Problem(Place(""), what, remedy))
    return found


def _read(reference: str, drafts: Drafts) -> _NamedCampaign | None:
    """Return a campaign as far as its folder can be read; None for one that cannot."""
    try:
        campaign, problems = drafts.survey(reference)
    except ContentError:
        return None
    return _NamedCampaign(campaign, problems) if campaign else None


def _names(campaign: Campaign, actor: Actor) -> bool:
    return bool(actor.person) and any(actor.person in each.people for each in campaign.partners)
