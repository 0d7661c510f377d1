"""The heartbeats of the service: when each of its tasks last ended a round, and what failed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from mailer.ledger.storage.database import insert
from mailer.ledger.storage.definitions import service_tables
from mailer.model.mailings.progress import Task, TaskState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database

_PRECISION = timedelta(minutes=1)
"""A round takes about two seconds; writing each one would keep the disk awake."""
_heartbeat = service_tables.heartbeat.c


class SqlHeartbeat:
    """One row for each task."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, tasks: Mapping[Task, int], *, at: datetime) -> None:
        with self._database.writing() as connection:
            connection.execute(
                delete(service_tables.heartbeat).where(
                    _heartbeat.name.not_in([Task.SENDING, *tasks])
                )
            )
            for task, every_s in tasks.items():
                last = self._state(task, connection)
                succeeded_at = last.succeeded_at if last else None
                _write(connection, TaskState(task, at, every_s, succeeded_at=succeeded_at))

    def record(self, *, at: datetime, task: Task = Task.SENDING) -> None:
        last = self._state(task)
        if (
            last is not None
            and not last.failures
            and last.succeeded_at is not None
            and last.succeeded_at <= at < last.succeeded_at + _PRECISION
        ):
            return
        every_s = last.every_s if last else 0
        with self._database.writing() as connection:
            _write(connection, TaskState(task, at, every_s, succeeded_at=at))

    def record_failure(self, *, at: datetime, task: Task, why: str) -> None:
        with self._database.writing() as connection:
            last = self._state(task, connection)
            if last is not None and _is_known(last, why, at):
                return
            since = (last and last.failing_since) or at
            _write(
                connection,
                TaskState(
                    task,
                    at,
                    every_s=last.every_s if last else 0,
                    failures=(last.failures if last else 0) + 1,
                    failing_since=min(since, at),
                    failure=why,
                    succeeded_at=last.succeeded_at if last else None,
                ),
            )

    def wake(self, *, at: datetime) -> None:
        with self._database.writing() as connection:
            connection.execute(
                update(service_tables.heartbeat).where(_heartbeat.at < at).values(at=at)
            )

    def last(self) -> datetime | None:
        state = self._state(Task.SENDING)
        return state.ended_at if state else None

    def tasks(self) -> Sequence[TaskState]:
        with self._database.reading() as connection:
            rows = connection.execute(
                select(service_tables.heartbeat).order_by(_heartbeat.name)
            ).all()
        return [TaskState(Task(name), *fields) for name, *fields in rows]

    def _state(self, task: Task, connection: Connection | None = None) -> TaskState | None:
        query = select(service_tables.heartbeat).where(_heartbeat.name == task)
        if connection is not None:
            row = connection.execute(query).first()
        else:
            with self._database.reading() as reading:
                row = reading.execute(query).first()
        return TaskState(task, *row[1:]) if row else None


def _is_known(last: TaskState, why: str, at: datetime) -> bool:
    """Return whether a failure was written less than a minute ago, and more than once."""
    return (
        last.failures > 1
        and last.failure == why
        and last.ended_at <= at < last.ended_at + _PRECISION
    )


def _write(connection: Connection, state: TaskState) -> None:
    values = {
        "at": state.ended_at,
        "every_s": state.every_s,
        "failures": state.failures,
        "failing_since": state.failing_since,
        "failure": state.failure,
        "succeeded_at": state.succeeded_at,
    }
    row = insert(connection, service_tables.heartbeat).values(name=state.task.value, **values)
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_=values))
