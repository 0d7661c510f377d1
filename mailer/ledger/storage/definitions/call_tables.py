"""The table of telephone calls. It shares the metadata of `tables`."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from mailer.ledger.storage.definitions.metadata import Instant, metadata

# One row for each call that was noted. `again_on` is an ISO date, or empty.
phone_call = Table(
    "phone_call",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address_key", String, nullable=False, index=True),
    Column("address", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("person", String, nullable=False),
    Column("name", String, nullable=False),
    Column("phone", String, nullable=False),
    Column("campaign", String, nullable=False),
    Column("again_on", String, nullable=False),
    Column("note", Text, nullable=False),
)
