"""The table of the places that partners ask for. It shares the metadata of `tables`."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table

from mailer.ledger.storage.definitions.metadata import Instant, metadata

# One row for each request. It stays when it is decided, so that the partner sees what became of it;
# the number of a press card goes to the register then, or is erased with those of the register.
partner_request = Table(
    "partner_request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("campaign", String, nullable=False),
    Column("partner", String, nullable=False),
    Column("address_key", String, nullable=False),
    Column("address", String, nullable=False),
    Column("name", String, nullable=False),
    Column("organisation", String, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("is_freelance", Boolean, nullable=False),
    Column("card_kind", String, nullable=False),
    Column("card_number", String, nullable=False),
    Column("card_purge_at", Instant),
    Column("person", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Instant, nullable=False),
    # NULL as long as nobody has decided.
    Column("decision", String),
    Column("reason", String, nullable=False),
    Column("decided_by", String, nullable=False),
    Column("decided_at", Instant),
    Index(None, "campaign"),
    Index(None, "address_key"),
)
