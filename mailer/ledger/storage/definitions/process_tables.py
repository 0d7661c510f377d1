"""The table of the processes of the service, on all hosts."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from mailer.ledger.storage.definitions.metadata import Instant, metadata

# One row for each process that runs, or was killed less than a day ago.
service_process = Table(
    "service_process",
    metadata,
    Column("id", String, primary_key=True),
    Column("host", String, nullable=False),
    Column("version", String, nullable=False),
    # Its roles, by name, with a space between two.
    Column("roles", String, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("trouble", Text, nullable=False, server_default=""),
)
