"""The tables of the press room. They share the metadata of `tables`."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text

from mailer.ledger.storage.definitions.metadata import Instant, metadata

# Which versions of mailings are public, with what a list shows of each; the text is in `variant`.
# Nothing of a row ever changes, and it goes with its mailing.
public_release = Table(
    "public_release",
    metadata,
    Column("mailing_id", String, ForeignKey("mailing.id", ondelete="CASCADE"), primary_key=True),
    Column("list", String, primary_key=True),
    Column("language", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("label", String, nullable=False),
    Column("headline", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("code", String, nullable=False),
    Column("tells_amendment", Boolean, nullable=False),
    # NULL for a text that is public as soon as it has left.
    Column("public_from", Instant),
)

# Acts that take the versions of a campaign, up to this one, out of the press room.
release_withdrawal = Table(
    "release_withdrawal",
    metadata,
    Column("campaign", String, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("person", String, nullable=False),
    Column("by", String, nullable=False),
    Column("why", Text, nullable=False),
)
