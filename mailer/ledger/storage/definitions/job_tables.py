"""The table of jobs."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table

from mailer.ledger.storage.definitions.metadata import Instant, metadata

# Long work that somebody asked for, and how far it has come.
job = Table(
    "job",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("person", String, nullable=False),
    Column("actor", JSON, nullable=False),
    Column("asked", JSON, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("state", String, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("worker", String, nullable=False),
    Column("lease_until", Instant),
    Column("is_cancel_asked", Boolean, nullable=False),
    Column("ended_at", Instant),
    Column("result", JSON, nullable=False),
    Column("problems", JSON, nullable=False),
    Index(None, "state", "asked_at"),
    Index(None, "person", "asked_at"),
)
