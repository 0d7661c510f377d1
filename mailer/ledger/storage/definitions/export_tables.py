"""The table of files that were exported in the background."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, String, Table

from mailer.ledger.storage.definitions.metadata import Instant, metadata

# A list or a report as a file, until it is fetched. It names people: hours, not days.
exported_file = Table(
    "exported_file",
    metadata,
    Column("job", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("media_type", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", Instant, nullable=False),
    Index(None, "made_at"),
)
