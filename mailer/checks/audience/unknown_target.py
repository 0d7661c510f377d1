"""Does every outlet, beat, list or step that a step asks for exist?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.labels import step_title

WHY = _("People would be left out, or written to, without anybody noticing.")
SOURCE = sources.RULE


def check(draft: Draft) -> Findings:
    """Yield an error for each word of a target that means nobody: it is usually misspelt."""
    steps = {planned.step.id: planned.step for planned in draft.plan}
    for unknown in draft.unknown_targets:
        yield error(
            place_of(draft.campaign, step_key(draft.campaign, steps[unknown.step], unknown.key)),
            what=_(
                "The step “{step}” asks for {key} = “{value}”, which means nobody.",
                step=step_title(unknown.step),
                key=unknown.key,
                value=unknown.value,
            ),
            why=WHY,
            remedy=_("Correct the word: it is compared with the directory, step by step."),
        )
