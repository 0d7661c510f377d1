"""A contact file brought into the directory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.model.contact_import import ImportOrigin
from mailer.model.permission import Act, require
from mailer.model.suppression import Suppression, SuppressionReason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from mailer.model.actor import Actor
    from mailer.model.contact_import import DomainDecision, Import
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What the directory gained: contacts `added`, `changed`, `unchanged`; addresses barred."""

    counts: Mapping[str, int]
    barred: int


def import_contacts(
    read: Import,
    *,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
    decisions: Sequence[DomainDecision] = (),
) -> ImportResult:
    """Bring everybody of `read` into the directory; those marked “do not contact” are barred.

    `decisions` are those that were made about the file, for the journal. Safe to repeat: the
    same file twice changes nothing, and no import lifts a bar. Raises RuleError, changing
    nothing, when the actor may not do this.
    """
    require(actor, Act.IMPORT_CONTACTS)
    barred = sum(
        ledger.suppressions.add(
            Suppression(
                address=address,
                reason=SuppressionReason.DO_NOT_CONTACT,
                since=now,
                evidence=f"{objection.where}: {objection.evidence}",
                by=read.file,
            ),
            actor=actor,
        )
        for objection in read.objections
        for address in objection.addresses
    )
    origin = ImportOrigin(read.file, read.list_name, tuple(decisions))
    counts = ledger.contacts.save(read.contacts, actor=actor, at=now, origin=origin)
    return ImportResult(counts, barred)
