"""What a launch would send: the last look, before the number is typed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.checks.reading.texts.reminders import reminders
from mailer.model.drafts.draft import Sample
from mailer.model.team.permission import lists_seen
from mailer.operations.campaigns.launching.launch import first_audience_size
from mailer.operations.campaigns.previews.samples import samples_of
from mailer.operations.sight import draft_within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from mailer.model.drafts.draft import Draft, PlannedStep
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.sending.compose import Composer

_SAMPLES = 3
ASKED_TO_COME = ""
"""The name under which people are counted who are on none of the lists."""


@dataclass(frozen=True, slots=True)
class StepSummary:
    """A step, and how many people get it through each list, after all exclusions.

    `left_out` counts the people of its lists who do not.
    """

    planned: PlannedStep
    by_list: Mapping[str, int]
    left_out: int
    is_reminder: bool

    @property
    def recipients(self) -> int:
        return sum(self.by_list.values())


@dataclass(frozen=True, slots=True)
class LaunchSummary:
    """The steps in the order of leaving, and filled samples of the first one. Steps that an answer
    triggers have no hour and are left out.

    `first` and `last` are local times in `time_zone`. `number` is what a launch must confirm.
    """

    steps: tuple[StepSummary, ...]
    first: datetime
    last: datetime
    time_zone: str
    number: int
    samples: tuple[Sample, ...]

    @property
    def reminders(self) -> tuple[StepSummary, ...]:
        return tuple(each for each in self.steps if each.is_reminder)


def launch_summary(
    reference: str, *, actor: Actor, drafts: Drafts, composer: Composer
) -> LaunchSummary | None:
    """Return what a launch of a campaign would send now; None for one without steps."""
    return summary_of(drafts.draft(reference), actor=actor, composer=composer)


def summary_of(draft: Draft, *, actor: Actor, composer: Composer) -> LaunchSummary | None:
    """Return what a launch of this draft would send, with messages to people whom the actor sees;
    None for one without steps.
    """
    scheduled = draft.scheduled
    if not scheduled:
        return None
    repeating = {reminder.planned.step.id for reminder in reminders(draft)}
    steps = tuple(
        _step_summary(planned, draft, is_reminder=planned.step.id in repeating)
        for planned in scheduled
    )
    return LaunchSummary(
        steps=steps,
        first=scheduled[0].local,
        last=scheduled[-1].local,
        time_zone=draft.campaign.time_zone,
        number=first_audience_size(draft),
        samples=tuple(
            _samples(draft_within(draft, lists_seen(actor)), scheduled[0].step.id, composer)
        )[:_SAMPLES],
    )


def _step_summary(planned: PlannedStep, draft: Draft, *, is_reminder: bool) -> StepSummary:
    audience = draft.audiences[planned.step.id]
    through: Counter[str] = Counter()
    for own, count in audience.readers_by_lists.items():
        through[next((name for name in planned.step.to if name in own), ASKED_TO_COME)] += count
    lists = {name: through[name] for name in planned.step.to}
    others = {ASKED_TO_COME: through[ASKED_TO_COME]} if through[ASKED_TO_COME] else {}
    return StepSummary(planned, lists | others, len(audience.exclusions), is_reminder)


def _samples(draft: Draft, step: str, composer: Composer) -> Iterator[Sample]:
    """Yield filled messages of the first step: one of each version that somebody gets, then more."""
    read = draft.audiences[step].readers_by_variant
    found = [
        Sample(step, variant, message)
        for variant, message in samples_of(draft, step, composer=composer)
        if variant in read or not read
    ]
    seen = set()
    later = []
    for sample in found:
        if sample.variant in seen:
            later.append(sample)
        else:
            seen.add(sample.variant)
            yield sample
    yield from later
