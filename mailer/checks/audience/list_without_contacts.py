"""Does every list that a step names exist?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.places import place_of, step_key
from mailer.model.finding import Finding, Severity
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "list-without-contacts"


def check(draft: Draft) -> Iterator[Finding]:
    """A list without a single contact, beside lists that have some, is a slip of the pen."""
    for planned in draft.plan:
        audience = draft.audiences.get(planned.step.id)
        if audience is None or not (audience.recipients or audience.exclusions):
            continue
        people = [each.contact for each in audience.recipients]
        people += [each.contact for each in audience.exclusions]
        filled = {name for person in people for name in person.lists}
        for index, name in enumerate(planned.step.to):
            if name in filled:
                continue
            yield Finding(
                NAME,
                Severity.ERROR,
                place_of(draft.campaign, step_key(draft.campaign, planned.step, f"to.{index}")),
                _("There is nobody on the list “{name}”.", name=name),
                _("These people would be left out without anybody noticing."),
                _("Correct the name, or import the list."),
                Remedy(RemedyAct.IMPORT_CONTACTS, {"list": name}),
            )
