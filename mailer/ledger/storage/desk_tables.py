"""The tables that only the desk writes. They share the metadata of `tables`."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, String, Table

from mailer.ledger.storage.tables import Instant, metadata

# Contact files that somebody uploaded and that wait to be taken in.
list_file = Table(
    "list_file",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("list", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Instant, nullable=False),
)

# What a person decided about a row of a list, by the hash of its cells.
row_decision = Table(
    "row_decision",
    metadata,
    Column("row", String, primary_key=True),
    Column("choice", String, nullable=False),
    Column("address", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Instant, nullable=False),
)
