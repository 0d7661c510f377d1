"""Is there somebody to call?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _, finding
from mailer.checks.reading.phrases import in_any_language
from mailer.checks.reading.places import place_of
from mailer.checks.reading.prose import messages

WHY = _("“Nobody to call” is what journalists reproach press offices with.")
SOURCE = sources.REACHABILITY

_PRESS_LINE = re.compile(
    rf"\b{in_any_language(lambda phrases: phrases.press)}\b[^\d\n]{{0,40}}(?:\+?\d[ \u00a0.()-]{{0,2}}){{8}}"
)


def check(draft: Draft) -> Findings:
    """Yield an error if no press contact has both a name and a telephone number; a note if a text
    gives the number of a press desk without a name.
    """
    contacts = draft.campaign.press_contacts
    if any(contact.name.strip() and contact.phone.strip() for contact in contacts):
        return
    is_desk = any(_PRESS_LINE.search(passage.text) for passage in messages(draft))
    yield finding(
        Severity.NOTE if is_desk else Severity.ERROR,
        place_of(draft.campaign, "press_contacts.0.phone"),
        what=_("None of the press contacts has a telephone number.")
        if contacts
        else _("The campaign names no press contact."),
        why=WHY,
        remedy=_("Give one person’s name and direct number under [[press_contacts]]."),
    )
