"""Do the steps leave in the order in which the file lists them?"""

from itertools import pairwise

from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.places import place_of, step_key


def check(draft: Draft) -> Findings:
    """Yield a warning for each step that leaves before the step listed above it.

    The usual cause is a wrong sign or day.
    """
    planned_of = {planned.step.id: planned for planned in draft.plan}
    in_file = [planned_of[step.id] for step in draft.campaign.steps if step.id in planned_of]
    for before, after in pairwise(in_file):
        if after.due_at >= before.due_at:
            continue
        yield warning(
            place_of(draft.campaign, step_key(draft.campaign, after.step, "send")),
            what=_(
                "The step “{after}” is written after “{before}” and leaves before it.",
                after=after.step.id,
                before=before.step.id,
            ),
            why=_("Readers would get the sequel before the beginning."),
            remedy=_("Correct the time of one of them, or write them in the order of leaving."),
        )
