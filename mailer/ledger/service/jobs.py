"""The jobs: one row for each, claimed by one worker at a time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, false, insert, select, true, update

from mailer.errors import Place, Problem
from mailer.ledger.storage.definitions.job_tables import job as table
from mailer.model.service.job import Job, JobKind, JobRequest, JobState
from mailer.model.team.actor import Actor, Via
from mailer.model.team.person import Role
from mailer.wording import as_note, from_note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Row, Select

    from mailer.ledger.storage.database import Database
    from mailer.model.service.job import JobEnd

_job = table.c
_JOBS = select(table)
_REQUEUED = {"is_requeued": True}
"""What stands in the place of the result of a job that was begun before and has none yet."""


class SqlJobs:
    """Stores the jobs and how far each has come."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, job: Job) -> None:
        values: dict[str, Any] = {
            "id": job.id,
            "kind": job.request.kind.value,
            "subject": job.request.subject,
            "person": job.request.actor.person,
            "actor": _actor_to_json(job.request.actor),
            "asked": dict(job.request.values),
            "asked_at": job.asked_at,
            "state": job.state.value,
            "done": job.done,
            "total": job.total,
            "worker": "",
            "is_cancel_asked": False,
            "result": {},
            "problems": [],
        }
        with self._database.writing() as connection:
            connection.execute(insert(table).values(values))

    def get(self, job_id: str) -> Job | None:
        return next(iter(self._read(_JOBS.where(_job.id == job_id))), None)

    def newest(self, *, person: str, limit: int) -> Sequence[Job]:
        theirs = _JOBS.where(_job.person == person)
        return self._read(theirs.order_by(_job.asked_at.desc(), _job.id).limit(limit))

    def claim(
        self, *, worker: str, lease_until: datetime, asked_by: datetime | None = None
    ) -> Job | None:
        longest = (
            select(_job.id)
            .where(
                _job.state == JobState.WAITING,
                true() if asked_by is None else _job.asked_at <= asked_by,
            )
            .order_by(_job.asked_at, _job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with self._database.writing() as connection:
            job_id = connection.scalar(longest)
            if job_id is None:
                return None
            _change(
                connection,
                _job.id == job_id,
                state=JobState.RUNNING.value,
                worker=worker,
                lease_until=lease_until,
            )
            return _from_row(connection.execute(_JOBS.where(_job.id == job_id)).one())

    def report(
        self, job_id: str, *, worker: str, done: int, total: int, lease_until: datetime
    ) -> bool:
        own = _is_of(job_id, worker) & _job.is_cancel_asked.is_(false())
        with self._database.writing() as connection:
            return _change(connection, own, done=done, total=total, lease_until=lease_until)

    def ask_to_cancel(self, job_id: str, *, at: datetime) -> None:
        waits = _job.state == JobState.WAITING
        asked = (_job.id == job_id) & _job.state.in_((JobState.WAITING, JobState.RUNNING))
        with self._database.writing() as connection:
            _change(
                connection,
                asked,
                is_cancel_asked=true(),
                state=case((waits, JobState.CANCELLED.value), else_=_job.state),
                ended_at=case((waits, at), else_=_job.ended_at),
            )

    def end(self, job_id: str, end: JobEnd, *, worker: str, at: datetime) -> bool:
        with self._database.writing() as connection:
            return _change(
                connection,
                _is_of(job_id, worker),
                state=end.state.value,
                result=dict(end.result),
                problems=[_problem_to_json(each) for each in end.problems],
                lease_until=None,
                ended_at=at,
            )

    def requeue(self, job_id: str, *, worker: str) -> bool:
        with self._database.writing() as connection:
            return _change(
                connection,
                _is_of(job_id, worker),
                state=JobState.WAITING.value,
                worker="",
                lease_until=None,
                done=0,
                total=0,
                result=_REQUEUED,
            )

    def running(self) -> Sequence[Job]:
        return self._read(_JOBS.where(_job.state == JobState.RUNNING))

    def _read(self, query: Select[Any]) -> list[Job]:
        with self._database.reading() as connection:
            return [_from_row(row) for row in connection.execute(query)]


def _change(connection: Connection, where: ColumnElement[bool], **values: Any) -> bool:
    """Change the rows that fulfil the condition; returns whether there were any."""
    return connection.execute(update(table).where(where).values(values)).rowcount > 0


def _is_of(job_id: str, worker: str) -> ColumnElement[bool]:
    return (_job.id == job_id) & (_job.worker == worker) & (_job.state == JobState.RUNNING)


def _from_row(row: Row[Any]) -> Job:
    return Job(
        id=row.id,
        request=JobRequest(
            JobKind(row.kind), row.subject, _actor_from_json(row.actor), values=row.asked
        ),
        asked_at=row.asked_at,
        state=JobState(row.state),
        done=row.done,
        total=row.total,
        worker=row.worker,
        lease_until=row.lease_until,
        is_cancel_asked=row.is_cancel_asked,
        ended_at=row.ended_at,
        result={} if row.result == _REQUEUED else row.result,
        is_requeued=row.result == _REQUEUED,
        problems=tuple(map(_problem_from_json, row.problems)),
    )


def _actor_to_json(actor: Actor) -> dict[str, Any]:
    return {
        "person": actor.person,
        "name": actor.name,
        "via": actor.via.value,
        "roles": sorted(actor.roles),
        "proved_at": actor.proved_at and actor.proved_at.isoformat(),
        "lists": sorted(actor.lists),
    }


def _actor_from_json(stored: Mapping[str, Any]) -> Actor:
    proved_at = stored["proved_at"]
    return Actor(
        person=stored["person"],
        name=stored["name"],
        via=Via(stored["via"]),
        roles=frozenset(map(Role, stored["roles"])),
        proved_at=datetime.fromisoformat(proved_at) if proved_at else None,
        lists=frozenset(stored.get("lists", ())),  # absent from the jobs of an older version
    )


def _problem_to_json(problem: Problem) -> dict[str, Any]:
    where = problem.where
    return {
        "where": [where.file, where.line, where.key],
        "what": as_note(problem.what),
        "remedy": as_note(problem.remedy),
    }


def _problem_from_json(stored: Mapping[str, Any]) -> Problem:
    file, line, key = stored["where"]
    return Problem(
        Place(file, line, key=key), from_note(stored["what"]), from_note(stored["remedy"])
    )
