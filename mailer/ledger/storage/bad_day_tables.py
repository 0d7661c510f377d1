"""The tables of the bad days: what was suspended, and what was told afterwards."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from mailer.ledger.storage.metadata import Instant, metadata

# The suspension of everything: one row while it is in force, none otherwise.
suspension = Table(
    "suspension",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("person", String, nullable=False),
    Column("by", String, nullable=False),
    Column("why", String, nullable=False),
)
