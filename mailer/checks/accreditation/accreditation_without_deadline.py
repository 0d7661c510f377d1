"""Until when can one be accredited?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.places import place_of

WHY = _("Requests will arrive on the morning of the event, and be refused at the door.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield an error if accreditation is compulsory and has no deadline."""
    if draft.campaign.accreditation.required and draft.campaign.accreditation.deadline is None:
        yield error(
            place_of(draft.campaign, "accreditation.deadline"),
            what=_("Accreditation is compulsory and has no deadline."),
            why=WHY,
            remedy=_("Write deadline = {example} under [accreditation].", example='"J-1 12:00"'),
        )
