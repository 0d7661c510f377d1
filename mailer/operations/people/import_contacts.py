"""A contact file brought into the directory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.model.suppression import Suppression, SuppressionReason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailer.model.contact_import import Import
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What the directory gained: contacts `added`, `changed`, `unchanged`; addresses barred."""

    counts: Mapping[str, int]
    barred: int


def import_contacts(read: Import, *, ledger: Ledger, now: datetime) -> ImportResult:
    """Everybody of `read` enters the directory; those marked “do not contact” are barred.

    Safe to repeat: the same file twice changes nothing, and no import lifts a bar.
    """
    barred = sum(
        ledger.suppressions.add(
            Suppression(
                address=address,
                reason=SuppressionReason.DO_NOT_CONTACT,
                since=now,
                evidence=f"{objection.where}: {objection.evidence}",
                by=read.file,
            )
        )
        for objection in read.objections
        for address in objection.addresses
    )
    return ImportResult(ledger.contacts.save(read.contacts, at=now), barred)
