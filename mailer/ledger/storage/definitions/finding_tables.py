"""The table of the accepted findings. It shares the metadata of `tables`."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from mailer.ledger.storage.definitions.metadata import Instant, metadata

# Which finding of the checks somebody accepted. `finding` is the id of the finding, which depends
# on the words that it quotes.
accepted_finding = Table(
    "accepted_finding",
    metadata,
    Column("campaign", String, primary_key=True),
    Column("finding", String, primary_key=True),
    Column("check", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("person", String, nullable=False),
    Column("by", String, nullable=False),
)
