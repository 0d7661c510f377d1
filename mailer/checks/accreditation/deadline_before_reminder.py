"""Does every invitation leave before accreditation closes?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.checks.steps.step_after_event import INVITING

WHY = _("It invites people whose request would be refused.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield a warning for each invitation that leaves after the accreditation deadline."""
    deadline = draft.campaign.accreditation.deadline
    if deadline is None:
        return
    for planned in draft.plan:
        step = planned.step
        if step.only or (step.kind or draft.campaign.kind) not in INVITING:
            continue
        if planned.due_at >= deadline:
            yield warning(
                place_of(draft.campaign, step_key(draft.campaign, step, "send")),
                what=_("The step “{step}” leaves after accreditation has closed.", step=step.id),
                why=WHY,
                remedy=_(
                    "Send it earlier, close accreditation later, or write it to the accredited (only)."
                ),
            )
