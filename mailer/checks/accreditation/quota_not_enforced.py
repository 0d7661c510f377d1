"""Does the campaign count on a quota that the program does not enforce?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.places import place_of
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "quota-not-enforced"


def check(draft: Draft) -> Iterator[Finding]:
    """No quota of accreditations is written, for none is enforced yet."""
    rules = draft.campaign.accreditation
    for key, quota in (("per_outlet", rules.per_outlet), ("total", rules.total)):
        if quota is not None:
            yield Finding(
                NAME,
                Severity.ERROR,
                place_of(draft.campaign, f"accreditation.{key}"),
                _("This quota is not enforced: accreditations are recorded without limit."),
                _("More people would be accredited than the room or the outlet allows."),
                _("Remove the key, and count with: mailer accreditations list"),
            )
