"""Whom does one ask for accreditation?"""

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, _, error
from mailer.checks.reading.texts.places import place_of

WHY = _("Whoever wants to come cannot.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield an error if accreditation is compulsory and has no address for requests."""
    if draft.campaign.accreditation.required and not draft.campaign.accreditation.addresses:
        yield error(
            place_of(draft.campaign, "accreditation.addresses"),
            what=_("Accreditation is compulsory and there is no address to ask for it."),
            why=WHY,
            remedy=_(
                "Fill in {fact}.",
                fact=FactKey("accreditation.addresses", ("presse@institut.example",)),
            ),
        )
