"""The tables of sign-offs by link."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from mailer.ledger.storage.metadata import Instant, metadata

# The secret that signs the links of a purpose, made on first use. A link opens a page and no more:
# whoever signs off types a password there, so that a copy of the ledger signs nothing.
link_key = Table(
    "link_key",
    metadata,
    Column("purpose", String, primary_key=True),
    Column("key", String, nullable=False),
    Column("made_at", Instant, nullable=False),
)
