"""Lists that were uploaded, and decisions about their rows."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from mailer.ledger.storage.database import insert
from mailer.ledger.storage.definitions import desk_tables as tables
from mailer.ledger.storage.definitions.export_tables import exported_file
from mailer.ledger.storage.journal import write_entry
from mailer.model.contacts.list_file import ListFile, RowChoice, RowDecision
from mailer.model.service.exported_file import ExportedFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database
    from mailer.model.contacts.contact_import import TakenList
    from mailer.model.team.actor import Actor

_file, _decision = tables.list_file.c, tables.row_decision.c
_AT_ONCE = 500
"""How many rows one query asks for, below the limits of both databases."""


class SqlListFiles:
    """One row for each file that waits, and one for each row that was decided."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, file: ListFile) -> None:
        values = {
            "id": file.id,
            "name": file.name,
            "list": file.list_name,
            "content": file.content,
            "by": file.by,
            "at": file.at,
        }
        with self._database.writing() as connection:
            connection.execute(insert(connection, tables.list_file).values(values))

    def get(self, file_id: str) -> ListFile | None:
        query = select(tables.list_file).where(_file.id == file_id)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            return ListFile(row.id, row.name, row.list, row.content, row.by, row.at)

    def waiting(self) -> Sequence[ListFile]:
        query = select(_file.id, _file.name, _file.list, _file.by, _file.at).order_by(
            _file.at.desc()
        )
        with self._database.reading() as connection:
            return [
                ListFile(row.id, row.name, row.list, b"", row.by, row.at)
                for row in connection.execute(query)
            ]

    def discard(self, file_id: str) -> None:
        with self._database.writing() as connection:
            _discard(connection, file_id)

    def remember(
        self, decisions: Iterable[RowDecision], *, file: str, actor: Actor, at: datetime
    ) -> None:
        decided = list(decisions)
        with self._database.writing() as connection:
            known = _decisions(connection, {each.row for each in decided})
            for each in decided:
                before = known.get(each.row)
                if before and (before.choice, before.address) == (each.choice, each.address):
                    continue
                _save(connection, each, actor=actor, at=at)
                write_entry(
                    connection,
                    at=at,
                    actor=actor,
                    action="decide-quarantine",
                    subject=file,
                    detail=f"{each.choice} {each.address}".strip(),
                )

    def decisions(self, rows: Collection[str]) -> Mapping[str, RowDecision]:
        with self._database.reading() as connection:
            return _decisions(connection, rows)


def end_list(connection: Connection, taken: TakenList, *, at: datetime) -> None:
    """Keep what the job of an import has found, and remove the file in which no row waits."""
    content = json.dumps(dict(taken.found)).encode()
    found = ExportedFile(taken.job, "taken-in.json", "application/json", content, at)
    connection.execute(insert(connection, exported_file).values(asdict(found)))
    _discard(connection, taken.removed)


def _discard(connection: Connection, file_id: str) -> None:
    connection.execute(delete(tables.list_file).where(_file.id == file_id))
    connection.execute(delete(exported_file).where(exported_file.c.job == file_id))


def _save(connection: Connection, decision: RowDecision, *, actor: Actor, at: datetime) -> None:
    line = insert(connection, tables.row_decision).values(
        row=decision.row,
        choice=decision.choice.value,
        address=decision.address,
        by=actor.name,
        at=at,
    )
    connection.execute(
        line.on_conflict_do_update(
            index_elements=["row"],
            set_={name: line.excluded[name] for name in ("choice", "address", "by", "at")},
        )
    )


def _decisions(connection: Connection, rows: Collection[str]) -> dict[str, RowDecision]:
    found: dict[str, RowDecision] = {}
    wanted = list(rows)
    for begin in range(0, len(wanted), _AT_ONCE):
        some = wanted[begin : begin + _AT_ONCE]
        query = select(tables.row_decision).where(_decision.row.in_(some))
        found |= {
            row.row: RowDecision(row.row, RowChoice(row.choice), row.address, row.by, row.at)
            for row in connection.execute(query)
        }
    return found
