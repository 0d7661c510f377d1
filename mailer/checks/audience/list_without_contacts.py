"""Does every list that a step names exist?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.remedies import Remedy, RemedyAct

WHY = _("These people would be left out without anybody noticing.")
SOURCE = sources.RULE
READS_AUDIENCES = True


def check(draft: Draft) -> Findings:
    """Yield an error for a list without contacts in a step whose other lists have some.

    Such a list is usually misspelt.
    """
    for planned in draft.plan:
        audience = draft.audiences.get(planned.step.id)
        if audience is None or not (audience.recipients or audience.exclusions):
            continue
        for index, name in enumerate(planned.step.to):
            if name in audience.lists:
                continue
            yield error(
                place_of(draft.campaign, step_key(draft.campaign, planned.step, f"to.{index}")),
                what=_("There is nobody on the list “{name}”.", name=name),
                why=WHY,
                remedy=_("Correct the name, or import the list."),
                act=Remedy(RemedyAct.IMPORT_CONTACTS, {"list": name}),
            )
