"""Whom does one ask for accreditation?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.places import place_of
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "accreditation-without-address"


def check(draft: Draft) -> Iterator[Finding]:
    """Compulsory accreditation has an address to ask it from."""
    if draft.campaign.accreditation.required and not draft.campaign.accreditation.addresses:
        yield Finding(
            NAME,
            Severity.ERROR,
            place_of(draft.campaign, "accreditation.addresses"),
            _("Accreditation is compulsory and there is no address to ask for it."),
            _("Whoever wants to come cannot."),
            _(
                "Write addresses = [{example}] under [accreditation].",
                example='"presse@institut.example"',
            ),
        )
