"""Does everybody who is accredited get what is written to the accredited?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.labels import step_title

WHY = _("Who is accredited at the last moment comes without knowing where to go.")
SOURCE = sources.STANDARD_OF_THE_DESK
_ACCREDITED = frozenset({"accredited", "accepted"})


def check(draft: Draft) -> Findings:
    """Yield a note for each step to the accredited that leaves while accreditation is open."""
    deadline = draft.campaign.accreditation.deadline
    if deadline is None:
        return
    for planned in draft.plan:
        step = planned.step
        if step.on or not step.only or not _ACCREDITED.issuperset(step.only):
            continue
        if planned.due_at < deadline:
            yield note(
                place_of(draft.campaign, step_key(draft.campaign, step, "send")),
                what=_(
                    "The step “{step}” leaves on {day}, and accreditation closes on {deadline}:"
                    " who is accredited in between does not get it.",
                    step=step_title(step.id),
                    day=planned.local,
                    deadline=deadline,
                ),
                why=WHY,
                remedy=_("Send it after accreditation has closed, or close accreditation earlier."),
            )
