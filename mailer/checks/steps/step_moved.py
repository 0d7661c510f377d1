"""Did a weekend or public holiday move a step?"""

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, Quoted, _, note
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.labels import step_title
from mailer.render.facts.dates import day_in_words

WHY = _("That day is no working day: newsrooms would not see the message.")
SOURCE = sources.RULE


def check(draft: Draft) -> Findings:
    """Yield a note for each step that was moved to a working day."""
    language = draft.campaign.language
    for planned in draft.plan:
        if planned.moved_from is None:
            continue
        yield note(
            place_of(draft.campaign, step_key(draft.campaign, planned.step, "send")),
            what=_(
                "The step “{step}” falls on {meant}; it leaves on {day}.",
                step=step_title(planned.step.id),
                meant=Quoted(day_in_words(planned.moved_from.date(), language), language),
                day=Quoted(day_in_words(planned.local.date(), language), language),
            ),
            why=WHY,
            remedy=_(
                "Nothing to do; to keep the day all the same: {fact}.",
                fact=FactKey("steps.fixed", value=True),
            ),
        )
