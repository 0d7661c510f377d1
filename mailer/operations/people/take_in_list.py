"""Take in a list that was kept and read, as it was decided on screen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mailer.contacts.decided_rows import row_key, with_decisions
from mailer.errors import Place, Problem, RuleError
from mailer.model.contacts.contact_import import Import, TakenList
from mailer.model.contacts.list_file import RowChoice
from mailer.model.service.job import JobKind, JobRequest
from mailer.model.team.permission import Act, require
from mailer.operations.jobs import ask_for_job, jobs_to_see
from mailer.operations.people.import_contacts import import_contacts
from mailer.operations.people.kept_lists import read_as_of, reading_of, waiting_list_for
from mailer.operations.people.known_bars import with_known_bars
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from mailer.model.contacts.list_file import ListFile, RowDecision
    from mailer.model.service.job import Job
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger


def keep_decisions(
    file_id: str,
    decisions: Sequence[RowDecision],
    *,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> None:
    """Remember what was decided about rows of a list that goes on waiting.

    Raises RuleError when the actor may not do this, the list does not wait any more, or a decision
    cannot be carried out.
    """
    require(actor, Act.IMPORT_CONTACTS)
    file = waiting_list_for(actor, file_id, ledger)
    _require_possible(file, decisions, ledger=ledger)
    known = ledger.list_files.decisions({each.row for each in decisions})
    made = _made(decisions, known)
    ledger.list_files.remember(made, file=file.name, actor=actor, at=now)


def ask_to_take_in(
    file_id: str,
    decisions: Sequence[RowDecision],
    *,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> Job:
    """Ask for the job that imports a kept file as it was decided; see `take_in_list`.

    Whoever asks twice gets the same job. Raises RuleError when the actor may not do this, or a
    decision cannot be carried out. Where the reading is not kept any more, the job says so.
    """
    require(actor, Act.IMPORT_CONTACTS)
    for job in jobs_to_see(person=actor.person, ledger=ledger, now=now):
        request = job.request
        if (request.kind, request.subject) == (JobKind.IMPORT, file_id) and not job.has_ended:
            return job
    file = waiting_list_for(actor, file_id, ledger)
    _require_possible(file, decisions, ledger=ledger)
    values = {
        "list": file.list_name,
        "file": file.name,
        "decisions": [[each.row, each.choice.value, each.address] for each in decisions],
    }
    request = JobRequest(JobKind.IMPORT, file.id, actor, values)
    return ask_for_job(request, ledger=ledger, now=now)


def take_in_list(
    file_id: str,
    decisions: Mapping[str, RowDecision],
    *,
    job: str,
    read_bytes: Callable[..., Import],
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> Mapping[str, int]:
    """Import the contacts of a kept file as it was decided, by `row_key`; return how many rows are
    still `waiting`, and, if any, how many people were left out who are on lists `elsewhere`.

    What was decided before about its other rows holds. Rows without a decision wait, and the file
    with them. Without such a row the file is removed. A job that took the list in and was cut off
    before its end finds that it did. Raises RuleError when the actor may not do this, or,
    importing nothing, when a decision cannot be carried out.
    """
    require(actor, Act.IMPORT_CONTACTS)
    if done := ledger.exported_files.get(job):
        return {**json.loads(done.content)}
    file = waiting_list_for(actor, file_id, ledger)
    read = read_as_of(file, read_bytes=read_bytes, ledger=ledger, now=now)
    known = ledger.list_files.decisions({row_key(each.row) for each in read.quarantined})
    decided = with_decisions(read, {**known, **decisions})
    _require_carried_out(decided, decisions)
    decided = with_known_bars(decided, ledger=ledger, now=now)
    made = _made(decisions.values(), known)
    ledger.list_files.remember(made, file=file.name, actor=actor, at=now)
    waiting = len(decided.quarantined)

    def taken(elsewhere: int) -> TakenList:
        return TakenList(job, _found(waiting, elsewhere), removed="" if waiting else file.id)

    result = import_contacts(decided, actor=actor, ledger=ledger, now=now, taken=taken)
    return _found(waiting, result.counts.get("elsewhere", 0))


def _found(waiting: int, elsewhere: int) -> dict[str, int]:
    return {"waiting": waiting} | ({"elsewhere": elsewhere} if elsewhere else {})


def _made(decisions: Iterable[RowDecision], known: Mapping[str, RowDecision]) -> list[RowDecision]:
    """Return what is to be remembered: a decision, or that one made before is taken back."""
    return [each for each in decisions if each.choice is not RowChoice.LATER or each.row in known]


def _require_possible(file: ListFile, decisions: Sequence[RowDecision], *, ledger: Ledger) -> None:
    """Raise RuleError if a decision cannot be carried out, by the rows that were read before."""
    reading = reading_of(file.id, ledger)
    if reading is None:
        return
    doubtful = Import(
        file=file.name,
        list_name=file.list_name,
        read_on=reading.read_at.date(),
        read=len(reading.quarantined),
        quarantined=reading.quarantined,
    )
    by_row = {decision.row: decision for decision in decisions}
    _require_carried_out(with_decisions(doubtful, by_row), by_row)


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
