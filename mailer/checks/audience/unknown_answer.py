"""Is it known who answered from every address of the register?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.labels import step_title
from mailer.model.campaigns.audience import ExclusionReason
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import Personal

WHY = _("A reminder to somebody who has answered annoys; silence to others too.")
SOURCE = sources.RULE
READS_AUDIENCES = True


def check(draft: Draft) -> Findings:
    """Yield a finding for each step from which a contact is kept who may have answered."""
    for planned in draft.plan:
        audience = draft.audiences.get(planned.step.id)
        held_back = audience.exclusions_by_reason if audience else {}
        for each in held_back.get(ExclusionReason.PERHAPS_ANSWERED, ()):
            # An unknown address is on no list; the finding about the contact names it.
            if each.contact.lists:
                yield warning(
                    place_of(draft.campaign, step_key(draft.campaign, planned.step, "id")),
                    what=_(
                        "{unknown} has answered, and nobody in the directory has this address. It "
                        "may be {name} ({address}), who does not receive the step “{step}”.",
                        unknown=Personal(each.detail),
                        name=Personal(each.contact.name or each.contact.address),
                        address=Personal(each.contact.address),
                        step=step_title(planned.step.id),
                    ),
                    why=WHY,
                    remedy=_("Say in the register whether they are one person."),
                    act=Remedy(RemedyAct.SEE_ACCREDITATIONS, {"campaign": draft.campaign.slug}),
                )
