"""Does a reminder leave out those who have answered?"""

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, _, warning
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.checks.reading.texts.reminders import reminders
from mailer.labels import step_title

ANSWERS = frozenset({"accredited", "declined"})

WHY = _("To be asked again after answering is the first thing that annoys a journalist.")
SOURCE = sources.FOLLOW_UPS


def check(draft: Draft) -> Findings:
    """Yield a warning for each reminder that also goes to people who have answered.

    It applies only if accreditation is required.
    """
    if not draft.campaign.accreditation.required:
        return
    for planned, _before, _number in reminders(draft):
        if ANSWERS.issubset(planned.step.unless):
            continue
        yield warning(
            place_of(draft.campaign, step_key(draft.campaign, planned.step, "unless")),
            what=_(
                "The reminder “{step}” also goes to those who have answered.",
                step=step_title(planned.step.id),
            ),
            why=WHY,
            remedy=_("Fill in {fact}.", fact=FactKey("steps.unless", ("accredited", "declined"))),
        )
