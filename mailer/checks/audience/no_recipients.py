"""Is there anybody to write to?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.labels import step_title
from mailer.remedies import Remedy, RemedyAct

WHY = _("There is nobody on these lists.")
SOURCE = sources.RULE
READS_AUDIENCES = True


def check(draft: Draft) -> Findings:
    """Yield an error for each step without recipients.

    A step for the accredited (`only`) is not checked, because they may be accredited later; nor one
    whose texts are refused, which is said of the texts.
    """
    for planned in draft.plan:
        audience = draft.audiences.get(planned.step.id)
        if audience is None or audience.recipients:
            continue
        if planned.step.only or not planned.step.contents:
            continue
        yield error(
            place_of(draft.campaign, step_key(draft.campaign, planned.step, "to")),
            what=_(
                "The step “{step}” would reach nobody: {lists}.",
                step=step_title(planned.step.id),
                lists=", ".join(planned.step.to),
            ),
            why=_("The lists are empty, or everybody on them is left out.")
            if audience.exclusions
            else _("There is nobody on these lists."),
            remedy=_("Import contacts, or correct the name."),
            act=Remedy(RemedyAct.IMPORT_CONTACTS),
        )
