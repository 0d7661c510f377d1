"""Did a weekend or public holiday move a step?"""

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, _, note
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.labels import step_title

WHY = _("That day is no working day: newsrooms would not see the message.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a note for each step that was moved to a working day."""
    for planned in draft.plan:
        if planned.moved_from is None:
            continue
        yield note(
            place_of(draft.campaign, step_key(draft.campaign, planned.step, "send")),
            what=_(
                "The step “{step}” falls on {meant}; it leaves on {day}.",
                step=step_title(planned.step.id),
                meant=planned.moved_from,
                day=planned.local,
            ),
            why=WHY,
            remedy=_(
                "Nothing to do; to keep the day all the same: {fact}.",
                fact=FactKey("steps.fixed", value=True),
            ),
        )
