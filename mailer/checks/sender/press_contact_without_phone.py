"""Is there somebody to call?"""

import re
from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import (
    Draft,
    FactKey,
    Finding,
    Findings,
    Severity,
    _,
    _n,
    error,
    finding,
    note,
)
from mailer.checks.reading.names.telephones import MistypedNumber, mistyped_numbers
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.places import place_of
from mailer.checks.reading.texts.prose import messages
from mailer.errors import Place

WHY = _("“Nobody to call” is what journalists reproach press offices with.")
SOURCE = sources.REACHABILITY

_NEAR = 300
"""How many signs before a number somebody is named, on its line or the one above."""
_PRESS = matches(in_any_language(lambda phrases: phrases.press))
_PRESS_LINE = re.compile(
    rf"\b{in_any_language(lambda phrases: phrases.press)}\b[^\d\n]{{0,40}}(?:\+?\d[ \u00a0.()-]{{0,2}}){{8}}"
)
_NUMBER = re.compile(r"(?<![\w+])\+?\d(?:[ \u00a0.()-]{0,2}\d){9,}")


def check(draft: Draft) -> Findings:
    """Yield an error if no press contact has both a name and a telephone number; a note if a text
    gives the number of a press desk without a name; and an error for a number of the press that
    has too many or too few digits.
    """
    contacts = draft.campaign.press_contacts
    mistyped = list(_mistyped(draft))
    yield from mistyped
    if mistyped or any(contact.name.strip() and contact.phone.strip() for contact in contacts):
        return
    if contacts and (number := next(_of_the_house(draft), "")):
        yield note(
            place_of(draft.campaign, "press_contacts.0.phone"),
            what=_("The press contact has no number of their own, only {number}.", number=number),
            why=WHY,
            remedy=_(
                "Give one person’s name and direct number: {list}.", list=FactKey("press_contacts")
            ),
        )
        return
    is_desk = any(_PRESS_LINE.search(passage.text) for passage in messages(draft))
    yield finding(
        Severity.NOTE if is_desk else Severity.ERROR,
        place_of(draft.campaign, "press_contacts.0.phone"),
        what=_("None of the press contacts has a telephone number.")
        if contacts
        else _("The campaign names no press contact."),
        why=WHY,
        remedy=_(
            "Give one person’s name and direct number: {list}.", list=FactKey("press_contacts")
        ),
    )


def _of_the_house(draft: Draft) -> Iterator[str]:
    """Yield the numbers that stand in one paragraph with the name of a contact, who answers there."""
    names = [it.name for it in draft.campaign.press_contacts if it.name]
    for passage in messages(draft):
        for paragraph in passage.text.split("\n\n"):
            if any(name in paragraph for name in names):
                yield from (" ".join(it[0].split()) for it in _NUMBER.finditer(paragraph))


def _mistyped(draft: Draft) -> Findings:
    """Yield an error for each mistyped number of a contact, and of a line about the press."""
    for index, contact in enumerate(draft.campaign.press_contacts):
        for key in ("phone", "mobile"):
            for number in mistyped_numbers(getattr(contact, key)):
                yield _wrong(place_of(draft.campaign, f"press_contacts.{index}.{key}"), number)
    names = [it.name for it in draft.campaign.press_contacts if it.name]
    for passage in messages(draft):
        for number in mistyped_numbers(passage.text):
            before = passage.text[max(0, number.start - _NEAR) : number.start]
            around = "\n".join(before.split("\n")[-2:])
            if _PRESS.search(around) or any(name in around for name in names):
                yield _wrong(passage.at(number.start), number)


def _wrong(place: Place, number: MistypedNumber) -> Finding:
    return error(
        place,
        what=_n(
            "The telephone number {number} has {count} digit, and should have {right}.",
            "The telephone number {number} has {count} digits, and should have {right}.",
            count=number.digits,
            number=number.words,
            right=number.right,
        ),
        why=_("Who calls it reaches nobody, or somebody else."),
        remedy=_("Call the number as it stands, then correct it."),
    )
