"""Did a person write the deadline for accreditation?"""

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, _, warning
from mailer.checks.reading.texts.places import place_of

WHY = _("Who asks a minute later is refused at the door, by a rule that nobody made.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a warning while the deadline is the one that the program proposed."""
    rules = draft.campaign.accreditation
    if rules.required and rules.deadline and rules.deadline_proposed:
        yield warning(
            place_of(draft.campaign, "accreditation.deadline_proposed"),
            what=_(
                "The deadline for accreditation was proposed by the program: {at}.",
                at=rules.deadline,
            ),
            why=WHY,
            remedy=_(
                "Confirm it: take {fact} away, or write another deadline.",
                fact=FactKey("accreditation.deadline_proposed"),
            ),
        )
