"""Contact files brought into the directory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.model.contact_import import ImportOrigin
from mailer.model.permission import Act, require
from mailer.model.suppression import Suppression, SuppressionReason

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from mailer.model.actor import Actor
    from mailer.model.contact_import import DomainDecision, Import
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Contacts counted as `added`, `changed` and `unchanged`; how many addresses were suppressed."""

    counts: Mapping[str, int]
    barred: int


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What a person asks: the file, the list its people belong to, and their own decisions.

    `encoding` is the file's, where it cannot be recognised; `decisions` say which
    domain is meant by a doubtful one.
    """

    file: Path
    list_name: str
    encoding: str = ""
    decisions: Sequence[DomainDecision] = ()
    is_dry_run: bool = False


@dataclass(frozen=True, slots=True)
class FileImport:
    """A contact file as it was read, and what was done with it.

    `result` is None for a dry run; `quarantine` is the file of the rows that need a person,
    None when there is no such row.
    """

    read: Import
    result: ImportResult | None
    quarantine: Path | None = None


def import_file(
    request: ImportRequest,
    *,
    read_file: Callable[..., Import],
    set_aside: Callable[[Import], Path],
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> FileImport:
    """Read a contact file, bring its people into the directory, set doubtful rows aside.

    `read_file` is `files.contact_files.read_contacts`; `set_aside` writes the rows that need
    a person and returns where. A dry run only reads.
    """
    read = read_file(
        request.file,
        list_name=request.list_name,
        read_on=now.date(),
        encoding=request.encoding or None,
        decided={each.written: each.meant for each in request.decisions},
    )
    if request.is_dry_run:
        return FileImport(read, None)
    result = import_contacts(read, actor=actor, ledger=ledger, now=now, decisions=request.decisions)
    return FileImport(read, result, set_aside(read) if read.quarantined else None)


def import_contacts(
    read: Import,
    *,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
    decisions: Sequence[DomainDecision] = (),
) -> ImportResult:
    """Save the contacts of `read`; suppress those that are marked “do not contact”.

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
