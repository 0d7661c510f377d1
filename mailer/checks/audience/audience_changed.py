"""Are these still the people for whom the campaign was signed off?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note, warning
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.labels import step_title
from mailer.model.drafts.draft import AudienceSinceSigned

WHY = _("What is signed is a rule; whoever signed may have had other people in mind.")
SOURCE = sources.RULE

_MUCH = 10
"""A change of a tenth of the people, or of all but a few, deserves a look."""
_FEW = 5


def check(draft: Draft) -> Findings:
    """Yield a finding for each step whose people changed: a warning when they are many."""
    steps = {planned.step.id: planned.step for planned in draft.plan}
    for changed in draft.audiences_since_signed:
        make = warning if _is_much(changed) else note
        yield make(
            place_of(draft.campaign, step_key(draft.campaign, steps[changed.step], "to")),
            what=_(
                "The step “{step}” was signed off for {signed} people; {gained} have come since, {lost} have gone.",
                step=step_title(changed.step),
                signed=changed.signed,
                gained=changed.gained,
                lost=changed.lost,
            ),
            why=WHY,
            remedy=_("Look at who they are in the plan, and tell whoever signed."),
        )


def _is_much(changed: AudienceSinceSigned) -> bool:
    others = changed.gained + changed.lost
    return others > _FEW and others * _MUCH >= changed.signed
