"""The lists that somebody uploaded: keep one, read it in the background, show what its rows become."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.contacts.decided_rows import row_key
from mailer.contacts.reading_json import reading_from_json, reading_to_json
from mailer.contacts.remarks import SHEET_REMARKS
from mailer.errors import ContentError, Place, Problem, RuleError
from mailer.model.contacts.contact_import import Remark
from mailer.model.contacts.list_file import ListFile, ListReading
from mailer.model.service.exported_file import ExportedFile
from mailer.model.service.job import JobKind, JobRequest
from mailer.model.team.permission import Act, may_see, require, require_list
from mailer.operations.jobs import ask_for_job, jobs_to_see
from mailer.operations.people.known_bars import with_known_bars, with_known_values
from mailer.operations.people.list_names import require_list_name
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from mailer.model.contacts.contact_import import Import, Quarantined
    from mailer.model.contacts.list_file import RowDecision
    from mailer.model.service.job import Job
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger

_SHOWN = 200
"""How many of the people and rows about whom nobody must decide are named on the page."""
_SHOWN_OF_A_KIND = 50
"""How many rows of which the same is remarked are named there."""


@dataclass(frozen=True, slots=True)
class RowToDecide:
    """A row that a person must decide about: its place among those of its list, from 1 on, and the
    hash of its cells.
    """

    number: int
    key: str
    quarantined: Quarantined


@dataclass(frozen=True, slots=True)
class SurveyedList:
    """A file that waits, what its rows would become, and the rows to decide."""

    file: ListFile
    reading: ListReading
    to_decide: tuple[RowToDecide, ...]


def keep_list(
    name: str,
    content: bytes,
    *,
    list_name: str,
    field: str,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> Job:
    """Keep an uploaded file until it is taken in, and ask for its first reading. The same file that
    waits already is not kept twice.

    What is wrong with it is told at the field `field`. Raises RuleError when the actor may not
    import, or the list has no name.
    """
    require(actor, Act.IMPORT_CONTACTS)
    list_name = require_list_name(list_name, ledger=ledger)
    require_list(actor, list_name)
    file = _same_that_waits(name, content, list_name=list_name, ledger=ledger)
    if file is None:
        file = ListFile(secrets.token_hex(8), name, list_name, content, actor.name, now)
        ledger.list_files.keep(file)
    values = {"list": list_name, "file": name, "field": field}
    return ask_for_job(JobRequest(JobKind.READING, file.id, actor, values), ledger=ledger, now=now)


def _same_that_waits(
    name: str, content: bytes, *, list_name: str, ledger: Ledger
) -> ListFile | None:
    """Return the file that was uploaded before with the same content for the same list."""
    for each in ledger.list_files.waiting():
        if (each.name, each.list_name) == (name, list_name):
            kept = ledger.list_files.get(each.id)
            if kept is not None and kept.content == content:
                return kept
    return None


def waiting_lists(*, actor: Actor, ledger: Ledger) -> Sequence[ListFile]:
    """Return the files that wait to be taken in into lists of the actor, the newest first, without
    their content.
    """
    return [each for each in ledger.list_files.waiting() if may_see(actor, {each.list_name})]


def read_kept_list(
    file_id: str,
    *,
    field: str = "",
    read_bytes: Callable[..., Import],
    ledger: Ledger,
    now: datetime,
) -> None:
    """Read a kept file, and keep what its rows become for `survey_list`.

    `read_bytes` reads the content of a file, as `App.read_contact_bytes` does. Raises RuleError
    when the file does not wait any more, and ContentError when it cannot be read: with `field` it
    was uploaded just now, is told there, and does not wait.
    """
    file = waiting_list(file_id, ledger)
    try:
        read = read_as_of(file, read_bytes=read_bytes, ledger=ledger, now=now)
    except ContentError as error:
        if not field:
            raise
        ledger.list_files.discard(file_id)
        raise ContentError(
            *(replace(each, where=replace(each.where, key=field)) for each in error.problems)
        ) from error
    read = with_known_values(read, ledger=ledger)
    content = reading_to_json(_reading_of(read, at=now))
    ledger.exported_files.keep(
        ExportedFile(file_id, "reading.json", "application/json", content, now)
    )


def survey_list(file_id: str, *, actor: Actor, ledger: Ledger, now: datetime) -> SurveyedList | Job:
    """Return what the rows of a kept file would become, or the job that reads the file.

    A reading is kept for some hours. Raises RuleError when the file does not wait any more, or
    must be read by an actor who may not import, or is for a list that the actor may not see.
    """
    file = waiting_list_for(actor, file_id, ledger)
    reading = reading_of(file_id, ledger)
    if reading is None:
        return _ask_for_reading(file, actor=actor, ledger=ledger, now=now)
    rows = enumerate(reading.quarantined, start=1)
    to_decide = tuple(RowToDecide(number, row_key(each.row), each) for number, each in rows)
    return SurveyedList(file, reading, to_decide)


def decisions_about(rows: Iterable[RowToDecide], *, ledger: Ledger) -> Mapping[str, RowDecision]:
    """Return what was decided before about the same rows, in this list or in another, by key."""
    return ledger.list_files.decisions({row.key for row in rows})


def discard_list(file_id: str, *, actor: Actor, ledger: Ledger) -> None:
    """Remove a file that waits; what was imported of it stays."""
    require(actor, Act.IMPORT_CONTACTS)
    if (file := ledger.list_files.get(file_id)) is not None:
        require_list(actor, file.list_name)
    ledger.list_files.discard(file_id)


def waiting_list_for(actor: Actor, file_id: str, ledger: Ledger) -> ListFile:
    """Return a file that waits. Raises RuleError when it does not, or is for a list that the actor
    may not see.
    """
    file = waiting_list(file_id, ledger)
    require_list(actor, file.list_name)
    return file


def waiting_list(file_id: str, ledger: Ledger) -> ListFile:
    """Return a file that waits. Raises RuleError when it does not wait any more."""
    if (file := ledger.list_files.get(file_id)) is not None:
        return file
    raise RuleError(
        Problem(
            Place(""),
            _("this list does not wait any more: it was taken in, or discarded"),
            _("See the contacts, or choose the file again."),
        )
    )


def reading_of(file_id: str, ledger: Ledger) -> ListReading | None:
    """Return what the first reading of a file found, while it is kept."""
    kept = ledger.exported_files.get(file_id)
    return None if kept is None else reading_from_json(kept.content)


def read_as_of(
    file: ListFile, *, read_bytes: Callable[..., Import], ledger: Ledger, now: datetime
) -> Import:
    """Read a kept file, and compare it with what the ledger knows now."""
    read = read_bytes(file.name, file.content, list_name=file.list_name, read_on=now.date())
    return with_known_bars(read, ledger=ledger, now=now)


def _ask_for_reading(file: ListFile, *, actor: Actor, ledger: Ledger, now: datetime) -> Job:
    require(actor, Act.IMPORT_CONTACTS)
    for job in jobs_to_see(person=actor.person, ledger=ledger, now=now):
        if job.request.subject == file.id and not job.has_ended:
            return job
    values = {"list": file.list_name, "file": file.name}
    request = JobRequest(JobKind.READING, file.id, actor, values)
    return ask_for_job(request, ledger=ledger, now=now)


def remarks_by_kind(remarks: Iterable[Remark]) -> dict[str, list[Remark]]:
    """Return the remarks by what they say of a row, the rarest first: what is said of every row
    hides what matters.
    """
    found: dict[str, list[Remark]] = {}
    for each in remarks:
        found.setdefault(each.what.sentence, []).append(each)
    return dict(sorted(found.items(), key=lambda kind: len(kind[1])))


def sheets_read(reading: ListReading) -> Sequence[Remark]:
    """Return the sheets of a workbook that go onto the list, and those left out, if there are
    several.
    """
    return [each for each in reading.noted if each.what.sentence in SHEET_REMARKS]


def _reading_of(read: Import, *, at: datetime) -> ListReading:
    noted = read.remarks + read.repairs
    kinds = remarks_by_kind(noted)
    return ListReading(
        read_at=at,
        counts={
            "read": read.read,
            "ready": len(read.ready),
            "repaired": len(read.repaired),
            "merged": len(read.merged),
            "barred": len(read.barred),
            "noted": len(noted),
            **{f"noted {kind}": len(remarks) for kind, remarks in kinds.items()},
        },
        quarantined=read.quarantined,
        barred=tuple(
            Remark(each.where, _("{who}: {why}", who=each.contact.address, why=each.why))
            for each in read.barred[:_SHOWN]
        ),
        merged=tuple(Remark(each.row.where, each.what) for each in read.merged[:_SHOWN]),
        noted=tuple(each for remarks in kinds.values() for each in remarks[:_SHOWN_OF_A_KIND]),
        unknown_columns=read.unknown_columns,
    )
