"""List and export the contacts, each with the suppression in force, if any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.labels import label_of
from mailer.model.permission import Act, require
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from mailer.model.actor import Actor
    from mailer.model.contact import Contact
    from mailer.model.suppression import Suppression
    from mailer.ports import Ledger
    from mailer.wording import Text

_HEADINGS = (
    *(_("Address"), _("Title"), _("First name"), _("Last name"), _("Outlet"), _("Role")),
    *(_("Beat"), _("Region"), _("Language"), _("Telephone"), _("Lists"), _("Source")),
    _("Not written to"),
)


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """A contact, and the suppression in force on its address, if any."""

    contact: Contact
    suppression: Suppression | None

    @property
    def is_suppressed(self) -> bool:
        return self.suppression is not None


def directory(list_name: str = "", *, ledger: Ledger, now: datetime) -> list[DirectoryEntry]:
    """Return the contacts of a list, or all, ordered by address key."""
    in_force = {
        each.address.key: each for each in ledger.suppressions.all() if each.is_in_force(now)
    }
    return [
        DirectoryEntry(contact, in_force.get(contact.address.key))
        for contact in ledger.contacts.all((list_name,) if list_name else ())
    ]


def export_directory(
    list_name: str = "", *, actor: Actor, ledger: Ledger, now: datetime
) -> list[DirectoryEntry]:
    """Return the contacts as `directory` does, for an export to a file. Journalled.

    Raises RuleError when the actor may not do this.
    """
    require(actor, Act.EXPORT_PEOPLE)
    entries = directory(list_name, ledger=ledger, now=now)
    ledger.journal.add(
        at=now,
        actor=actor,
        action="export",
        subject=list_name or "contacts",
        detail=f"{len(entries)} people",
    )
    return entries


def directory_table(entries: Iterable[DirectoryEntry]) -> Iterator[tuple[Text | str, ...]]:
    """Yield the rows of a table of contacts, the headings first."""
    yield _HEADINGS
    for entry in entries:
        contact = entry.contact
        yield (
            str(contact.address),
            contact.civility,
            contact.first_name,
            contact.last_name,
            contact.organisation,
            contact.role,
            contact.beat,
            contact.region,
            contact.language,
            contact.phone,
            ", ".join(sorted(contact.lists)),
            contact.source,
            label_of(entry.suppression.reason) if entry.suppression else "",
        )
