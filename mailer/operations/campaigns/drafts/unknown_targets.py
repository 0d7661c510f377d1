"""Finds the words in the targets of a campaign's steps that fit nobody: most are misspelt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.campaigns.target import UnknownTarget
from mailer.selection import matches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.model.campaigns.campaign import Campaign
    from mailer.model.campaigns.target import Target
    from mailer.model.drafts.draft import PlannedStep
    from mailer.operations.sending.audience import Directory
    from mailer.ports import Ledger

_TRAITS = ("outlets", "beats", "regions", "media")
"""The keys of a target, in the order of `Traits`."""


def unknown_targets(
    campaign: Campaign, plan: Sequence[PlannedStep], *, directory: Directory, ledger: Ledger
) -> Iterator[UnknownTarget]:
    """Yield each outlet, beat, region or medium of a target that no contact has, and each list or
    step in it that does not exist.
    """
    for planned in plan:
        target = planned.rule.target
        found = [
            *_unknown_words(target, directory),
            *(("exclude", name) for name in target.exclude if name not in directory.list_names),
            *(
                (key, name)
                for key in ("received", "not_received")
                for name in getattr(target, key)
                if not _exists(name, campaign, ledger)
            ),
        ]
        yield from (UnknownTarget(planned.step.id, key, value) for key, value in found)


def _unknown_words(target: Target, directory: Directory) -> Iterator[tuple[str, str]]:
    """Yield the key and the word of each trait that no contact has."""
    if not target.asks_for_traits:
        return
    for number, key in enumerate(_TRAITS):
        values = {traits[number] for traits in directory.traits.values()}
        for word in getattr(target, key):
            if not any(matches((word,), value) for value in values):
                yield key, word


def _exists(name: str, campaign: Campaign, ledger: Ledger) -> bool:
    """Return whether a step was launched under this name, or belongs to this campaign."""
    slug, _slash, step = name.rpartition("/")
    own = {each.id for each in campaign.steps} if slug == campaign.slug else set()
    return step in own or any(each.step == step for each in ledger.mailings.summaries(slug))
