"""Take in a list on screen: keep the file, show what its rows would become, decide, import."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.contacts.decided_rows import row_key, with_decisions
from mailer.errors import Place, Problem, RuleError
from mailer.model.job import JobKind, JobRequest
from mailer.model.list_file import ListFile, RowChoice
from mailer.model.permission import Act, require
from mailer.operations.jobs import ask_for_job, jobs_to_see
from mailer.operations.people.import_contacts import import_contacts
from mailer.operations.people.known_bars import with_known_bars
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from mailer.model.actor import Actor
    from mailer.model.contact_import import Import, Quarantined
    from mailer.model.job import Job
    from mailer.model.list_file import RowDecision
    from mailer.operations.people.import_contacts import ImportResult
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class RowToDecide:
    """A row that a person must decide about, and what was decided about the same row before."""

    key: str
    quarantined: Quarantined
    remembered: RowDecision | None


@dataclass(frozen=True, slots=True)
class SurveyedList:
    """A file that waits, what its rows would become, and the rows to decide."""

    file: ListFile
    read: Import
    to_decide: tuple[RowToDecide, ...]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The result of an import, and how many rows still wait for a decision."""

    result: ImportResult
    waiting: int


def keep_list(
    name: str,
    content: bytes,
    *,
    list_name: str,
    read_bytes: Callable[..., Import],
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> ListFile:
    """Keep an uploaded file until it is taken in.

    `read_bytes` is described at `survey_list`. Raises RuleError when the actor may not import, or
    the list has no name, and ContentError when the file cannot be read.
    """
    require(actor, Act.IMPORT_CONTACTS)
    list_name = " ".join(list_name.split())
    if not list_name:
        raise RuleError(
            Problem(
                Place("", key="list"),
                _("the list has no name"),
                _("Write the list these people belong to, for instance: presse."),
            )
        )
    read_bytes(name, content, list_name=list_name, read_on=now.date())
    file = ListFile(secrets.token_hex(8), name, list_name, content, actor.name, now)
    ledger.list_files.keep(file)
    return file


def waiting_lists(*, ledger: Ledger) -> Sequence[ListFile]:
    """Return the files that wait to be taken in, the newest first, without their content."""
    return ledger.list_files.waiting()


def survey_list(
    file_id: str, *, read_bytes: Callable[..., Import], ledger: Ledger, now: datetime
) -> SurveyedList:
    """Return what the rows of a kept file would become. Changes nothing.

    `read_bytes` reads the content of a file, as `App.read_contact_bytes` does. Raises RuleError
    when the file does not wait any more, and ContentError when it cannot be read.
    """
    file = _waiting(file_id, ledger)
    read = _read(file, read_bytes=read_bytes, ledger=ledger, now=now)
    rows = [(row_key(each.row), each) for each in read.quarantined]
    known = ledger.list_files.decisions({key for key, _row in rows})
    return SurveyedList(
        file, read, tuple(RowToDecide(key, row, known.get(key)) for key, row in rows)
    )


def ask_to_take_in(
    file_id: str,
    decisions: Sequence[RowDecision],
    *,
    read_bytes: Callable[..., Import],
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> Job:
    """Ask for the job that imports a kept file as it was decided; see `take_in_list`.

    Whoever asks twice gets the same job. Raises RuleError when the actor may not do this, or a
    decision cannot be carried out.
    """
    require(actor, Act.IMPORT_CONTACTS)
    for job in jobs_to_see(person=actor.person, ledger=ledger, now=now):
        if job.request.subject == file_id and not job.has_ended:
            return job
    file = _waiting(file_id, ledger)
    by_row = {decision.row: decision for decision in decisions}
    _decided(file, by_row, read_bytes=read_bytes, ledger=ledger, now=now)
    values = {
        "list": file.list_name,
        "decisions": [[each.row, each.choice.value, each.address] for each in decisions],
    }
    request = JobRequest(JobKind.IMPORT, file.id, actor, values)
    return ask_for_job(request, ledger=ledger, now=now)


def take_in_list(
    file_id: str,
    decisions: Mapping[str, RowDecision],
    *,
    read_bytes: Callable[..., Import],
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> TakenIn:
    """Import the contacts of a kept file as it was decided, by `row_key`.

    Rows without a decision wait, and the file with them. Without such a row the file is removed.
    Taking in the same file again changes nothing. Raises RuleError when the actor may not do this,
    or, importing nothing, when a decision cannot be carried out.
    """
    require(actor, Act.IMPORT_CONTACTS)
    file = _waiting(file_id, ledger)
    decided = _decided(file, decisions, read_bytes=read_bytes, ledger=ledger, now=now)
    made = [each for each in decisions.values() if each.choice is not RowChoice.LATER]
    ledger.list_files.remember(made, file=file.name, actor=actor, at=now)
    result = import_contacts(decided, actor=actor, ledger=ledger, now=now)
    if not decided.quarantined:
        ledger.list_files.discard(file.id)
    return TakenIn(result, len(decided.quarantined))


def discard_list(file_id: str, *, actor: Actor, ledger: Ledger) -> None:
    """Remove a file that waits; what was imported of it stays."""
    require(actor, Act.IMPORT_CONTACTS)
    ledger.list_files.discard(file_id)


def _waiting(file_id: str, ledger: Ledger) -> ListFile:
    if (file := ledger.list_files.get(file_id)) is not None:
        return file
    raise RuleError(
        Problem(
            Place(""),
            _("this list does not wait any more: it was taken in, or discarded"),
            _("See the contacts, or choose the file again."),
        )
    )


def _read(
    file: ListFile, *, read_bytes: Callable[..., Import], ledger: Ledger, now: datetime
) -> Import:
    read = read_bytes(file.name, file.content, list_name=file.list_name, read_on=now.date())
    return with_known_bars(read, ledger=ledger, now=now)


def _decided(
    file: ListFile,
    decisions: Mapping[str, RowDecision],
    *,
    read_bytes: Callable[..., Import],
    ledger: Ledger,
    now: datetime,
) -> Import:
    """Return what the rows become. Raises RuleError if a decision cannot be carried out."""
    read = _read(file, read_bytes=read_bytes, ledger=ledger, now=now)
    decided = with_decisions(read, decisions)
    _require_carried_out(decided, decisions)
    return with_known_bars(decided, ledger=ledger, now=now)


def _require_carried_out(decided: Import, decisions: Mapping[str, RowDecision]) -> None:
    """Raise RuleError for each row that was decided and cannot become a contact."""
    problems = [
        Problem(
            Place(each.row.where.file, each.row.where.line, key=f"address-{key}"),
            each.reason,
            _("Correct the address, or leave the row out."),
        )
        for each in decided.quarantined
        if (key := row_key(each.row)) in decisions and decisions[key].choice is not RowChoice.LATER
    ]
    if problems:
        raise RuleError(*problems)
