"""Is there anybody to write to?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.places import place_of, step_key
from mailer.model.finding import Finding, Severity
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "no-recipients"


def check(draft: Draft) -> Iterator[Finding]:
    """Every step reaches somebody.

    A step for the accredited (`only`) is left alone: they come later, from the register.
    """
    for planned in draft.plan:
        audience = draft.audiences.get(planned.step.id)
        if audience is None or audience.recipients or planned.step.only:
            continue
        yield Finding(
            NAME,
            Severity.ERROR,
            place_of(draft.campaign, step_key(draft.campaign, planned.step, "to")),
            _(
                "The step “{step}” would reach nobody: {lists}.",
                step=planned.step.id,
                lists=", ".join(planned.step.to),
            ),
            _("The lists are empty, or everybody on them is left out.")
            if audience.exclusions
            else _("There is nobody on these lists."),
            _("Import contacts, or correct the name."),
            Remedy(RemedyAct.IMPORT_CONTACTS),
        )
