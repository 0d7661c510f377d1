"""Contact files brought into the directory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailer.model.suppression import Suppression, SuppressionReason

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from mailer.model.contact_import import Import
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Contacts counted as `added`, `changed` and `unchanged`; how many addresses were suppressed."""

    counts: Mapping[str, int]
    barred: int


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What a person asks: the file, the list its people belong to, and their own decisions.

    `encoding` is the file's, where it cannot be recognised; `decided` says which domain is
    meant by a doubtful one.
    """

    file: Path
    list_name: str
    encoding: str = ""
    decided: Mapping[str, str] = field(default_factory=dict)
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
        decided=request.decided,
    )
    if request.is_dry_run:
        return FileImport(read, None)
    result = import_contacts(read, ledger=ledger, now=now)
    return FileImport(read, result, set_aside(read) if read.quarantined else None)


def import_contacts(read: Import, *, ledger: Ledger, now: datetime) -> ImportResult:
    """Save the contacts of `read`; suppress those that are marked “do not contact”.

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
