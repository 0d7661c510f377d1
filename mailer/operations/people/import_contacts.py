"""Import contact files."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from mailer.model.contacts.contact_import import ImportOrigin
from mailer.model.contacts.list_file import ListFile
from mailer.model.contacts.suppression import Suppression
from mailer.model.team.permission import Act, require, require_list
from mailer.operations.people.known_bars import with_known_bars
from mailer.operations.people.list_names import require_list_name
from mailer.operations.sight import hidden_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from mailer.model.contacts.contact_import import DomainDecision, Import, TakenList
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger


MOST_KEPT_BYTES = 20_000_000
"""The largest file that waits in the ledger for decisions: as large as one that the desk takes."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many contacts were `added`, `changed` and `unchanged`, and how many were suppressed."""

    counts: Mapping[str, int]
    suppressed: int


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """The file to import, the list of its contacts, and the person's own decisions.

    `encoding` is given when it cannot be detected. `decisions` correct misspelt domains. `sheets`
    are the only sheets to read of a workbook; by default all that are visible.
    """

    file: Path
    list_name: str
    encoding: str = ""
    decisions: Sequence[DomainDecision] = ()
    sheets: Sequence[str] = ()
    is_dry_run: bool = False


@dataclass(frozen=True, slots=True)
class FileImport:
    """The content of a contact file, and the result of its import.

    `result` is None for a dry run. `quarantine` is the file of the rows that need a person, or
    None if there is no such row.
    """

    read: Import
    result: ImportResult | None
    quarantine: Path | None = None
    waits_at_desk: bool = False
    """Whether the rows that need a person can be decided at the desk as well."""


def import_file(
    request: ImportRequest,
    *,
    read_file: Callable[..., Import],
    write_quarantine: Callable[[Import], Path],
    actor: Actor,
    ledger: Ledger,
    now: datetime,
    leaves_to_desk: bool = False,
) -> FileImport:
    """Read a contact file, import its contacts, and quarantine the rows that need a person.
    With `leaves_to_desk` the file waits in the ledger too, for the desk to ask about those rows.

    `read_file` is `files.contact_files.read_contacts`, or runs it in a sandbox, as `App` does.
    `write_quarantine` writes the quarantine file and returns its path. A dry run only reads. People
    who are suppressed or forgotten already are counted as barred.
    """
    read = read_file(
        request.file,
        list_name=require_list_name(request.list_name, ledger=ledger),
        read_on=now.date(),
        encoding=request.encoding or None,
        decided={each.written: each.meant for each in request.decisions},
        chosen=request.sheets,
    )
    read = with_known_bars(read, ledger=ledger, now=now)
    if request.is_dry_run:
        return FileImport(read, None)
    result = import_contacts(read, actor=actor, ledger=ledger, now=now, decisions=request.decisions)
    waits = leaves_to_desk and _left_to_desk(request, read, by=actor.name, ledger=ledger, now=now)
    return FileImport(read, result, write_quarantine(read) if read.quarantined else None, waits)


def _left_to_desk(
    request: ImportRequest, read: Import, *, by: str, ledger: Ledger, now: datetime
) -> bool:
    """Let the file wait with its rows in doubt, as one that was uploaded; return whether it does.

    A later file of the same name for the same list takes its place, or ends the waiting when no
    row is left. The desk reads a file as it comes: where an encoding, sheets or decisions were
    given it would read another thing, and what waited before goes on waiting.
    """
    path, options = request.file, (request.encoding, request.decisions, request.sheets)
    file_id = sha256(f"{path.name}\0{read.list_name}".encode()).hexdigest()[:16]
    if not read.quarantined:
        ledger.list_files.discard(file_id)
        return False
    if any(options) or not path.is_file() or path.stat().st_size > MOST_KEPT_BYTES:
        return False
    ledger.list_files.discard(file_id)
    kept = ListFile(file_id, path.name, read.list_name, path.read_bytes(), by, now)
    ledger.list_files.keep(kept)
    return True


def import_contacts(
    read: Import,
    *,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
    decisions: Sequence[DomainDecision] = (),
    taken: Callable[[int], TakenList] | None = None,
) -> ImportResult:
    """Save the contacts of `read`, and suppress those marked “do not contact”, in parts of some
    thousands, each wholly or not at all.

    `decisions` are stored in the journal. Importing the same file again changes nothing, and no
    import lifts a suppression. Who is in the directory already, and not on a list of an actor who
    is limited to some, is left out; `counts` has their number as `elsewhere`. Their refusals hold.
    What `taken` returns, which is told that number, comes true with the last part.
    Raises RuleError, changing nothing, when the actor may not do this.
    """
    require(actor, Act.IMPORT_CONTACTS)
    require_list(actor, read.list_name)
    hidden = hidden_from(actor, ledger=ledger)
    count = len(read.contacts)
    read = read.without(hidden)
    elsewhere = count - len(read.contacts)
    counts = dict(
        ledger.contacts.save(
            read.contacts,
            actor=actor,
            at=now,
            origin=ImportOrigin(
                read.file, read.list_name, tuple(decisions), taken and taken(elsewhere)
            ),
            suppressions=_suppressions(read, now),
        )
    )
    suppressed = counts.pop("suppressed", 0)
    if elsewhere:
        counts["elsewhere"] = elsewhere
    return ImportResult(counts, suppressed)


def _suppressions(read: Import, now: datetime) -> Iterator[Suppression]:
    for objection in read.objections:
        for address in objection.addresses:
            yield Suppression(
                address=address,
                reason=objection.reason,
                since=now,
                evidence=f"{objection.where}: {objection.evidence}",
                by=read.file,
            )
