"""Does whatever speaks of accreditation leave before it closes?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.checks.steps.step_after_event import INVITING
from mailer.labels import step_title
from mailer.model.campaigns.campaign import Step

WHY = _("It invites people whose request would be refused.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield a warning for each step that leaves after the accreditation deadline, if it invites or
    tells until when one can ask.
    """
    deadline = draft.campaign.accreditation.deadline
    if deadline is None:
        return
    for planned in draft.plan:
        step = planned.step
        if planned.due_at >= deadline and (_invites(draft, step) or _tells_deadline(step)):
            yield warning(
                place_of(draft.campaign, step_key(draft.campaign, step, "send")),
                what=_(
                    "The step “{step}” leaves after accreditation has closed.",
                    step=step_title(step.id),
                ),
                why=WHY,
                remedy=_(
                    "Send it earlier, close accreditation later, or write it to the accredited (only)."
                ),
            )


def _invites(draft: Draft, step: Step) -> bool:
    return not step.only and (step.kind or draft.campaign.kind) in INVITING


def _tells_deadline(step: Step) -> bool:
    """Return whether a text of the step has the place where the deadline stands."""
    contents = step.contents.values()
    told = (
        step.subject,
        step.preheader,
        *(f"{c.subject} {c.preheader} {c.text}" for c in contents),
    )
    return any("accreditation.deadline" in each for each in told)
