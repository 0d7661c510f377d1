"""The tables of sign-offs: the keys of their links, and reminders to signatories."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from mailer.ledger.storage.definitions.metadata import Instant, metadata

# The secret that signs the links of a purpose, made on first use. A link opens a page and no more:
# the person who signs off types a password there, so that a copy of the ledger signs nothing.
link_key = Table(
    "link_key",
    metadata,
    Column("purpose", String, primary_key=True),
    Column("key", String, nullable=False),
    Column("made_at", Instant, nullable=False),
)

# A reminder to a signatory, once for each hour at which the campaign is to leave. `sent_at` is
# NULL while a service is sending it.
sign_off_reminder = Table(
    "sign_off_reminder",
    metadata,
    Column("campaign", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("due_at", Instant, primary_key=True),
    Column("claimed_at", Instant, nullable=False),
    Column("sent_at", Instant),
)
