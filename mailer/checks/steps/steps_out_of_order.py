"""Do the steps leave in the order in which the file lists them?"""

from itertools import pairwise

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _, finding
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.labels import step_title

WHY = _("Readers would get the sequel before the beginning.")
SOURCE = sources.RULE


def check(draft: Draft) -> Findings:
    """Yield a finding for each step that leaves before the step listed above it.

    The usual cause is a wrong sign or day. A step that leaves before the first step of the file
    is an error: a reminder of what nobody has received is never caught up either.
    """
    planned_of = {planned.step.id: planned for planned in draft.scheduled}
    in_file = [planned_of[step.id] for step in draft.campaign.steps if step.id in planned_of]
    for before, after in pairwise(in_file):
        if after.due_at >= before.due_at:
            continue
        opening = in_file[0]
        leads = after.due_at < opening.due_at
        yield finding(
            Severity.ERROR if leads else Severity.WARNING,
            place_of(draft.campaign, step_key(draft.campaign, after.step, "send")),
            what=_(
                "The step “{after}” is written after “{before}” and leaves before it.",
                after=step_title(after.step.id),
                before=step_title((opening if leads else before).step.id),
            ),
            why=WHY,
            remedy=_("Correct the time of one of them, or write them in the order of leaving."),
        )
