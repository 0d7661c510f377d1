"""Does an invitation to which one must be accredited say so?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.checks.steps.step_after_event import INVITING
from mailer.labels import step_title
from mailer.model.campaigns.press_lists import is_of_press

WHY = _("Only journalists are accredited: the message to other lists does not speak of it.")
SOURCE = sources.RULE


def check(draft: Draft) -> Findings:
    """Yield a warning for an invitation of which no list is of the press, where accreditation is
    compulsory.
    """
    if not draft.campaign.accreditation.required:
        return
    for planned in draft.plan:
        step = planned.step
        if step.only or step.on or (step.kind or draft.campaign.kind) not in INVITING:
            continue
        if not any(map(is_of_press, step.to)):
            yield warning(
                place_of(draft.campaign, step_key(draft.campaign, step, "to")),
                what=_(
                    "Accreditation is compulsory, and the step “{step}” does not say so: by their"
                    " names, its lists are not of the press: {lists}.",
                    step=step_title(step.id),
                    lists=", ".join(step.to),
                ),
                why=WHY,
                remedy=_(
                    "If journalists are on it, import the list under a name that says so: presse,"
                    " journalistes, rédactions, médias."
                ),
            )
