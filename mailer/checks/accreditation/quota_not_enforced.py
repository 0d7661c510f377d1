"""Does the campaign count on a quota that the program does not enforce?"""

from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.places import place_of
from mailer.remedies import Remedy, RemedyAct


def check(draft: Draft) -> Findings:
    """Yield an error for each accreditation quota, because quotas are not enforced yet."""
    rules = draft.campaign.accreditation
    for key, quota in (("per_outlet", rules.per_outlet), ("total", rules.total)):
        if quota is not None:
            yield error(
                place_of(draft.campaign, f"accreditation.{key}"),
                what=_("This quota is not enforced: accreditations are recorded without limit."),
                why=_("More people would be accredited than the room or the outlet allows."),
                remedy=_("Remove the key, and count the accreditations in the register."),
                act=Remedy(RemedyAct.SEE_ACCREDITATIONS, {"campaign": draft.campaign.slug}),
            )
