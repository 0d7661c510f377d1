"""The newest answer of each person to a campaign, under whichever of their addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailer.model.accreditations.accreditation import Accreditation
    from mailer.model.contacts.contact import Contact


@dataclass(frozen=True, slots=True)
class NewestAnswers:
    """The entries of a register by address key."""

    by_key: Mapping[str, Accreditation]

    def of(self, contact: Contact) -> Accreditation | None:
        """Return the newest answer of a contact; None of somebody who has not answered."""
        if not self.by_key:
            return None
        addresses = (contact.address, *contact.alternates, *contact.former)
        found = [self.by_key[each.key] for each in addresses if each.key in self.by_key]
        return max(found, key=lambda each: (each.at, each.address.key), default=None)

    def number(self, contact: Contact) -> int:
        """Return the number of that answer, or 0."""
        newest = self.of(contact)
        return newest.answer if newest else 0


def newest_answers(register: Iterable[Accreditation]) -> NewestAnswers:
    """Index a register by address."""
    return NewestAnswers({each.address.key: each for each in register})
