"""The table that counts changes of the directory."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, Table

from mailer.ledger.storage.definitions.metadata import metadata

# How often contacts, lists, suppressions or answers were changed. Triggers of the database count,
# so that no statement can be forgotten. On PostgreSQL each process of the server has a slot of its
# own, so that no transaction waits for another one to count; the sum over all slots grows with
# every commit.
directory_change = Table(
    "directory_change",
    metadata,
    Column("slot", Integer, primary_key=True, autoincrement=False),
    Column("count", BigInteger, nullable=False),
)
