"""Is there somebody to call?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.places import place_of

WHY = _("“Nobody to call” is what journalists reproach press offices with.")
SOURCE = sources.REACHABILITY


def check(draft: Draft) -> Findings:
    """Yield an error if no press contact has both a name and a telephone number."""
    contacts = draft.campaign.press_contacts
    if any(contact.name.strip() and contact.phone.strip() for contact in contacts):
        return
    yield error(
        place_of(draft.campaign, "press_contacts.0.phone"),
        what=_("None of the press contacts has a telephone number.")
        if contacts
        else _("The campaign names no press contact."),
        why=WHY,
        remedy=_("Give one person’s name and direct number under [[press_contacts]]."),
    )
