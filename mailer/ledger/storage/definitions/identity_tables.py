"""The tables of the people whom an identity provider or a trusted proxy knows."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, String, Table

from mailer.ledger.storage.definitions.metadata import Instant, metadata


def _person() -> Column[str]:
    owner = ForeignKey("person.id", ondelete="CASCADE")
    return Column("person", String, owner, nullable=False, index=True)


# `granted` are the roles that the person has through groups of the provider.
identity = Table(
    "identity",
    metadata,
    Column("issuer", String, primary_key=True),
    Column("subject", String, primary_key=True),
    _person(),
    Column("address", String, nullable=False),
    Column("granted", JSON, nullable=False),
    Column("linked_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
)

# Somebody unknown with the address of somebody known, until an administrator says who it is.
waiting_identity = Table(
    "waiting_identity",
    metadata,
    Column("issuer", String, primary_key=True),
    Column("subject", String, primary_key=True),
    _person(),
    Column("name", String, nullable=False),
    Column("address", String, nullable=False),
    Column("asked_at", Instant, nullable=False),
)

# The SHA-256 of what proves somebody once: a state, a challenge, a code of thirty seconds.
used_proof = Table(
    "used_proof",
    metadata,
    Column("hash", String, primary_key=True),
    Column("until", Instant, nullable=False),
)
