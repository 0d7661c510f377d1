"""Is there somebody to call?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.places import place_of
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "press-contact-without-phone"


def check(draft: Draft) -> Iterator[Finding]:
    """At least one named person can be reached by telephone."""
    contacts = draft.campaign.press_contacts
    if any(contact.name.strip() and contact.phone.strip() for contact in contacts):
        return
    yield Finding(
        NAME,
        Severity.ERROR,
        place_of(draft.campaign, "press_contacts.0.phone"),
        _("None of the press contacts has a telephone number.")
        if contacts
        else _("The campaign names no press contact."),
        _("“Nobody to call” is what journalists reproach press offices with."),
        _("Give one person’s name and direct number under [[press_contacts]]."),
    )
