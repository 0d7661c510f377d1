"""The table of what the press has published. It shares the metadata of `tables`."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String, Table, Text

from mailer.ledger.storage.definitions.metadata import Instant, metadata

# One row for each article or broadcast about a campaign, as somebody of the office noted it.
coverage = Table(
    "coverage",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("campaign", String, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("outlet", String, nullable=False),
    Column("published_on", Date, nullable=False),
    Column("link", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("person", String, nullable=False),
    Column("by", String, nullable=False),
)
