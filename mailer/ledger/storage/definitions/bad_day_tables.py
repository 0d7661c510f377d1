"""The tables of the bad days: what was suspended, and what was told afterwards."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from mailer.ledger.storage.definitions.metadata import Instant, metadata

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

# Corrections, moves, cancellations and follow-ups of a campaign, each one version of it. Not yet
# launched: a draft, compiled for the instant `drafted_at`. `uid`, `organizer` and `sequence` are
# those of the calendar entry.
amendment = Table(
    "amendment",
    metadata,
    Column("campaign", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("drafted_at", Instant, nullable=False),
    Column("launched_at", Instant),
    Column("fingerprint", String, nullable=False),
    Column("uid", String, nullable=False),
    Column("organizer", String, nullable=False),
    Column("sequence", Integer, nullable=False),
)
