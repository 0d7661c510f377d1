"""The history of campaign files, and the texts that are not saved yet."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, select
from sqlalchemy import insert as plain_insert
from sqlalchemy.exc import IntegrityError

from mailer.ledger.storage.database import batches, insert
from mailer.ledger.storage.definitions import desk_tables as tables
from mailer.ledger.storage.journal import write_entry
from mailer.model.drafts.revision import NOTHING, Revision, Scratch
from mailer.model.team.actor import Actor, Via

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import Connection, Row

    from mailer.ledger.storage.database import Database

_revision, _blob = tables.revision.c, tables.blob.c
_file, _former = tables.folder_file.c, tables.working_copy.c
_scratch = tables.scratch.c
_SCRATCH_KEY = ("campaign", "path", "person", "tab")
_BATCH = 500


class SqlRevisions:
    """The revisions, their contents, what stands in the folders, and the unsaved texts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def head(self, campaign: str) -> Revision | None:
        newest = self.history(campaign, limit=1)
        return newest[0] if newest else None

    def get(self, campaign: str, number: int) -> Revision:
        query = select(tables.revision).where(
            _revision.campaign == campaign, _revision.number == number
        )
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise KeyError(number)
        return _revision_of(row)

    def history(
        self, campaign: str, *, before: int | None = None, limit: int = 50
    ) -> Sequence[Revision]:
        query = (
            select(tables.revision)
            .where(_revision.campaign == campaign)
            .order_by(_revision.number.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(_revision.number < before)
        with self._database.reading() as connection:
            return [_revision_of(row) for row in connection.execute(query)]

    def last_edit(self, campaign: str) -> Revision | None:
        return self.last_edits([campaign]).get(campaign)

    def last_edits(self, campaigns: Collection[str]) -> Mapping[str, Revision]:
        found: dict[str, Revision] = {}
        with self._database.reading() as connection:
            for batch in batches(campaigns, _BATCH):
                newest = (
                    select(_revision.campaign, func.max(_revision.number).label("number"))
                    .where(_revision.campaign.in_(batch), _revision.via != Via.PROGRAM.value)
                    .group_by(_revision.campaign)
                    .subquery()
                )
                is_newest = and_(
                    _revision.campaign == newest.c.campaign, _revision.number == newest.c.number
                )
                rows = connection.execute(select(tables.revision).join(newest, is_newest))
                found |= {row.campaign: _revision_of(row) for row in rows}
        return found

    def contents(self, hashes: Collection[str]) -> Mapping[str, bytes]:
        found: dict[str, bytes] = {}
        with self._database.reading() as connection:
            for batch in batches(dict.fromkeys(hashes), _BATCH):
                query = select(_blob.sha256, _blob.content).where(_blob.sha256.in_(batch))
                found |= {row.sha256: row.content for row in connection.execute(query)}
        return found

    def add(
        self,
        revision: Revision,
        *,
        contents: Mapping[str, bytes],
        in_folder: Mapping[str, str | None] | None = None,
        folder: str = "",
    ) -> bool:
        try:
            with self._database.writing() as connection:
                if _newest(connection, revision.campaign) != revision.parent:
                    return False
                store_contents(connection, contents)
                connection.execute(plain_insert(tables.revision).values(_row_of(revision)))
                _record(connection, revision.campaign, in_folder or {}, folder)
                write_entry(
                    connection,
                    at=revision.at,
                    actor=Actor(revision.person, revision.name, revision.via),
                    action="take-back" if revision.restores else "edit",
                    subject=revision.campaign,
                    detail=_detail(revision),
                )
        except IntegrityError:
            # On PostgreSQL somebody else may have added the number after `_newest` looked.
            return False
        return True

    def written(self, campaign: str, folder: str) -> Mapping[str, str] | None:
        query = select(_file.folder, _file.path, _file.sha256).where(_file.campaign == campaign)
        former = select(_former.path, _former.sha256).where(_former.campaign == campaign)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
            if rows:
                found = {row.path: row.sha256 for row in rows if row.folder == folder}
            else:
                found = {row.path: row.sha256 for row in connection.execute(former)}
        return found or None

    def record_written(
        self, campaign: str, files: Mapping[str, str | None], *, folder: str
    ) -> None:
        if files:
            with self._database.writing() as connection:
                _record(connection, campaign, files, folder)

    def save_scratch(self, scratch: Scratch) -> None:
        values = asdict(scratch)
        with self._database.writing() as connection:
            line = insert(connection, tables.scratch).values(values)
            connection.execute(
                line.on_conflict_do_update(
                    index_elements=_SCRATCH_KEY,
                    set_={name: line.excluded[name] for name in values if name not in _SCRATCH_KEY},
                )
            )

    def scratches(self, campaign: str, path: str = "") -> Sequence[Scratch]:
        query = (
            select(tables.scratch)
            .where(_scratch.campaign == campaign)
            .order_by(_scratch.at.desc(), _scratch.person, _scratch.tab)
        )
        if path:
            query = query.where(_scratch.path == path)
        with self._database.reading() as connection:
            return [_scratch_of(row) for row in connection.execute(query)]

    def discard_scratch(self, *, person: str, tab: str, campaign: str, path: str) -> bool:
        removal = delete(tables.scratch).where(
            _scratch.person == person,
            _scratch.tab == tab,
            _scratch.campaign == campaign,
            _scratch.path == path,
        )
        with self._database.writing() as connection:
            return connection.execute(removal).rowcount > 0


def _newest(connection: Connection, campaign: str) -> int:
    query = select(func.max(_revision.number)).where(_revision.campaign == campaign)
    return connection.scalar(query) or NOTHING


def store_contents(connection: Connection, contents: Mapping[str, bytes]) -> None:
    """Store contents by their SHA-256; those that are known stay as they are."""
    if contents:
        rows = [{"sha256": digest, "content": content} for digest, content in contents.items()]
        connection.execute(insert(connection, tables.blob).on_conflict_do_nothing(), rows)


def _record(
    connection: Connection, campaign: str, files: Mapping[str, str | None], folder: str
) -> None:
    gone = [path for path, digest in files.items() if digest is None]
    there = [
        {"folder": folder, "campaign": campaign, "path": path, "sha256": digest}
        for path, digest in files.items()
        if digest is not None
    ]
    of_folder = and_(_file.folder == folder, _file.campaign == campaign)
    for batch in batches(gone, _BATCH):
        connection.execute(delete(tables.folder_file).where(of_folder, _file.path.in_(batch)))
    if there:
        line = insert(connection, tables.folder_file)
        connection.execute(
            line.on_conflict_do_update(
                index_elements=("folder", "campaign", "path"),
                set_={"sha256": line.excluded["sha256"]},
            ),
            there,
        )


def _row_of(revision: Revision) -> dict[str, object]:
    return asdict(revision) | {"via": revision.via.value}


def _detail(revision: Revision) -> str:
    number = f"{revision.number} = {revision.restores}" if revision.restores else revision.number
    return f"{number}: {revision.why}" if revision.why else str(number)


def _revision_of(row: Row[Any]) -> Revision:
    return Revision(
        campaign=row.campaign,
        number=row.number,
        person=row.person,
        name=row.name,
        via=Via(row.via),
        at=row.at,
        files=row.files,
        why=row.why,
        restores=row.restores,
    )


def _scratch_of(row: Row[Any]) -> Scratch:
    return Scratch(
        person=row.person,
        name=row.name,
        tab=row.tab,
        campaign=row.campaign,
        path=row.path,
        base=row.base,
        text=row.text,
        at=row.at,
    )
