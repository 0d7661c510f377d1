"""Does a reminder spare those who have answered?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.places import place_of, step_key
from mailer.checks.reading.reminders import reminders
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "reminder-to-everybody"

ANSWERS = frozenset({"accredited", "declined"})


def check(draft: Draft) -> Iterator[Finding]:
    """Where accreditation is asked for, a reminder leaves out whoever said yes or no."""
    if not draft.campaign.accreditation.required:
        return
    for planned in reminders(draft):
        if ANSWERS.issubset(planned.step.unless):
            continue
        yield Finding(
            NAME,
            Severity.WARNING,
            place_of(draft.campaign, step_key(draft.campaign, planned.step, "unless")),
            _("The reminder “{step}” also goes to those who have answered.", step=planned.step.id),
            _("To be asked again after answering is the first thing that annoys a journalist."),
            _("Write unless = [{states}].", states='"accredited", "declined"'),
        )
