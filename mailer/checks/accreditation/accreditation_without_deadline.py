"""Until when can one be accredited?"""

from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.places import place_of


def check(draft: Draft) -> Findings:
    """Yield an error if accreditation is compulsory and has no deadline."""
    if draft.campaign.accreditation.required and draft.campaign.accreditation.deadline is None:
        yield error(
            place_of(draft.campaign, "accreditation.deadline"),
            what=_("Accreditation is compulsory and has no deadline."),
            why=_("Requests will arrive on the morning of the event, and be refused at the door."),
            remedy=_("Write deadline = {example} under [accreditation].", example='"J-1 12:00"'),
        )
