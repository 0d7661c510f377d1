"""The generation of the schema: which programs can use it."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from mailer.ledger.storage.definitions.metadata import metadata

# Empty in the first generation. A migration that older programs cannot live with adds a row.
schema_generation = Table(
    "schema_generation",
    metadata,
    Column("generation", Integer, primary_key=True),
)
