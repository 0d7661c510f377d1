"""Does somebody read the addresses that journalists are given?"""

import re
from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.places import place_of
from mailer.checks.reading.texts.prose import PassagePart, messages
from mailer.errors import Place

WHY = _("Journalists write to the address that they find, and wait for an answer.")
SOURCE = sources.REACHABILITY

_NO_REPLY = re.compile(in_any_language(lambda phrases: phrases.no_reply))
_ADDRESS = re.compile(r"(?<![\w.+-])([\w.+-]+)@[\w-]+(?:\.[\w-]+)+")


def check(draft: Draft) -> Findings:
    """Yield a warning for each address in a text or of a contact that says that nobody answers."""
    for address, place in dict(_addresses(draft)).items():
        yield warning(
            place,
            what=_("The address {address} says that nobody answers.", address=address),
            why=WHY,
            remedy=_("Write the address of the press office."),
        )


def _addresses(draft: Draft) -> Iterator[tuple[str, Place]]:
    campaign = draft.campaign
    for passage in messages(draft):
        for found in _ADDRESS.finditer(passage.source) if passage.part is PassagePart.TEXT else ():
            if _NO_REPLY.match(found[1]):
                yield found[0], passage.at(found.start())
    for index, contact in enumerate(campaign.press_contacts):
        if contact.address and _NO_REPLY.match(contact.address.local):
            yield str(contact.address), place_of(campaign, f"press_contacts.{index}.email")
